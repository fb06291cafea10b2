import type { z } from 'zod';
import { assemble } from './assemble.ts';
import { faultWords, valueAt } from './fault-words.ts';
import type { Taxonomies } from './fields/taxonomies.ts';
import { type PackSpec, packSchema } from './language/pack.ts';
import type { ProcedureSpec } from './language/procedure.ts';
import { flatten } from './language/taxonomy.ts';
import { type Locate, nearest, type Problem } from './problem.ts';
import { checkReferences } from './references.ts';
import { type PackSource, parseSource } from './source.ts';

/** A pack ready to run: the text as data plus the look-ups the engine needs. */
export interface CompiledPack extends PackSpec {
  taxonomyPaths: Taxonomies;
}

export type Compiled = { ok: true; value: CompiledPack } | { ok: false; problems: Problem[] };

/**
 * Reads the files of one pack (`pack.yaml` and `procedures/*.yaml`, and below `extends/` those of the pack it extends).
 * Every fault is reported with file, line, column
 * and, where a word was misspelt, the nearest right one; a pack with any fault is not usable.
 */
export function compilePack(sources: readonly PackSource[]): Compiled {
  const parsed = sources.map(parseSource);
  const broken = parsed.flatMap((source) => source.problems);
  if (broken.length > 0) return { ok: false, problems: broken };
  const assembled = assemble(parsed);
  if (!assembled) return { ok: false, problems: [missingHead(sources)] };
  const { whole, locate } = assembled;
  // A pack is read once: making a faster reader for it first would cost more than it saves.
  const read = packSchema.safeParse(whole, { jitless: true });
  if (!read.success)
    return { ok: false, problems: read.error.issues.flatMap((issue) => explain(issue, locate, whole)) };
  const problems = checkReferences(read.data, (path) => locate(path));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { ...read.data, taxonomyPaths: paths(read.data) } };
}

function paths(pack: PackSpec): Taxonomies {
  return new Map(
    Object.entries(pack.taxonomies).map(([name, taxonomy]) => [
      name,
      new Set(flatten(taxonomy.terms).map((item) => item.path)),
    ]),
  );
}

function missingHead(sources: readonly PackSource[]): Problem {
  const file = sources[0]?.path ?? '';
  return {
    code: 'pack.withoutHead',
    file,
    line: 1,
    column: 1,
    path: '',
    message: { zh: '缺少 pack.yaml', en: 'pack.yaml is missing' },
  };
}

const isWord = (key: string): boolean => /^[A-Za-z]\w*$/.test(key);

/** Turns a schema fault into words a pack's author can act on. */
function explain(issue: z.core.$ZodIssue, locate: Locate, whole: unknown): Problem[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const suggestion = isWord(key) ? nearest(key, KNOWN_KEYS) : undefined;
      // No key has a space in it: this is the rest of a sentence that was cut off at its comma.
      const quote = isWord(key)
        ? { zh: '', en: '' }
        : {
            zh: '；若是上一句话的后半截，请给整句加上引号',
            en: '; if it is the rest of a sentence, put the whole of it in quotes',
          };
      return {
        code: 'pack.unknownKey',
        ...locate([...issue.path, key]),
        path: path === '' ? key : `${path}.${key}`,
        message: {
          zh:
            suggestion === key
              ? `“${key}”不写在这里`
              : `不认识的词“${key}”${suggestion ? `，是不是“${suggestion}”？` : quote.zh}`,
          en:
            suggestion === key
              ? `"${key}" does not belong here`
              : `Unknown key "${key}"${suggestion ? `; did you mean "${suggestion}"?` : quote.en}`,
        },
        ...(suggestion && suggestion !== key ? { suggestion } : {}),
      };
    });
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that failed least is the one the author was writing.
    const [closest] = [...issue.errors].sort((a, b) => weight(a) - weight(b));
    // Where a word is wrong, what it leaves unsaid needs no word of its own.
    const wrong = closest?.filter(({ code }) => code === 'unrecognized_keys') ?? [];
    const told = wrong.length > 0 ? wrong : (closest ?? []);
    if (told.length > 0)
      return told.flatMap((inner) =>
        explain({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, locate, whole),
      );
  }
  const fault = faultWords(issue, valueAt(whole, issue.path));
  return [
    {
      code: 'pack.wrongValue',
      ...locate(issue.path),
      path,
      message: { zh: `“${path}”${fault.zh}`, en: `"${path}" ${fault.en}` },
    },
  ];
}

const weight = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce(
    (sum, issue) =>
      sum + (issue.code === 'unrecognized_keys' ? issue.keys.length * 2 : 1) + (issue.path.length === 0 ? 3 : 0),
    0,
  );

/** Every key that means something somewhere in the language. */
const KNOWN_KEYS = collectKeys();

function collectKeys(): Set<string> {
  const seen = new Set<unknown>();
  const keys = new Set<string>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) return;
    seen.add(schema);
    const def = (schema as { def?: Record<string, unknown> }).def;
    if (!def) return;
    if (def.type === 'object')
      for (const [key, value] of Object.entries(def.shape as object)) {
        keys.add(key);
        visit(value);
      }
    for (const part of [def.innerType, def.element, def.valueType, def.in, def.out]) visit(part);
    if (Array.isArray(def.options)) def.options.forEach(visit);
    if (typeof def.getter === 'function') visit((def.getter as () => unknown)());
  };
  visit(packSchema);
  return keys;
}

/** The procedure that takes a matter. */
export function procedureFor(pack: CompiledPack, matter: string): [string, ProcedureSpec] | undefined {
  const name = pack.matters[matter]?.procedure;
  const procedure = name === undefined ? undefined : pack.procedures[name];
  return name !== undefined && procedure ? [name, procedure] : undefined;
}
