import { z } from 'zod';

/** Fills a place of a request by its name; undefined where anything will do. */
export type Fill = (name: string, path: readonly string[]) => string | undefined;

interface Node {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Node[];
  oneOf?: Node[];
  allOf?: Node[];
  properties?: Record<string, Node>;
  required?: string[];
  items?: Node;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  default?: unknown;
  $ref?: string;
  $defs?: Record<string, Node>;
}

const WORDS = [
  '2026-03-05T10:00:00+08:00',
  '2026-03-05',
  'P1D',
  'abc',
  'a',
  'aaaaaaaaaaaaaaaa',
  '123456',
  'a@example.com',
  '13800001111',
  'https://example.com/x',
  'S1',
  '1.0.0',
  'x'.repeat(32),
  'f'.repeat(64),
  '1',
  '09:00',
  '2026-03',
];

/** Requests that a schema takes, one for each of its branches, bare and with everything optional. Empty when none is found. */
export function samples(schema: z.ZodType | undefined, fill: Fill): unknown[] {
  if (!schema) return [undefined];
  // What JSON cannot say (a transformation, a refinement) is judged by the schema itself below.
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
  const build = (node: Node, whole: boolean, path: string[], only?: string): unknown[] => {
    if (node.$ref) return build(root.$defs?.[node.$ref.split('/').at(-1) ?? ''] ?? {}, whole, path, only);
    if (node.const !== undefined) return [node.const];
    if (node.enum) return [node.enum[0]];
    const branches = node.anyOf ?? node.oneOf;
    if (branches) return branches.filter((one) => one.type !== 'null').flatMap((one) => build(one, whole, path, only));
    if (node.allOf) return build(Object.assign({}, ...node.allOf), whole, path);
    const name = path.at(-1) ?? '';
    const type = Array.isArray(node.type) ? node.type[0] : node.type;
    if (type === 'object') {
      let made: Record<string, unknown>[] = [{}];
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        const wanted = only === undefined ? whole : key === only;
        if (!wanted && !node.required?.includes(key)) continue;
        const options = build(child, whole, [...path, key]);
        // One branch is enough below the top; all are tried at it.
        made = made.flatMap((so) =>
          (path.length === 0 ? options : options.slice(0, 1)).map((value) => ({ ...so, [key]: value })),
        );
      }
      return made;
    }
    if (type === 'array') return [build(node.items ?? {}, whole, path).slice(0, Math.max(1, node.minItems ?? 0))];
    if (type === 'integer' || type === 'number')
      return [Math.max(1, node.minimum ?? 1, (node.exclusiveMinimum ?? 0) + 1)];
    if (type === 'boolean') return [true];
    if (type === undefined && node.format === undefined) return [{}];
    // An id of nothing else is most likely a case's.
    const filled = fill(name, path) ?? (node.format === 'uuid' ? fill('caseId', path) : undefined);
    const fitting = (word: string): boolean =>
      word.length <= (node.maxLength ?? Number.POSITIVE_INFINITY) &&
      (!node.pattern || new RegExp(node.pattern, 'u').test(word));
    if (filled !== undefined && fitting(filled)) return [filled];
    if (node.format === 'email') return ['a@example.com'];
    const fits = WORDS.find(
      (word) =>
        word.length >= (node.minLength ?? 0) &&
        word.length <= (node.maxLength ?? 99) &&
        (!node.pattern || new RegExp(node.pattern, 'u').test(word)),
    );
    return [fits ?? 'x'.repeat(node.minLength ?? 1)];
  };
  const taken = (list: unknown[]): unknown[] => list.filter((one) => schema.safeParse(one).success);
  const usual = taken([...build(root, false, []), ...build(root, true, [])]);
  // Some bodies take one of two things and not both.
  const top = root.$ref ? root.$defs?.[root.$ref.split('/').at(-1) ?? ''] : root;
  const single = (): unknown[] => Object.keys(top?.properties ?? {}).flatMap((key) => build(root, true, [], key));
  const found = usual.length > 0 ? usual : taken(single());
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}
