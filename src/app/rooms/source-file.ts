import { parseSync, Visitor } from 'oxc-parser';

/** An import or re-export as it is written. */
export interface Import {
  /** What is imported; null when it is computed and cannot be read. */
  specifier: string | null;
  line: number;
  /** It still happens when the program runs; `import type` does not. */
  atRuntime: boolean;
}

/** A name used in a file: `Date`, and of members `Math.random` and `.random`. */
interface Name {
  name: string;
  line: number;
}

export interface SourceFile {
  imports: Import[];
  names: Name[];
  /** The first fault of the syntax, if any. */
  fault: { message: string; line: number } | null;
}

/** Reads imports and names out of a TypeScript file with a real parser, so that comments and strings do not count. */
export function readSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text, { sourceType: 'module' });
  const lineAt = lineFinder(text);
  const imports: Import[] = [];
  const names: Name[] = [];
  const add = (specifier: string | null, start: number, atRuntime: boolean): void => {
    imports.push({ specifier, line: lineAt(start), atRuntime });
  };
  const fromNode = (node: {
    start: number;
    source: { value: string } | null;
    importKind?: string;
    exportKind?: string;
  }) => {
    if (node.source) add(node.source.value, node.start, (node.importKind ?? node.exportKind) !== 'type');
  };
  const ignored = new Set<unknown>();
  const keyed = (node: { computed: boolean; key: unknown }): void => {
    if (!node.computed) ignored.add(node.key);
  };
  new Visitor({
    ImportDeclaration: fromNode,
    ExportNamedDeclaration: fromNode,
    ExportAllDeclaration: fromNode,
    ImportExpression: ({ source, start }) =>
      add(source.type === 'Literal' && typeof source.value === 'string' ? source.value : null, start, true),
    TSImportType: ({ source, start }) => add(source.value, start, false),
    // Names of properties are the object's own affair: `entry.process` is not the process.
    Property: keyed,
    PropertyDefinition: keyed,
    MethodDefinition: keyed,
    TSPropertySignature: keyed,
    TSMethodSignature: keyed,
    MemberExpression: (node) => {
      if (node.computed || node.property.type !== 'Identifier') return;
      ignored.add(node.property);
      const line = lineAt(node.property.start);
      names.push({ name: `.${node.property.name}`, line });
      if (node.object.type === 'Identifier') names.push({ name: `${node.object.name}.${node.property.name}`, line });
    },
    Identifier: (node) => {
      if (!ignored.has(node)) names.push({ name: node.name, line: lineAt(node.start) });
    },
  }).visit(parsed.program);
  const [first] = parsed.errors;
  const fault = first ? { message: first.message, line: lineAt(first.labels[0]?.start ?? 0) } : null;
  return { imports, names, fault };
}

/** Answers the line, from 1, of a place in the text. */
export function lineFinder(text: string): (offset: number) => number {
  const breaks = [...text.matchAll(/\n/g)].map((m) => m.index);
  return (offset) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
