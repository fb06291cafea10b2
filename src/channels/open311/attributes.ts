import type { Value } from '#case/event.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { FieldSpec, FieldTypeName } from '#policy/fields/registry.ts';
import { flatten } from '#policy/language/taxonomy.ts';
import { type Branch, type List, list } from './answers.ts';

type Lang = 'zh' | 'en';
type Fields = { [name: string]: FieldSpec };
type Option = { value: string; label: { zh: string; en: string } };

/** How a kind of field travels as an attribute: its data type there, and how what was sent is read. */
interface Travel {
  datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
  read(sent: readonly string[]): Value;
  options?(spec: FieldSpec, pack: CompiledPack): Option[];
}

const one = ([first = '']: readonly string[]): string => first;
const YES_NO: Option[] = [
  { value: 'true', label: { zh: '是', en: 'Yes' } },
  { value: 'false', label: { zh: '否', en: 'No' } },
];

/** Kinds that people outside can fill in. What is not here only the house can choose: a person, a department. */
const TRAVELS: { [T in FieldTypeName]?: Travel } = {
  text: { datatype: 'string', read: one },
  phone: { datatype: 'string', read: one },
  email: { datatype: 'string', read: one },
  number: { datatype: 'number', read: (sent) => Number(one(sent)) },
  instant: { datatype: 'datetime', read: one },
  date: { datatype: 'datetime', read: (sent) => one(sent).slice(0, 10) },
  place: { datatype: 'string', read: one },
  list: { datatype: 'text', read: (sent) => sent.flatMap((words) => words.split('\n')) },
  choice: {
    datatype: 'singlevaluelist',
    read: one,
    // The compiled spec of a choice carries exactly these options.
    options: (spec) => spec.options as Option[],
  },
  category: {
    datatype: 'singlevaluelist',
    read: one,
    options: ({ of }, pack) =>
      flatten(pack.taxonomies[String(of)]?.terms ?? []).flatMap(({ path, term, leaf }) =>
        leaf ? [{ value: path, label: term.title }] : [],
      ),
  },
  flag: { datatype: 'singlevaluelist', read: (sent) => one(sent) === 'true', options: () => YES_NO },
  confirmed: { datatype: 'singlevaluelist', read: (sent) => one(sent) === 'true', options: () => YES_NO },
};

export const isOffered = ({ type }: FieldSpec): boolean => TRAVELS[type] !== undefined;
export const isRequired = ({ required }: FieldSpec): boolean => required === true;

/** Fields that the specification has arguments of its own for; their names mean the same in every pack. */
export const ARGUMENTS: { [field: string]: string } = {
  content: 'description',
  contactName: 'first_name, last_name',
  contactPhone: 'phone',
  contactEmail: 'email',
};

/** The intake field for the place, which the location arguments fill. */
export const placeField = (fields: Fields): string | undefined =>
  Object.keys(fields).find((name) => fields[name]?.type === 'place');

/** What happened when is taken to be the moment of the request when it is not said. */
export const isPast = ({ type, tense }: FieldSpec): boolean => type === 'instant' && tense === 'past';

/** The fields asked for as attributes: all that no argument of the specification and no service code already says. */
export function attributeFields(fields: Fields, category: string | undefined): [string, FieldSpec][] {
  const place = placeField(fields);
  return Object.entries(fields).filter(
    ([name, spec]) => isOffered(spec) && !(name in ARGUMENTS) && name !== place && name !== category,
  );
}

/** The attributes of a service definition. */
export function attributesOf(fields: [string, FieldSpec][], pack: CompiledPack, lang: Lang): List {
  return list(
    'attribute',
    fields.map(([code, spec], i): Branch => {
      const travel = TRAVELS[spec.type];
      const options = travel?.options?.(spec, pack);
      const datatype = spec.type === 'text' && spec.long === true ? 'text' : (travel?.datatype ?? 'string');
      return {
        variable: true,
        code,
        datatype,
        required: isRequired(spec) && !isPast(spec),
        datatype_description: spec.hint?.[lang] ?? (isPast(spec) ? NOW[lang] : null),
        order: i + 1,
        description: spec.label[lang],
        ...(options
          ? {
              values: list(
                'value',
                options.map(({ value, label }): Branch => ({ key: value, name: label[lang] })),
              ),
            }
          : {}),
      };
    }),
  );
}
const NOW = { zh: '不填则按提交时间', en: 'Left out: the moment of the request' };

/** Reads what was sent for a field; undefined when it was left empty, which is the same as not sent. */
export function readAttribute(spec: FieldSpec, sent: readonly string[]): Value | undefined {
  const filled = sent.filter((words) => words.trim() !== '');
  return filled.length === 0 ? undefined : TRAVELS[spec.type]?.read(filled);
}
