import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseState } from '#case/state.ts';
import { testDatabase } from '#db/testing.ts';
import { demoPerson } from '#directory/demo/company.ts';
import { premisesId } from '#directory/demo/premises.ts';
import type { Summary } from '#reports/periodic-summary.ts';
import { summaryCsv } from '#reports/summary-csv.ts';
import { openStage, play, type Stage, type Tale } from '../support/stage.ts';

const db = testDatabase();
let stage: Stage;
let told: CaseState[] = [];
let summary: CaseState;
let figures: Summary;

const greening = { category: 'environment/greening', place: 'JX-GB1', unit: 'gardening', assignee: 'wujianping' };
const cleaning = { category: 'environment/cleaning', place: 'JX-2-1-1102', unit: 'cleaning', assignee: 'yuguifen' };
const facility = { place: 'JX-3-2-502', unit: 'engineering', assignee: 'hanzhigang' };

// Hours after receipt. Nine complaints by telephone, counter and door code; the tenth comes out of an owners' forum.
const march: Tale[] = [
  {
    received: '2026-03-02 09:00',
    ...greening,
    cause: '养护间隔过长',
    contact: 2,
    inspect: 20,
    complete: 30,
    tell: 50,
    answer: 'satisfied',
  },
  {
    received: '2026-03-03 09:00',
    ...greening,
    cause: '养护间隔过长',
    contact: 4,
    inspect: 30,
    complete: 40,
    tell: 72,
    answer: 'satisfied',
  },
  {
    received: '2026-03-04 09:00',
    ...greening,
    cause: '浇水不足',
    channel: 'counter',
    contact: 6,
    inspect: 40,
    complete: 50,
    tell: 74,
    answer: 'acceptable',
  },
  {
    received: '2026-03-05 09:00',
    ...greening,
    cause: '养护间隔过长',
    contact: 30,
    inspect: 44,
    complete: 60,
    tell: 96,
    answer: 'dissatisfied',
  },
  {
    received: '2026-03-09 09:00',
    ...cleaning,
    cause: '清运不及时',
    channel: 'doorCode',
    contact: 8,
    inspect: 60,
    complete: 62,
    tell: 80,
    answer: 'satisfied',
  },
  {
    received: '2026-03-10 09:00',
    ...cleaning,
    cause: '清运不及时',
    contact: 10,
    inspect: 24,
    complete: 30,
    tell: 168,
    answer: 'satisfied',
  },
  {
    received: '2026-03-11 09:00',
    ...facility,
    category: 'facility/lift',
    cause: '皮带老化',
    contact: 12,
    inspect: 36,
    complete: 48,
    tell: 60,
  },
  {
    received: '2026-03-12 09:00',
    ...facility,
    category: 'facility/lighting',
    registered: 20,
    cause: '灯管老化',
    contact: 14,
    inspect: 46,
    complete: 50,
    tell: 74,
    answer: 'acceptable',
  },
  { received: '2026-03-31 20:00', ...greening },
];
const february: Tale = { received: '2026-02-27 09:00', ...cleaning, contact: 1 };

beforeAll(async () => {
  stage = await openStage(db, '2026-02-27 08:00');
  told = await play(stage, [february, ...march.slice(0, 8)], '2026-03-20 10:00');
  await holdForum();
  await play(stage, march.slice(8), '2026-04-01 08:31');
  const found = await db.ownerPool.query<{ id: string }>(
    `select id from huiyin.case_file where procedure = 'summary' order by registered_at desc limit 1`,
  );
  summary = await stage.stateOf(found.rows[0]?.id ?? '');
  figures = (summary.entries.recordFigures?.[0]?.values.figures ?? {}) as unknown as Summary;
}, 120_000);
afterAll(() => stage.close());

/** One opinion of an owners' forum becomes a complaint about the lights, contacted three hours later and then forgotten. */
async function holdForum(): Promise<void> {
  const manager = await stage.staff('linzhiyuan');
  const forum = await stage.begin(manager, 'forum', { subject: '一季度座谈会' }, { channel: 'other' });
  const { assignee, caseOfficer } = forum.duties;
  const chair = (await stage.directory.at(stage.tenant, stage.now())).person(assignee?.id ?? '');
  if (!chair || !caseOfficer) throw new Error('The forum has no chair');
  const by = { kind: 'staff', personId: chair.id, name: chair.name, posts: chair.posts } as const;
  const minutes = {
    heldOn: '2026-03-20',
    participants: ['业主甲', '业主乙'],
    topics: ['照明'],
    opinions: ['车库灯太暗'],
  };
  await stage.take(by, forum, 'hold', minutes);
  const raised = await stage.take(by, forum, 'raise', {
    opinion: '车库灯太暗',
    kind: 'complaint',
    contactName: '业主甲',
    contactPhone: '13800005678',
    place: { premisesId: premisesId('JX-3-2-502'), text: '车库' },
    category: 'facility/lighting',
  });
  const child = await stage.stateOf(raised.links[0]?.caseId ?? '');
  await stage.until('2026-03-20 13:00');
  const officer = (await stage.directory.at(stage.tenant, stage.now())).person(child.duties.caseOfficer?.id ?? '');
  if (!officer) throw new Error('Nobody follows the complaint up');
  await stage.take(
    { kind: 'staff', personId: officer.id, name: officer.name, posts: officer.posts },
    child,
    'contact',
    { how: 'phone', spokenWith: '业主甲', contentConfirmed: true, procedureExplained: true },
  );
}

const clock = (name: string) => figures.timeliness.find((one) => one.clock === name);

test('S1-27 · On the first of the month the summary of the month before is there by itself, waiting to be read', () => {
  expect(summary).toMatchObject({ channel: 'schedule', state: 'computed' });
  expect(figures.period).toEqual({ kind: 'month', from: '2026-03-01', to: '2026-03-31' });
  expect(figures.lines.join('\n')).toContain('2026-03-01 至 2026-03-31，投诉处理共 10 件');
});

test('S1-27 · Number: ten complaints were received in March; the one of February is not among them', () => {
  expect(told).toHaveLength(9);
  expect(figures.count).toBe(10);
});

test('S1-27 · Timeliness equals the calculation by hand, promise by promise', () => {
  // Contact: 2 3 4 6 8 10 12 14 hours in time and 30 late, one still has time: 8 of 9; the middle one of nine is 8.
  expect(clock('firstContact')).toMatchObject({
    kept: 8,
    late: 1,
    running: 1,
    overdue: 0,
    rate: 0.8889,
    medianHours: 8,
  });
  // Inspection: 20 24 30 36 40 44 46 in time, 60 late, the forum's forgotten one overdue, one still has time: 7 of 9.
  expect(clock('inspection')).toMatchObject({
    kept: 7,
    late: 1,
    running: 1,
    overdue: 1,
    rate: 0.7778,
    medianHours: 38,
  });
  // Outcome: 50 60 72 74 74 80 96 within three working days of completion, 168 after them: 7 of 8.
  expect(clock('resultNotice')).toMatchObject({
    kept: 7,
    late: 1,
    running: 0,
    overdue: 0,
    rate: 0.875,
    medianHours: 74,
  });
});

test('S1-27 · Satisfaction: four satisfied, two fairly, one not, of seven who answered', () => {
  expect(figures.satisfaction?.counts.map(({ key, count }) => [key, count])).toEqual([
    ['satisfied', 4],
    ['acceptable', 2],
    ['dissatisfied', 1],
  ]);
  expect(figures.satisfaction).toMatchObject({ answered: 7, rate: 0.5714 });
});

test('S1-06 · The number of cases closed without an outcome is always told, and it is none', () => {
  expect(figures.closedWithoutOutcome).toBe(0);
});

test('S1-09 · What was written down twenty minutes after the call counts as registered late', () => {
  expect(figures.lateRegistrations).toEqual({ count: 1, cases: [told[8]?.number] });
});

test('S1-28 · Greening comes up most and stands first, with what caused it', () => {
  expect(figures.byCategory.map(({ key, count, share, cumulative }) => [key, count, share, cumulative])).toEqual([
    ['environment/greening', 5, 0.5, 0.5],
    ['environment/cleaning', 2, 0.2, 0.7],
    ['facility/lighting', 2, 0.2, 0.9],
    ['facility/lift', 1, 0.1, 1],
  ]);
  expect(figures.byCategory[0]?.title.zh).toBe('环境卫生 / 绿化');
  expect(figures.byCategory[0]?.causes.map(({ key, count, share }) => [key, count, share])).toEqual([
    ['养护间隔过长', 3, 0.75],
    ['浇水不足', 1, 0.25],
  ]);
  expect(figures.byCause[0]).toMatchObject({ key: '养护间隔过长', count: 3 });
  expect(figures.byPlace[0]?.count).toBe(5);
});

test('S1-05 · A summary names buildings and common places, never a room', () => {
  expect(figures.byPlace.map(({ count }) => count)).toEqual([5, 3, 2]);
  expect(JSON.stringify(figures)).not.toMatch(/502|1102|业主\d|13800/);
});

test('S1-37 · What owners said at the forum is counted with the rest and can be told apart by where it came from', () => {
  expect(figures.byChannel.map(({ key, count }) => [key, count])).toEqual([
    ['phone', 7],
    ['counter', 1],
    ['doorCode', 1],
    ['forum', 1],
  ]);
  expect(figures.byChannel.find(({ key }) => key === 'forum')?.title.zh).toBe('座谈会');
});

test('S1-27 · The summary can be taken out as a table that a spreadsheet opens without running anything in it', () => {
  const evil = structuredClone(figures);
  if (evil.byCause[0]) evil.byCause[0].title.zh = '=HYPERLINK("http://x")';
  const csv = summaryCsv(evil);
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain('"\'=HYPERLINK(""http://x"")"');
  expect(csv).toContain('类别,环境卫生 / 绿化,5,50%,50%');
  expect(csv).toContain('满意度,满意,4');
});

test('S1-29 · From the summary an improvement is opened, with somebody responsible and a day', async () => {
  const quality = await stage.staff('fangjing');
  const after = await stage.take(quality, summary, 'openImprovement', {
    rootCause: '养护间隔过长',
    measure: '绿化养护加密',
    before: '每月 1 次',
    after: '每月 2 次',
    category: 'environment/greening',
    dueOn: '2026-04-10',
    responsible: demoPerson('sunguoqing'),
  });
  const improvement = await stage.stateOf(after.links.at(-1)?.caseId ?? '');
  expect(improvement).toMatchObject({
    procedure: 'improvement',
    state: 'underWay',
    values: { sourceCase: summary.number },
    duties: { assignee: { id: demoPerson('sunguoqing') } },
  });
});

test('S1-42 · After the change was made, complaints of the same kind before and after it are counted and compared', async () => {
  const list = await db.ownerPool.query<{ id: string }>(
    `select id from huiyin.case_file where procedure = 'improvement'`,
  );
  const id = list.rows[0]?.id ?? '';
  await stage.until('2026-04-01 09:00');
  await stage.take(await stage.staff('sunguoqing'), { id }, 'carryOut', {
    done: '已调整养护计划',
    changedFrom: '每月 1 次',
    changedTo: '每月 2 次',
  });
  await play(stage, [{ received: '2026-04-06 09:00', ...greening }], '2026-05-01 09:00');
  const quality = await stage.staff('fangjing');
  expect(await stage.refused(quality, { id }, 'conclude', { effective: true, opinion: '有效' })).toBe(
    'conclude.withoutComparison',
  );
  await stage.take(quality, { id }, 'compare', { days: 30 });
  expect(await stage.handling.drainJobs()).toBe(true);
  const found = (await stage.stateOf(id)).entries.recordComparison?.[0]?.values.figures;
  // Five in the thirty days before 1 April 09:00 (2 March 09:00 counts), one in the thirty days after.
  expect(found).toMatchObject({ before: 5, after: 1, elapsedDays: 30, change: -0.8, category: 'environment/greening' });
  expect(await stage.take(quality, { id }, 'conclude', { effective: true, opinion: '同类投诉下降八成' })).toMatchObject(
    {
      state: 'effective',
    },
  );
});
