import { CORE_SCHEMA, load, Type } from 'js-yaml';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Problem } from './problem.ts';

export interface PackSource {
  path: string;
  text: string;
}

/** One YAML file, parsed, that can tell the line and column of any path in it. */
export interface ParsedSource {
  path: string;
  value: unknown;
  problems: Problem[];
  /** Whether the file says anything at this path. */
  has(path: readonly PropertyKey[]): boolean;
  locate(path: readonly PropertyKey[]): { line: number; column: number };
}

/**
 * Parses a file of a pack. Anchors and merge keys are allowed; custom tags and duplicate keys are not. A sound file is
 * read by a parser that is ten times as fast but knows no places; only a fault calls for the one that does.
 */
export function parseSource(source: PackSource): ParsedSource {
  let read: Placed | undefined;
  const placed = (): Placed => {
    read ??= readWithPlaces(source);
    return read;
  };
  const value = readFast(source.text);
  return {
    path: source.path,
    ...(value === undefined ? placed().content : { value, problems: [] }),
    has: (path) => path.length === 0 || placed().document.hasIn(path as unknown[]),
    locate: (path) => placed().at(offsetOf(placed().document, path)),
  };
}

/** YAML 1.2, and merge keys. */
const MERGE = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (word) => word === '<<' });
const SCHEMA = CORE_SCHEMA.extend({ implicit: [MERGE] });
const ALIAS = /(^|[\s,[{])\*\w/;
const MOST_VALUES = 200_000;
const TOO_MANY = 'its aliases stand for too many values';

// A new version shares most of its files with the one before, and a pack those of the pack it extends.
const MOST_KEPT = 200;
const kept = new Map<string, unknown>();

/** What a file says; undefined where it takes the slower reader to say what is wrong. Nobody may change what it answers. */
function readFast(text: string): unknown {
  const before = kept.get(text);
  if (before !== undefined) return before;
  try {
    const value = load(text, { schema: SCHEMA }) ?? null;
    if (ALIAS.test(text) && writtenOut(value, new Map()) > MOST_VALUES) return undefined;
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(text, value);
    return value;
  } catch {
    return undefined;
  }
}

/** How many values there are with every alias written out: a few lines of aliases of aliases can mean billions. */
function writtenOut(value: unknown, known: Map<object, number>): number {
  if (typeof value !== 'object' || value === null) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  // Whatever contains itself has no end.
  known.set(value, Number.POSITIVE_INFINITY);
  const size = Object.values(value).reduce<number>((sum, part) => sum + writtenOut(part, known), 1);
  known.set(value, size);
  return size;
}

interface Placed {
  document: Document.Parsed;
  content: Pick<ParsedSource, 'value' | 'problems'>;
  at(offset: number): { line: number; column: number };
}

function readWithPlaces(source: PackSource): Placed {
  const counter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: counter, uniqueKeys: true, merge: true });
  const at = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problem = (offset: number, words: string): Problem => ({
    code: 'pack.yaml',
    file: source.path,
    ...at(offset),
    path: '',
    message: { zh: `YAML 写法有误：${words}`, en: `Not valid YAML: ${words}` },
  });
  const problems = document.errors.map((error) => problem(error.pos[0], error.message.split('\n')[0] ?? error.message));
  if (problems.length > 0) return { document, content: { value: undefined, problems }, at };
  // Aliases share what they stand for, so this is small however much it would be written out.
  const value: unknown = document.toJS({ maxAliasCount: -1 });
  if (writtenOut(value, new Map()) <= MOST_VALUES) return { document, content: { value, problems }, at };
  return { document, content: { value: undefined, problems: [problem(0, TOO_MANY)] }, at };
}

/** Offset of the deepest node on a path; for a key that exists, of the key itself. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1) as unknown[], true);
    const key = path[depth - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isNode(item.key) && 'value' in item.key && item.key.value === key);
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, depth) as unknown[], true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
