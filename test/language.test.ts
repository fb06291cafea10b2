import { describe, expect, test } from 'vitest';
import { compilePack } from '#policy/compile.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import { prove } from '#policy/prove/prove.ts';
import { diff } from '#policy/tell/diff.ts';
import { explain } from '#policy/tell/explain.ts';
import { actor, clockwork } from './support/organisation.ts';
import { samplePack } from './support/sample-pack.ts';
import { Story } from './support/story.ts';

/** The sample pack of the page about packs, after changes to its text. */
function compiled(...changes: [string, string][]): ReturnType<typeof compilePack> {
  const text = (source: string): string => changes.reduce((whole, [from, to]) => whole.replaceAll(from, to), source);
  return compilePack(samplePack().map((source) => ({ ...source, text: text(source.text) })));
}
function pack(...changes: [string, string][]): Extract<ReturnType<typeof compilePack>, { ok: true }>['value'] {
  const made = compiled(...changes);
  if (!made.ok) throw new Error(made.problems.map((p) => `${p.file}:${p.line} ${p.message.en}`).join('\n'));
  return made.value;
}
/** Where a changed pack is wrong: file, line and column, and what is said. */
function faults(...changes: [string, string][]): string[] {
  const made = compiled(...changes);
  return made.ok ? [] : made.problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message.en}`);
}
/** Line of the first text in a file of the sample pack, as faults count lines. */
function lineOf(file: string, text: string): number {
  const source = samplePack().find(({ path }) => path === file)?.text ?? '';
  return source.slice(0, source.indexOf(text)).split('\n').length;
}

const found = {
  content: '黑色钱包',
  place: '3 号楼大厅',
  occurredAt: Date.parse('2026-03-05T09:00+08:00'),
  contactPhone: '13800001234',
  finder: 'chen',
};
const begin = (whole = pack()): Story =>
  new Story(whole, '2026-03-05 10:00').register(actor('wang'), found, { matter: 'found', channel: 'counter' });
const claimed = (): Story => {
  const story = begin();
  const keeper = actor(story.case.duties.assignee?.id ?? '');
  return story.take(keeper, 'claim', { claimant: '业主A', proofs: ['内有门禁卡'], match: true, papers: ['ownerCard'] });
};
const keeper = (story: Story) => actor(story.case.duties.assignee?.id ?? '');
const handOver = (story: Story, more: object) => ({
  signature: story.signature('receipt'),
  outcome: '已交还',
  ...more,
});

describe('A limit that is a setting of the pack', () => {
  test('the clock runs as long as the setting says, in the days it says', () => {
    expect(begin().clock('keeping').dueAt).toBe(Date.parse('2026-04-07T23:59:59.999+08:00'));
    const working = pack(['value: { calendarDays: 30 }', 'value: { workingDays: 30 }']);
    const later = begin(working).clock('keeping').dueAt;
    expect(later).toBeGreaterThan(begin().clock('keeping').dueAt);
  });
  test('a setting written as a duration is elapsed time', () => {
    const sixty = pack(['value: { calendarDays: 30 }', 'value: P60D']);
    expect(begin(sixty).clock('keeping').dueAt).toBe(Date.parse('2026-05-04T10:00+08:00'));
  });
  test('the procedure told back, and the difference of two versions, name the time in words', () => {
    expect(explain(pack(), 'zh')).toContain('最长 30 个日历日');
    const words = diff(pack(), pack(['value: { calendarDays: 30 }', 'value: { workingDays: 30 }'])).map(
      (c) => c.words.zh,
    );
    expect(words).toContain('设置“保管期限”：30 个日历日 → 30 个工作日');
    expect(words.some((each) => each.includes('最长 30 个工作日'))).toBe(true);
  });
  test('a setting that holds no length of time is refused at its line, with those that do', () => {
    const file = 'procedures/lostProperty.yaml';
    const [said] = faults(['limit: { setting: keepFor }', 'limit: { setting: costLimit }']);
    expect(said).toMatch(
      new RegExp(`^${file}:${lineOf(file, 'limit: { setting')}:\\d+ No setting that holds a length`),
    );
    expect(said).toContain('known: keepFor');
  });
});

describe('A notice to the person whom a field names', () => {
  test('the finder named at registration hears how it ended, and nobody else of the staff', () => {
    const story = claimed();
    story.take(keeper(story), 'handOver', handOver(story, {}));
    const told = story.all('noticeIssued').filter((event) => event.data.notice === 'settled');
    expect(told.map((event) => event.data.to.name || event.data.to.role)).toEqual(['owner', '陈工']);
  });
  test('a field that names no person is refused at its line', () => {
    const file = 'procedures/lostProperty.yaml';
    const [said] = faults(['to: [owner, case.finder]', 'to: [owner, case.place]']);
    expect(said).toMatch(
      new RegExp(`^${file}:${lineOf(file, 'to: [owner, case.finder]')}:\\d+ No field that names a person`),
    );
  });
  test('a notice that nobody may hear is found by the proof', () => {
    const silent = pack(['to: [owner, case.finder]', 'to: [case.finder]']);
    expect(prove(silent).findings.map((one) => `${one.law} ${one.at}`)).toContain('everyNoticeIsHeard handOver');
    expect(prove(pack()).findings).toEqual([]);
  });
});

describe('Lines with numbers, and their sum', () => {
  const costs = (...numbers: number[]) => numbers.map((amount, i) => ({ what: `第 ${i + 1} 天`, amount }));
  test('they are added up to the cent and held against a limit that is a setting', () => {
    const story = claimed();
    expect(story.refused(keeper(story), 'handOver', handOver(story, { costs: costs(100, 100.01) }))).toMatchObject({
      code: 'costs.tooHigh',
      field: 'costs',
    });
    story.take(keeper(story), 'handOver', handOver(story, { costs: costs(66.6, 66.7, 66.7) }));
    expect(story.case.state).toBe('settled');
  });
  test('a line without words, without a number, or told twice is refused, and says which', () => {
    const story = claimed();
    const code = (lines: unknown): string =>
      story.refused(keeper(story), 'handOver', handOver(story, { costs: lines })).code;
    expect(code([{ what: '', amount: 3 }])).toBe('field.required');
    expect(code([{ what: '保管', amount: '3' }])).toBe('field.notNumber');
    expect(code([...costs(1), ...costs(1)])).toBe('field.sameTwice');
    expect(code('35')).toBe('field.notAmounts');
  });
  test('entries of one step are added up too', () => {
    const summed = pack([
      'field: sum.values.costs, atMost: setting.costLimit',
      'field: sum.each.claim.match, atMost: 0',
    ]);
    const story = begin(summed);
    story.take(keeper(story), 'claim', { claimant: '业主A', proofs: ['门禁卡'], match: true });
    expect(story.can(keeper(story), 'handOver').allowed).toBe(true);
  });
});

describe('Several of a list', () => {
  test('what is ticked is kept in the order of the list; what is not offered is refused', () => {
    const story = begin();
    const values = { claimant: '业主A', proofs: ['门禁卡'], match: true };
    expect(story.refused(keeper(story), 'claim', { ...values, papers: ['passport'] }).code).toBe('field.notOffered');
    story.take(keeper(story), 'claim', { ...values, papers: ['ownerCard', 'idCard', 'idCard'] });
    expect(story.case.entries.claim?.at(-1)?.values.papers).toEqual(['idCard', 'ownerCard']);
  });
});

describe('A linked case that came to nothing', () => {
  const stocktaking = (): Story => {
    const whole = pack([
      '    to: done\n    fields:',
      '    to: done\n    needs: [{ code: finish.lost, that: { field: linked.foundInStock.failed, atMost: 0 }, say: { zh: 有移交的, en: One was given up } }]\n    fields:',
    ]);
    const story = new Story(whole, '2026-03-05 10:00').register(
      actor('zhou'),
      {},
      { matter: 'stocktaking', channel: 'counter' },
    );
    return story.take(keeper(story), 'foundUnlisted', { what: '伞', where: '前台', when: story.now - 1000 });
  };
  test('the case that opened it tells a good end from a bad one', () => {
    const ended = (failed: boolean): Story => {
      const story = stocktaking();
      const caseId = story.case.links[0]?.caseId ?? '';
      story.apply({ type: 'linkedEnd', caseId, outcome: '已处理', ...(failed ? { failed } : {}) }, clockwork);
      return story;
    };
    expect(ended(true).refused(keeper(ended(true)), 'finish', { count: 3 }).code).toBe('finish.lost');
    const good = ended(false);
    expect(good.take(keeper(good), 'finish', { count: 3 }).case.state).toBe('done');
    expect(ended(true).replayed()).toEqual(ended(true).case);
  });
  test('only an end can be marked so, and only these four ways can be asked about', () => {
    const file = 'procedures/lostProperty.yaml';
    const [state] = faults(['waitsFor: [manager] }', 'waitsFor: [manager], failed: true }']);
    expect(state).toMatch(new RegExp(`^${file}:${lineOf(file, '  checking:')}:`));
    const [way] = faults(['field: sum.values.costs, atMost: setting.costLimit', 'field: linked.x.lost, atMost: 0']);
    expect(way).toContain('open, ended, succeeded, failed');
  });
});

test('a number that must be unique can only be compared where it is no personal content', () => {
  const file = 'procedures/lostProperty.yaml';
  const [said] = faults(['slip: { type: text,', 'slip: { type: text, personal: true,']);
  expect(said).toMatch(new RegExp(`^${file}:${lineOf(file, '      slip:')}:\\d+ No field without personal content`));
  expect(faults(['every: year', 'every: month'])[0]).toContain(`${file}:${lineOf(file, '      slip:')}:`);
});

test('the JSON Schema that editors use knows the additions', async () => {
  const { packJsonSchema } = await import('#policy/tell/schema.ts');
  const text = JSON.stringify(packJsonSchema());
  for (const word of ['choices', 'amounts', 'failed', '"setting"']) expect(text).toContain(word);
  const spec: PackSpec = pack();
  expect(spec.settings.keepFor?.value).toEqual({ calendarDays: 30, rollOver: true });
});
