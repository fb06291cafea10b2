import { expect, test } from 'vitest';
import type { JournalEntryView } from '#http/contract/case.ts';
import { sentenceOf } from '#http/timeline.ts';
import { site } from './support.ts';

const at = site();

test('the first entry of a value reads “填写了”, a change of it “更正了”, and a deadline just passed has no duration', async () => {
  const officer = await at().as('chenlijuan');
  const made = await officer.register();
  const first = await officer.take(made.id, 'classify', { category: 'facility/lighting' }, made.seq);
  expect(first.status, first.text).toBe(200);
  const again = { category: 'environment', reason: '业主补充后看，是卫生问题' };
  const second = await officer.take(made.id, 'classify', again, first.body.seq);
  expect(second.status, second.text).toBe(200);
  const move = { method: 'POST', body: { advance: 'PT25H' } };
  expect((await officer.ask('/api/v1/sandbox/clock', move)).status).toBe(200);
  const read = await officer.ask<JournalEntryView[]>(`/api/v1/cases/${made.id}/journal`);
  const of = (type: string) => read.body.filter((entry) => entry.type === type).map((entry) => entry.sentence);
  expect(of('fieldsChanged')).toEqual([
    { zh: '陈丽娟 填写了“类别”', en: '陈丽娟 filled in “Category”' },
    { zh: '陈丽娟 更正了“类别”', en: '陈丽娟 corrected “Category”' },
  ]);
  const [breach] = of('clockBreached').filter(({ zh }) => zh.startsWith('24 小时内联系业主'));
  expect(breach?.zh).toMatch(/^24 小时内联系业主：\S+ 已超时，已告知 \S+、\S+（三\.1\.3）$/);
  expect(breach?.en).toMatch(/^Contact the owner within 24 hours: \S+ is overdue; told \S+, \S+ \(三\.1\.3\)$/);
});

test('a breach nobody could be told of says so, and one that was noticed later says how late', async () => {
  const pack = await at().program.handling.packs.current('demo', 'S1');
  const procedure = pack?.procedures.complaint;
  if (!pack || !procedure) throw new Error('the demo has no complaints');
  const actor = { kind: 'system', personId: null, name: '' } as const;
  const data = { clock: 'firstContact', run: 1, level: 2, dueAt: 0, clause: '三.1.3', told: [], again: null };
  const event = { type: 'clockBreached', at: 4 * 3_600_000, actor, data } as const;
  const said = sentenceOf({
    pack,
    procedure,
    event: { ...event, data: { ...data, told: [] } },
    nameOf: () => undefined,
  });
  expect(said.zh).toBe('24 小时内联系业主：已超时 4 小时，相关岗位无人，未能告知任何人（三.1.3）');
  expect(said.en).toBe(
    'Contact the owner within 24 hours: 4 h overdue; nobody holds the post, so nobody was told (三.1.3)',
  );
});
