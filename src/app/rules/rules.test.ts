import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tool } from '../checks/check.ts';
import { run } from '../commands/rules.ts';
import { HOME } from '../config.ts';
import { ruleCoverage } from './coverage.ts';
import { testTitles } from './titles.ts';

const seen = (text: string) => testTitles('a.test.ts', text).map((t) => [t.title, t.ids.join(' '), t.idle]);

describe('a rule counts as shown by the title of a test', () => {
  test.each([
    ['a plain title', "test('S9-01 · kept', () => { go(); });", 'S9-01'],
    ['its other name', "it('S9-01 · kept', () => { go(); });", 'S9-01'],
    ['two rules in one title', "test('S9-01 S9-02 · kept', go);", 'S9-01 S9-02'],
    ['the rule behind the words', "test('kept (S9-01)', () => go());", 'S9-01'],
    ['words put together', "test('S9-01 · ' + what, () => go());", 'S9-01'],
    ['a title with places to fill', `test(\`S9-01 · by \${channel}\`, () => go());`, 'S9-01'],
    ['one of a table', "test.each(['a', 'b'])('S9-01 · by %s', (by) => { go(by); });", 'S9-01'],
    [
      'rules named in the table',
      "test.each([['S9-01'], ['S9-02']])('%s is kept', (id) => { go(id); });",
      'S9-01 S9-02',
    ],
    ['a table as a template', `test.each\`a\n\${1}\n\`('S9-01 · $a', ({ a }) => { go(a); });`, 'S9-01'],
    ['only where a tool is there', "test.skipIf(!tool)('S9-01 · kept', () => { go(); });", 'S9-01'],
    ['with options', "test('S9-01 · kept', { timeout: 5 }, () => { go(); });", 'S9-01'],
    ['inside a group', "describe('x', () => { test('S9-01 · kept', () => { go(); }); });", 'S9-01'],
  ])('%s', (_what, text, ids) => {
    expect(testTitles('a.test.ts', text).map((t) => t.ids.join(' '))).toEqual([ids]);
    expect(testTitles('a.test.ts', text).every((t) => !t.idle)).toBe(true);
  });

  test.each([
    ['a group', "describe('S9-01', () => {});"],
    ['a group of the browser’s tests', "test.describe('S9-01', () => {});"],
    ['a step of a test', "test.step('S9-01', () => { go(); });"],
    ['a hook', "test.beforeEach(() => { go('S9-01'); });"],
    ['a comment', "// test('S9-01 · kept', () => { go(); });"],
    ['words inside a text', 'const x = "test(\'S9-01\', () => { go(); })";'],
    ['another function’s words', "notATest('S9-01 · kept', () => { go(); });"],
    ['a table that the title does not use', "test.each(['S9-01'])('kept', () => { go(); });"],
  ])('not by %s', (_what, text) => {
    expect(testTitles('a.test.ts', text).flatMap((t) => t.ids)).toEqual([]);
  });

  test.each([
    ['skipped', "test.skip('S9-01 · kept', () => { go(); });"],
    ['planned', "test.todo('S9-01 · kept');"],
    ['without a body', "test('S9-01 · kept');"],
    ['with an empty body', "test('S9-01 · kept', () => {});"],
    ['expected to fail', "test.fails('S9-01 · kept', () => { go(); });"],
    ['skipped by an option', "test('S9-01 · kept', { skip: true }, () => { go(); });"],
    ['in a skipped group', "describe.skip('x', () => { test('S9-01 · kept', () => { go(); }); });"],
    ['skipped over a table', "test.skip.each(['a'])('S9-01 · %s', () => { go(); });"],
  ])('but shows nothing when it is %s', (_what, text) => {
    expect(seen(text).map(([, ids, idle]) => [ids, idle])).toEqual([['S9-01', true]]);
  });

  test('the place of a test is told by its line', () => {
    expect(testTitles('a.test.ts', "\n\ntest('S9-01', () => { go(); });")[0]?.line).toBe(3);
  });
});

describe('the count over a whole project', () => {
  let root = '';
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const rule = (id: string, strength: string) => ({
    ...{ id, pack: 'S9', clause: '二.1', kind: 'deadline', strength, basis: 'E', gloss: `gloss of ${id}` },
  });
  const said = (flags: Record<string, string | boolean>) => {
    const lines: string[] = [];
    const code = run({ flags, say: (line) => lines.push(line.en) }, ruleCoverage(root));
    return { code, text: lines.join('\n') };
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'huiyin-rules-'));
    const rules = [rule('S9-01', 'MUST'), rule('S9-02', 'MUST'), rule('S9-03', 'SHOULD')];
    write('docs/rules/catalogue.json', JSON.stringify([...rules, { ...rule('S8-01', 'MUST'), pack: 'S8' }]));
    write('packs/s9/pack.yaml', 'pack: S9\nmatters: { a: { rules: [S9-01] } }\n');
    write('packs/s9/one.test.ts', "test('S9-01 · kept', () => { go(); });\n");
    write('test/two.spec.ts', "test('S9-03 · kept', () => { go(); });\n");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('per procedure it tells how many binding rules are shown, and which are missing where a pack is there', () => {
    const { code, text } = said({});
    expect(code).toBe(0);
    expect(text).toMatch(/^S9 {2}MUST +1 \/ 2 +all 2 \/ 3$/m);
    expect(text).toMatch(/S9-02 {2}二\.1 {2}deadline .*gloss of S9-02/);
    expect(text).toMatch(/^S8 {2}MUST +0 \/ 1 +all 0 \/ 1 \(no pack yet\)$/m);
    expect(text).not.toContain('gloss of S8-01');
  });

  test('a title that names a rule which does not exist fails the command', () => {
    write('src/three.test.ts', "\ntest('S9-77 · kept', () => { go(); });\n");
    expect(said({})).toMatchObject({ code: 1, text: expect.stringContaining('src/three.test.ts:2 names S9-77') });
  });

  test('a pack that names a rule which does not exist fails the command', () => {
    write('packs/s9/procedures/complaint.yaml', 'steps: { a: { rules: [S9-01, S9-66] } }\n');
    expect(said({})).toMatchObject({
      code: 1,
      text: expect.stringContaining('packs/s9/procedures/complaint.yaml names S9-66'),
    });
  });

  test('a rule whose only test never runs fails the command; a second one that runs puts it right', () => {
    write('src/three.test.ts', "test.todo('S9-02 · kept');\n");
    expect(said({})).toMatchObject({
      code: 1,
      text: expect.stringContaining('S9-02 is shown only by a test that never runs'),
    });
    write('src/four.test.ts', "test('S9-02 · kept', () => { go(); });\n");
    expect(said({})).toMatchObject({ code: 0 });
  });

  test('a rule that a pack calls built in fails the command until a test shows it', () => {
    write('packs/s9/pack.yaml', 'pack: S9\nbuiltIn: [{ clause: 二.1, rules: [S9-02] }]\n');
    expect(said({})).toMatchObject({
      code: 1,
      text: expect.stringContaining('calls S9-02 built in, but no test shows it'),
    });
    write('src/three.test.ts', "test('S9-02 · kept', () => { go(); });\n");
    expect(said({})).toMatchObject({ code: 0 });
  });

  test('one procedure alone, also as JSON; an unknown one is refused', () => {
    expect(said({ pack: 's9' }).text).not.toContain('S8');
    const whole = JSON.parse(said({ pack: 'S9', json: true }).text);
    expect(whole.procedures).toHaveLength(1);
    expect(whole.procedures[0].must).toEqual({ shown: 1, total: 2 });
    expect(whole.witnesses).toEqual({ 'S9-01': ['packs/s9/one.test.ts:1'], 'S9-03': ['test/two.spec.ts:1'] });
    expect(() => said({ pack: 'S7' })).toThrow(/S9, S8/);
  });
});

test('the command itself finds the tests of this very project', async () => {
  const { code, text } = await tool(process.execPath, [
    join(HOME, 'src/app/cli.ts'),
    'rules',
    '--json',
    '--pack',
    'S1',
  ]);
  const { procedures, faults } = JSON.parse(text);
  expect(faults).toEqual([]);
  expect(code).toBe(0);
  expect(procedures[0].must.shown).toBeGreaterThan(30);
});
