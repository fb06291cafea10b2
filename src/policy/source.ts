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

/** Parses a file of a pack. Anchors and merge keys are allowed; custom tags and duplicate keys are not. */
export function parseSource(source: PackSource): ParsedSource {
  const counter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: counter, uniqueKeys: true, merge: true });
  const at = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = document.errors.map((error): Problem => {
    const where = at(error.pos[0]);
    const words = error.message.split('\n')[0] ?? error.message;
    return {
      code: 'pack.yaml',
      file: source.path,
      ...where,
      path: '',
      message: { zh: `YAML 写法有误：${words}`, en: `Not valid YAML: ${words}` },
    };
  });
  return {
    path: source.path,
    value: problems.length === 0 ? document.toJS({ maxAliasCount: 1000 }) : undefined,
    problems,
    has: (path) => path.length === 0 || document.hasIn(path as unknown[]),
    locate: (path) => at(offsetOf(document, path)),
  };
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
