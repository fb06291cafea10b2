import { z } from 'zod';

/** A schema without what only says that it may be absent, and without what becomes of it when it is read. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodLazy) return unwrap(lazyInner(schema));
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.ZodType);
  return schema;
}

// Kept by the schema itself, so that asking twice gives the same.
const lazyInner = (schema: z.ZodLazy): z.ZodType => schema._zod.innerType as z.ZodType;

/** The wrappers of a schema from the outside in; whatever was said nearest outside counts. */
function layers(schema: z.ZodType): z.ZodType[] {
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
      ? (schema.unwrap() as z.ZodType)
      : schema instanceof z.ZodLazy
        ? lazyInner(schema)
        : schema instanceof z.ZodPipe
          ? (schema.in as z.ZodType)
          : null;
  return inner ? [schema, ...layers(inner)] : [schema];
}

const said = (schema: z.ZodType, what: 'description' | 'title'): string =>
  layers(schema)
    .map((one) => one.meta()?.[what])
    .find((words) => words !== undefined) ?? '';

export const meaningOf = (schema: z.ZodType): string => said(schema, 'description');
export const titleOf = (schema: z.ZodType): string => said(schema, 'title');

/** The small examples that stand with a schema. */
export function examplesOf(schema: z.ZodType): readonly unknown[] {
  const found = layers(schema)
    .map((one) => one.meta()?.examples)
    .find((examples) => Array.isArray(examples));
  return Array.isArray(found) ? found : [];
}

/** The schemas inside one, each with how it is reached: `[]` an item of a list, `<name>` an entry by name, '' itself. */
export function insideOf(schema: z.ZodType): { path: string; inside: z.ZodType }[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) {
    const element = inner.element as z.ZodType;
    return isNested(unwrap(element)) ? [{ path: '[]', inside: element }] : insideOf(element);
  }
  if (inner instanceof z.ZodRecord) {
    const value = inner.valueType as z.ZodType;
    return isNested(unwrap(value)) ? [{ path: '<name>', inside: value }] : [];
  }
  if (inner instanceof z.ZodObject) return [{ path: '', inside: schema }];
  if (inner instanceof z.ZodUnion && titleOf(schema) !== '') return [{ path: '', inside: schema }];
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => insideOf(option as z.ZodType));
  return [];
}

/** Whether something has keys of its own that have to be explained. */
export const isNested = (schema: z.ZodType): boolean =>
  (schema instanceof z.ZodObject && titleOf(schema) !== 'words') ||
  (schema instanceof z.ZodUnion && schema.options.some((option) => unwrap(option as z.ZodType) instanceof z.ZodObject));

const code = (value: unknown): string => `\`${String(value)}\``;

/** What may be written, in words. */
export function sayType(schema: z.ZodType): string {
  const title = titleOf(schema);
  if (title !== '') return title;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options.map(code).join(' · ');
  if (inner instanceof z.ZodLiteral) return [...inner.values].map(code).join(' · ');
  if (inner instanceof z.ZodBoolean) return '`true` · `false`';
  if (inner instanceof z.ZodNumber) return sayNumber(inner);
  if (inner instanceof z.ZodArray) return `list: ${sayType(inner.element as z.ZodType)}`;
  if (inner instanceof z.ZodRecord) return `by name: ${sayType(inner.valueType as z.ZodType)}`;
  if (inner instanceof z.ZodObject)
    return `{ ${Object.keys(inner.shape).slice(0, 4).join(', ')}${Object.keys(inner.shape).length > 4 ? ' …' : ''} }`;
  if (inner instanceof z.ZodDiscriminatedUnion) return `{ ${String(inner.def.discriminator)} … }`;
  if (inner instanceof z.ZodUnion)
    return [...new Set(inner.options.map((option) => sayType(option as z.ZodType)))].join(' or ');
  return 'text';
}

function sayNumber(schema: z.ZodNumber): string {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = z.toJSONSchema(schema);
  const bound = (words: string, value: unknown): string =>
    typeof value !== 'number' || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? '' : ` ${words} ${value}`;
  return [
    schema.isInt ? 'whole number' : 'number',
    bound('from', minimum),
    bound('above', exclusiveMinimum),
    bound('to', maximum),
    bound('below', exclusiveMaximum),
  ].join('');
}

/** What counts where nothing is written; empty where that is nothing, or where something must be written. */
export function sayDefault(schema: z.ZodType): string {
  if (schema instanceof z.ZodDefault) {
    const value: unknown = schema.def.defaultValue;
    const none = value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
    return none
      ? value === false
        ? '`false`'
        : 'none'
      : code(typeof value === 'string' ? value : JSON.stringify(value));
  }
  return schema instanceof z.ZodOptional ? 'none' : '**needed**';
}
