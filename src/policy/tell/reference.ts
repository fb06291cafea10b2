import { z } from 'zod';
import { packSchema } from '../language/pack.ts';
import { procedureSchema } from '../language/procedure.ts';
import { basisSchema, clauseSchema, rulesSchema } from '../language/text.ts';
import { primitives } from '../primitives/registry.ts';
import { examplesOf, insideOf, meaningOf, sayDefault, sayType, titleOf, unwrap } from './schema-words.ts';

/** One key of the language as the reference shows it. */
export interface KeyRow {
  key: string;
  type: string;
  /** What counts where it is left out. */
  otherwise: string;
  meaning: string;
  examples: readonly unknown[];
}

/** One way of writing a part that can be written in several. */
export interface Way {
  keys: string[];
  meaning: string;
  examples: readonly unknown[];
}

/** One part of a pack: what may stand at a place of its files. */
export interface Part {
  /** The place, such as `steps.<name>`, or the name of a part that stands at many places. */
  at: string;
  rows: KeyRow[];
  /** Keys that mean the same as in an earlier part, by that part. */
  asIn: Map<string, string[]>;
  ways: Way[];
}

/** Keys that may stand beside almost everything; explained once. */
export const EVERYWHERE: { [key: string]: z.ZodType } = {
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
};
/** From so many keys on, an object has a part of its own, and what it has in common with another is not said again. */
const MANY = 8;

/** The whole language, part by part, read off its schema; and the keys of which nobody has said what they mean. */
export function languageReference(): { parts: Part[]; unsaid: string[] } {
  const parts: Part[] = [];
  const unsaid: string[] = Object.entries(primitives)
    .filter(([, schema]) => examplesOf(schema).length === 0)
    .map(([name]) => `${name} has no example`);
  const printed = new Map<z.ZodType, { key: string; at: string }>();
  const seen = new Set<unknown>();
  const waiting: { at: string; schema: z.ZodType }[] = [
    { at: 'pack.yaml', schema: packSchema.omit({ procedures: true }) },
    { at: 'procedures/<name>.yaml', schema: procedureSchema },
  ];
  for (const { at, schema } of waiting) {
    const inner = unwrap(schema);
    if (seen.has(inner) || seen.has(at)) continue;
    seen.add(inner).add(at);
    const part: Part = { at, rows: [], asIn: new Map(), ways: [] };
    const options = inner instanceof z.ZodUnion ? inner.options.map((one) => unwrap(one as z.ZodType)) : [inner];
    const objects = options.filter((one) => one instanceof z.ZodObject);
    const chosenBy = inner instanceof z.ZodDiscriminatedUnion ? inner.def.discriminator : null;
    for (const object of objects) {
      const [key = '', first] = Object.entries(object.shape as { [key: string]: z.ZodType })[0] ?? [];
      const before = first && object !== inner && seen.has(object) ? printed.get(first) : undefined;
      if (before) part.asIn.set(before.at, [...(part.asIn.get(before.at) ?? []), key]);
      else list(part, object, '', chosenBy);
      seen.add(object);
    }
    if (options.length > 1) part.ways = waysOf(objects, chosenBy);
    parts.push(part);
  }
  return { parts, unsaid };

  /** Writes down the keys of an object, and those of objects inside it by their path. */
  function list(part: Part, object: z.ZodObject, prefix: string, chosenBy: string | null = null): void {
    const entries = Object.entries(object.shape as { [key: string]: z.ZodType });
    const alike = entries.filter(([key, schema]) => printed.get(schema)?.key === key).length >= MANY;
    for (const [key, schema] of entries) {
      if (EVERYWHERE[key] === schema || (key === 'title' && titleOf(schema) === 'words') || key === chosenBy) continue;
      const before = printed.get(schema);
      if (alike && before?.key === key) {
        if (before.at !== part.at) part.asIn.set(before.at, [...(part.asIn.get(before.at) ?? []), key]);
        continue;
      }
      // Where the meaning of the whole is said, as with conditions, its keys need none.
      if (meaningOf(schema) || !meaningOf(object)) write(part, `${prefix}${key}`, schema);
      else follow(part, key, schema);
      printed.set(schema, { key, at: part.at });
    }
  }

  function write(part: Part, key: string, schema: z.ZodType): void {
    const [meaning, type] = [meaningOf(schema), sayType(schema)];
    if (!meaning) unsaid.push(`${part.at} ${key}`);
    if (part.rows.some((one) => one.key === key && one.meaning === meaning)) return;
    part.rows.push({ key, type, otherwise: sayDefault(schema), meaning, examples: examplesOf(schema) });
    follow(part, key, schema);
  }

  /** What lies inside: named parts and those with many keys become parts of their own, the rest is listed here. */
  function follow(part: Part, key: string, schema: z.ZodType): void {
    for (const { path, inside } of insideOf(schema)) {
      const inner = unwrap(inside);
      if (titleOf(inside) === 'words') continue;
      if (titleOf(inside) !== '') waiting.push({ at: titleOf(inside), schema: inside });
      else if (path === '<name>') waiting.push({ at: `${key}.<name>`, schema: inside });
      else if (!(inner instanceof z.ZodObject) || seen.has(inner)) continue;
      else if (Object.keys(inner.shape).length > MANY) waiting.push({ at: key, schema: inside });
      else {
        seen.add(inner);
        list(part, inner, `${key}${path}.`);
      }
    }
  }
}

/** How the ways of writing a part differ: by the word of one key, or by the keys they have. */
function waysOf(objects: readonly z.ZodObject[], chosenBy: string | null): Way[] {
  const common = Object.keys(objects[0]?.shape ?? {}).filter((key) => objects.every((one) => key in one.shape));
  return objects.map((object) => {
    const word: unknown = chosenBy === null ? undefined : object.shape[chosenBy];
    const own = Object.keys(object.shape).filter((key) => !common.includes(key));
    return {
      keys: [...(word instanceof z.ZodLiteral ? [...word.values].map(String) : []), ...own],
      meaning: meaningOf(object),
      examples: examplesOf(object),
    };
  });
}
