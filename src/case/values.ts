import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { FieldSurroundings } from '#policy/fields/field-type.ts';
import { type FieldSpec, parseField } from '#policy/fields/registry.ts';
import { flatten } from '#policy/language/taxonomy.ts';
import { nearest } from '#policy/problem.ts';
import type { Context } from './context.ts';
import type { Value, Values } from './event.ts';
import { holds } from './guard.ts';
import { readPath, type Scope } from './paths.ts';

export type ReadValues = { ok: true; values: Values } | { ok: false; refusal: Refusal };

// The fields of a step stand in its pack: they are listed once.
const lists = new WeakMap<object, [string, FieldSpec][]>();

function listed(fields: { [name: string]: FieldSpec }): [string, FieldSpec][] {
  let list = lists.get(fields);
  if (!list) {
    list = Object.entries(fields);
    lists.set(fields, list);
  }
  return list;
}

/** Reads what was entered by the fields of a step: every fault is named at once, and nothing unknown slips through. */
export function readValues(
  fields: { [name: string]: FieldSpec },
  raw: Values,
  scope: Scope,
  ctx: Context,
  clause: string,
): ReadValues {
  const faults: Refusal[] = [];
  const values: Values = {};
  for (const name in raw) {
    if (fields[name]) continue;
    const close = nearest(name, Object.keys(fields));
    faults.push(
      refusal(
        'field.unknown',
        {
          zh: `没有“${name}”这一项${close ? `，是不是“${close}”？` : ''}`,
          en: `There is no field “${name}”${close ? `; did you mean “${close}”?` : ''}`,
        },
        { field: name },
      ),
    );
  }
  let around: FieldSurroundings | undefined;
  const present = { ...scope, values: raw };
  for (const [name, spec] of listed(fields)) {
    const given = raw[name];
    const hidden = spec.shown !== undefined && !holds(spec.shown, present);
    if (
      hidden ||
      given === undefined ||
      given === null ||
      given === '' ||
      (Array.isArray(given) && given.length === 0)
    ) {
      const required = typeof spec.required === 'boolean' ? spec.required : holds(spec.required, present);
      if (required && !hidden) faults.push(missing(name, spec, clause));
      continue;
    }
    around ??= surroundings(scope, ctx);
    const read = parseField(spec, given, around);
    // Field parsers return plain JSON, which is what Value means.
    if (read.ok) values[name] = read.value as Value;
    else
      faults.push(
        refusal(
          read.code,
          { zh: `${spec.label.zh}：${read.message.zh}`, en: `${spec.label.en}: ${read.message.en}` },
          { field: name, clause },
        ),
      );
  }
  const [first, ...also] = faults;
  return first ? { ok: false, refusal: also.length > 0 ? { ...first, also } : first } : { ok: true, values };
}

/** What fields are checked against besides their own shape. */
const surroundings = (scope: Scope, { now, pack, directory }: Context): FieldSurroundings => ({
  now,
  taxonomies: pack.taxonomyPaths,
  listAt: (path) => {
    const value = readPath(path, scope);
    return Array.isArray(value) ? value : [];
  },
  knowsPerson: (id) => directory.person(id)?.active === true,
  knowsUnit: (code) => directory.unit(code) !== undefined,
});

const missing = (name: string, spec: FieldSpec, clause: string): Refusal =>
  refusal(
    'field.required',
    spec.type === 'confirmed'
      ? { zh: `请勾选“${spec.label.zh}”`, en: `Please tick “${spec.label.en}”` }
      : { zh: `请填写“${spec.label.zh}”`, en: `“${spec.label.en}” is required` },
    { field: name, clause },
  );

/** Splits what was entered into what may stay for ever and what is personal. */
export function splitPersonal(
  fields: { [name: string]: FieldSpec },
  values: Values,
): { plain: Values; personal: Values | undefined } {
  let personal: Values | undefined;
  for (const name in values) {
    if (!fields[name]?.personal) continue;
    personal ??= {};
    personal[name] = values[name] ?? null;
  }
  if (!personal) return { plain: values, personal };
  const plain: Values = {};
  for (const name in values) if (!(name in personal)) plain[name] = values[name] ?? null;
  return { plain, personal };
}

/** The title of a taxonomy path, outermost term first. */
export function titleOfTerm(ctx: Pick<Context, 'pack'>, taxonomy: string, path: string): { zh: string; en: string } {
  const all = flatten(ctx.pack.taxonomies[taxonomy]?.terms ?? []);
  const parts = path
    .split('/')
    .map(
      (_, index, list) =>
        all.find((item) => item.path === list.slice(0, index + 1).join('/'))?.term.title ?? { zh: path, en: path },
    );
  return { zh: parts.map((part) => part.zh).join(' / '), en: parts.map((part) => part.en).join(' / ') };
}
