import type { z } from 'zod';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { type Text, text } from '#kernel/text.ts';
import { nearest } from '#policy/problem.ts';

/** What was wrong with the parameters or the body of a request; carried by Fastify's validation to the error handler. */
export class InputFault extends Error {
  readonly refusal: Refusal;
  constructor(why: Refusal) {
    super(why.code);
    this.refusal = why;
  }
}

/** Reads `data` by its schema or answers every fault at once, each with its field. */
export function check(schema: z.ZodType, data: unknown): { value: unknown } | { error: InputFault } {
  const read = schema.safeParse(data);
  if (read.success) return { value: read.data };
  const [first, ...also] = read.error.issues.flatMap((issue) => explain(issue, [], schema));
  if (!first) throw new Error('A schema refused without an issue');
  return { error: new InputFault(also.length > 0 ? { ...first, also } : first) };
}

type Path = readonly PropertyKey[];

function explain(issue: z.core.$ZodIssue, before: Path, schema: z.ZodType): Refusal[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, schema));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that failed least is the one the sender meant.
    const [closest = []] = [...issue.errors].sort((a, b) => weight(a) - weight(b));
    return closest.flatMap((inner) => explain(inner, path, schema));
  }
  const field = path.join('.');
  const { code, message } = words(issue);
  const name = field === '' ? text('内容', 'the body') : text(`“${field}”`, `“${field}”`);
  const said = text(`${name.zh}${message.zh}`, `${name.en} ${message.en}`);
  return [refusal(code, said, field === '' ? {} : { field })];
}

const weight = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 2), 0);

function unknownKey(key: string, path: Path, schema: z.ZodType): Refusal {
  const suggestion = nearest(key, keysAt(schema, path));
  const found = refusal(
    'field.unknown',
    text(
      `没有“${key}”这一项${suggestion ? `，是不是“${suggestion}”？` : ''}`,
      `There is no field “${key}”${suggestion ? `; did you mean “${suggestion}”?` : ''}`,
    ),
    { field: [...path, key].join('.') },
  );
  return suggestion === undefined ? found : Object.assign(found, { suggestion });
}

/** The names a schema knows at a path, of every branch. */
function keysAt(schema: unknown, path: Path): string[] {
  const def = (schema as { def?: Record<string, unknown> }).def;
  if (!def) return [];
  if (Array.isArray(def.options)) return def.options.flatMap((option) => keysAt(option, path));
  if (def.type === 'object' && typeof def.shape === 'object' && def.shape !== null) {
    const [head, ...rest] = path;
    if (head === undefined) return Object.keys(def.shape);
    const inner: unknown = Reflect.get(def.shape, head);
    return inner === undefined ? [] : keysAt(inner, rest);
  }
  for (const part of [def.innerType, def.in]) if (part !== undefined) return keysAt(part, path);
  return [];
}

const KINDS: { [expected: string]: Text } = {
  string: text('文字', 'text'),
  number: text('数字', 'a number'),
  int: text('整数', 'a whole number'),
  boolean: text('是或否', 'true or false'),
  array: text('列表', 'a list'),
  object: text('对象', 'an object'),
  record: text('对象', 'an object'),
};

const UNITS: { [origin: string]: Text } = {
  string: text(' 个字', ' characters long'),
  array: text(' 项', ' items long'),
};
const NO_UNIT = text('', '');

function words(issue: z.core.$ZodIssue): { code: string; message: Text } {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined && issue.path.length > 0)
        return { code: 'field.required', message: text('必填', 'is required') };
      const kind = KINDS[issue.expected] ?? text(issue.expected, issue.expected);
      return { code: 'field.wrongType', message: text(`应为${kind.zh}`, `must be ${kind.en}`) };
    }
    case 'too_big': {
      const unit = UNITS[issue.origin] ?? NO_UNIT;
      const most = text(`最多 ${issue.maximum}${unit.zh}`, `must be at most ${issue.maximum}${unit.en}`);
      return { code: 'field.tooLong', message: most };
    }
    case 'too_small': {
      const unit = UNITS[issue.origin] ?? NO_UNIT;
      const least = text(`至少 ${issue.minimum}${unit.zh}`, `must be at least ${issue.minimum}${unit.en}`);
      return { code: 'field.tooShort', message: least };
    }
    case 'invalid_value': {
      const offered = issue.values.map(String).join(', ');
      return { code: 'field.notOffered', message: text(`应为其中之一：${offered}`, `must be one of: ${offered}`) };
    }
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : '';
      if (options === '') return { code: 'field.notOffered', message: text('的类型不对', 'is of no known kind') };
      return { code: 'field.notOffered', message: text(`应为其中之一：${options}`, `must be one of: ${options}`) };
    }
    default:
      return { code: 'field.wrongFormat', message: text('格式不对', 'has the wrong format') };
  }
}
