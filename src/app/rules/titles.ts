import { type CallExpression, type Expression, parseSync, Visitor } from 'oxc-parser';
import { lineFinder } from '../rooms/source-file.ts';
import { idsIn } from './catalogue.ts';

/** One test, by what its title says. */
export interface Title {
  file: string;
  line: number;
  /** As written; what is computed is shown as `…`. */
  title: string;
  ids: string[];
  /** It never runs, is expected to fail, or does nothing: it shows no rule. */
  idle: boolean;
}

/** The titles of all tests in a file. Groups (`describe`), steps and hooks are no tests. */
export function testTitles(file: string, text: string): Title[] {
  const { program } = parseSync(file, text, { sourceType: 'module' });
  const lineAt = lineFinder(text);
  const found: Title[] = [];
  const idleGroups: [number, number][] = [];
  new Visitor({
    CallExpression: (call) => {
      const { root, words, table } = chain(call.callee);
      const isGroup = root === 'describe' || words[0] === 'describe';
      const idle = words.some((word) => IDLE.has(word)) || hasIdleOption(call);
      if (isGroup && idle) idleGroups.push([call.start, call.end]);
      // `test.each(table)` and `test.skipIf(…)` only lead up to the call that has the title.
      if (isGroup || !TESTS.has(root) || !words.every((word) => MODIFIERS.has(word)) || isFactory(call)) return;
      const [first] = call.arguments;
      if (!first || first.type === 'SpreadElement') return;
      const title = written(first);
      if (title === undefined) return;
      const fromTable = /%|\$|…/.test(title) && table ? idsIn(text.slice(table.start, table.end)) : [];
      const inGroup = idleGroups.some(([start, end]) => start < call.start && call.end <= end);
      found.push({
        file,
        line: lineAt(call.start),
        title,
        ids: [...new Set([...idsIn(title), ...fromTable])],
        idle: idle || inGroup || !doesSomething(call),
      });
    },
  }).visit(program);
  return found;
}

const TESTS = new Set(['test', 'it']);
const IDLE = new Set(['skip', 'todo', 'fixme', 'fails', 'fail']);
const FACTORIES = new Set(['each', 'for', 'skipIf', 'runIf']);
const MODIFIERS = new Set([...IDLE, ...FACTORIES, 'only', 'concurrent', 'sequential', 'slow']);

/** `test.skipIf(x).each(t)` taken apart: the name it begins with, the words after it, and the table of `each`. */
function chain(callee: Expression): { root: string; words: string[]; table?: { start: number; end: number } } {
  if (callee.type === 'Identifier') return { root: callee.name, words: [] };
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed) {
    const inner = chain(callee.object);
    return { ...inner, words: [...inner.words, callee.property.name] };
  }
  if (callee.type === 'CallExpression') {
    const inner = chain(callee.callee);
    const [table] = callee.arguments;
    return table && FACTORIES.has(inner.words.at(-1) ?? '') ? { ...inner, table } : inner;
  }
  if (callee.type === 'TaggedTemplateExpression') return { ...chain(callee.tag), table: callee.quasi };
  return { root: '', words: [] };
}

const isFactory = (call: CallExpression): boolean =>
  call.callee.type === 'MemberExpression' &&
  call.callee.property.type === 'Identifier' &&
  FACTORIES.has(call.callee.property.name);

function written(node: Expression): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') return node.quasis.map((q) => q.value.cooked ?? '').join('…');
  if (node.type === 'BinaryExpression' && node.operator === '+')
    return `${written(node.left) ?? '…'}${written(node.right) ?? '…'}`;
  return undefined;
}

function hasIdleOption(call: CallExpression): boolean {
  return call.arguments.some(
    (argument) =>
      argument.type === 'ObjectExpression' &&
      argument.properties.some(
        (p) =>
          p.type === 'Property' &&
          p.key.type === 'Identifier' &&
          IDLE.has(p.key.name) &&
          !(p.value.type === 'Literal' && p.value.value === false),
      ),
  );
}

/** A test needs a body with something in it; a body given by name counts. */
function doesSomething(call: CallExpression): boolean {
  const bodies = call.arguments.slice(1).filter((a) => a.type !== 'ObjectExpression' && a.type !== 'Literal');
  return bodies.some((body) => {
    if (body.type !== 'ArrowFunctionExpression' && body.type !== 'FunctionExpression') return true;
    return body.body !== null && (body.body.type !== 'BlockStatement' || body.body.body.length > 0);
  });
}
