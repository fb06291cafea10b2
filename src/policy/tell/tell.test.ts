import { describe, expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { compilePack } from '../compile.ts';
import type { PackSource } from '../source.ts';
import { byClause } from './clause-order.ts';
import { coverage } from './coverage.ts';
import { diff, notesSince, noteWords } from './diff.ts';
import { explain } from './explain.ts';
import { movesOf } from './moves.ts';
import { packJsonSchema } from './schema.ts';
import { spanWords } from './span-words.ts';

async function s1(change: (text: string) => string = (text) => text) {
  const sources = await readPackFolder('packs/s1');
  const compiled = compilePack(sources.map((source: PackSource) => ({ ...source, text: change(source.text) })));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.value;
}

describe('A pack told in words', () => {
  test('it reads as a procedure, clause by clause, and says what is a default', async () => {
    const words = explain(await s1(), 'zh');
    expect(words).toContain('**三.1.3**');
    expect(words).toContain(
      '“24 小时内联系业主”：最长 24 小时，由跟进人负责；超时立即告知跟进人、责任人的主管，4 小时告知项目经理，24 小时告知总经理',
    );
    expect(words).toContain('“批准终止”由项目经理、总经理办理');
    expect(words.split('\n').find((line) => line.includes('“批准终止”'))).toContain('系统默认，非原文');
    expect(explain(await s1(), 'en')).toContain('“Contact the owner”');
  });

  test('the routing says for which cases, and for which premises, each unit is suggested', async () => {
    const row = '    - { when: { field: case.category, under: safety }, unit: security }';
    const here = row.replace('{ when', '{ at: place, premises: [JX-3, YX], when');
    const words = explain(await s1((text) => text.replace(row, `${here}\n${row}`)), 'zh');
    expect(words).toContain(
      '设施维护 → engineering；JX-3、YX 范围内的安全管理 → security；安全管理 → security；其余 → service',
    );
  });

  test('clauses stand in the order of the written text, whatever their numbers look like', () => {
    const clauses = [
      '十',
      '三.2',
      '前言',
      '',
      '三.10',
      '10.⑶.b',
      '10.⑵',
      '五.1.2)b',
      '五.1.5)b.iv',
      '五.1.5)b.ii',
      '6.③',
      '6.①',
    ];
    expect(clauses.sort(byClause)).toEqual([
      '前言',
      '三.2',
      '三.10',
      '五.1.2)b',
      '五.1.5)b.ii',
      '五.1.5)b.iv',
      '6.①',
      '6.③',
      '十',
      '10.⑵',
      '10.⑶.b',
      '',
    ]);
  });

  test('settings, notices, duties of the calendar and targets are told with what they say', async () => {
    const words = explain(await s1(), 'zh');
    expect(words).toMatch(/设置：.+：(是|否|\d)/);
    expect(words).toMatch(/通知：.+〔编号〕/);
    expect(words).toMatch(/定期：.+每(天|周|月|年|\s\d)/);
    expect(words).toMatch(/指标：.+目标 \d+ %/);
    expect(words).not.toMatch(/\{(case|values|clock|setting)\./);
  });

  test('a notice that says other words is a change for people', async () => {
    const other = await s1((text) => text.replaceAll('{case.number}', '第 {case.number} 号'));
    const [change] = diff(await s1(), other);
    expect(change?.words.zh).toContain('第〔编号〕号');
  });

  test('a changed time limit is said in words, and nothing else is', async () => {
    const later = await s1((text) =>
      text.replace(
        'limit: { elapsed: PT48H }\n    responsible: assignee\n    shownToOwner: true',
        'limit: { elapsed: PT36H }\n    responsible: assignee\n    shownToOwner: true',
      ),
    );
    const changes = diff(await s1(), later);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ clause: '三.3.1', procedure: 'complaint', change: 'altered' });
    expect(changes[0]?.words.zh).toMatch(/原：.*最长 48 小时[\s\S]*现：.*最长 36 小时/);
    expect(diff(await s1(), await s1())).toEqual([]);
  });

  test('a setting that is decided otherwise, a new and a dropped step are all told', async () => {
    const other = await s1((text) =>
      text
        .replace('value: received\n', 'value: accepted\n')
        .replace(/\n {2}withdraw:[\s\S]*?(?=\n {2}archive:)/, '')
        .replace(/, withdrawn\]/g, ']')
        .replace(/\n {2}withdrawn:\s*\{[\s\S]*?\}\s*,?\s*\n?(?=\s{2}archived)/, '\n'),
    );
    const told = diff(await s1(), other).map((change) => [change.change, change.words.zh.slice(0, 12)]);
    expect(told).toContainEqual(['removed', '取消：“撤回”由业主办理']);
    expect(told.some(([, words]) => words?.startsWith('设置“48 小时'))).toBe(true);
  });

  test('who changed what and why since a version is told, and a version without its note is refused', async () => {
    const note = (version: string) => `  - version: ${version}
    by: { zh: 王经理, en: Manager Wang }
    what: { zh: 加快答复, en: Quicker answers }
    why: { zh: 业主等得太久, en: Owners waited too long }
`;
    const raised = (text: string): string =>
      text.replace('version: 1.2.0\nchanges:\n', `version: 1.10.0\nchanges:\n${note('1.9.0')}${note('1.10.0')}`);
    const before = await s1();
    const after = await s1(raised);
    const notes = notesSince(before, after);
    expect(notes.map(({ version }) => version)).toEqual(['1.10.0', '1.9.0']);
    expect(notes.map((one) => noteWords(one).zh)[0]).toBe('1.10.0（王经理）：加快答复。原因：业主等得太久');
    expect(explain(after, 'en')).toContain('- 1.10.0 (Manager Wang): Quicker answers. Why: Owners waited too long');
    await expect(s1((text) => text.replace('version: 1.2.0\nchanges', 'version: 1.3.0\nchanges'))).rejects.toThrow(
      'changes says nothing of 1.3.0 yet',
    );
  });

  test('coverage says of each rule whether it is enforced, built in and shown by a test, only guidance, or absent', async () => {
    const rule = (id: string) => ({ id, clause: '', kind: 'state', strength: 'MUST' });
    const rules = [rule('S1-11'), rule('S1-44'), rule('S9-99'), rule('S1-32')];
    const covered = coverage(await s1(), rules, { 'S1-32': ['archive.test.ts:1'] });
    expect(covered.rules.map((row) => row.covered)).toEqual(['enforced', 'guidance', 'absent', 'builtIn']);
    expect(coverage(await s1(), rules, {}).count).toMatchObject({ builtIn: 0, absent: 2 });
    // A principle that nothing but words carries is told, not enforced.
    const principle = [rule('S1-05')];
    expect(coverage(await s1(), principle, {}).rules[0]?.covered).toBe('guidance');
    expect(coverage(await s1(), principle, { 'S1-05': ['masking.test.ts:1'] }).rules[0]?.covered).toBe('builtIn');
    expect(covered.rules[0]?.by.map((item) => item.kind)).toContain('clock');
  });

  test('only moves that can really come about are drawn', async () => {
    const pack = await s1();
    const complaint = pack.procedures.complaint;
    if (!complaint) throw new Error('no complaints');
    const moves = movesOf(pack, complaint).map((move) => `${move.from} ${move.to}`);
    expect(moves).toContain('registered contacted');
    // The contact can be made later too, but only from the registration does it lead on.
    expect(moves).not.toContain('implementing contacted');
  });

  test('the schema for editors knows every key and refuses unknown ones', () => {
    const { pack, procedure } = packJsonSchema() as {
      [part: string]: { properties: object; additionalProperties: boolean };
    };
    expect(Object.keys(pack?.properties ?? {})).toEqual(
      expect.arrayContaining(['roles', 'tables', 'extends', 'schedules']),
    );
    expect(procedure?.additionalProperties).toBe(false);
  });

  test.each([
    [{ elapsed: 'PT24H' }, '24 小时'],
    [{ elapsed: 'PT15M' }, '15 分钟'],
    [{ elapsed: 'P3D' }, '3 天'],
    [{ workingDays: 3, until: 'endOfDay' as const }, '3 个工作日'],
    [{ endOfDay: 0 }, '当日 24:00 前'],
  ])('the limit %j is said as %s', (span, words) => {
    expect(spanWords(span).zh).toBe(words);
  });
});
