import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseState } from '#case/state.ts';
import { testDatabase } from '#db/testing.ts';
import { demoPerson } from '#directory/demo/company.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { type ClauseFigures, clauseFigures } from '#reports/clause-figures.ts';
import { periodOf } from '#reports/period.ts';
import { type PersonalBoard, personalBoard } from '#reports/personal-board.ts';
import { readReport } from '#reports/registry.ts';
import { openStage, play, type Stage } from '../support/stage.ts';

const db = testDatabase();
let stage: Stage;
let pack: CompiledPack;
let told: CaseState[];
let board: ClauseFigures;

const greening = { category: 'environment/greening', place: 'JX-GB1', unit: 'gardening', assignee: 'wujianping' };
const lift = { category: 'facility/lift', place: 'JX-3-2-502', unit: 'engineering', assignee: 'hanzhigang' };
const me = demoPerson('wujianping');

beforeAll(async () => {
  stage = await openStage(db, '2026-03-02 08:00');
  told = await play(
    stage,
    [
      {
        received: '2026-03-02 09:00',
        ...greening,
        contact: 2,
        inspect: 20,
        complete: 30,
        tell: 50,
        answer: 'satisfied',
      },
      {
        received: '2026-03-03 09:00',
        ...greening,
        contact: 4,
        inspect: 60,
        complete: 62,
        tell: 80,
        answer: 'dissatisfied',
      },
      { received: '2026-03-05 09:00', ...greening, contact: 2 },
      { received: '2026-03-05 10:00', ...lift, contact: 1, inspect: 10, complete: 20, tell: 30, answer: 'acceptable' },
    ],
    '2026-03-10 09:00',
  );
  const current = await stage.handling.packs.current(stage.tenant, 'S1');
  if (!current) throw new Error('S1 is not published');
  pack = current;
  board = await clauseFigures(source(), period());
}, 120_000);
afterAll(() => stage.close());

const source = () => ({ pool: db.appPool, tenant: stage.tenant, now: stage.now(), pack, reader: null });
const period = () => periodOf({ from: '2026-03-01', to: '2026-03-10' }, stage.now());
const clause = (clock: string) => board.clauses.find((one) => one.procedure === 'complaint' && one.clock === clock);
const read = async (key: string, report: string, params: { [name: string]: string } = {}) => {
  const reader = await stage.staff(key);
  const around = { pool: db.appPool, packs: stage.handling.packs, tenant: stage.tenant, now: stage.now(), reader };
  return readReport(around, report, params);
};
const code = async (...ask: Parameters<typeof read>): Promise<string> => {
  const said = await read(...ask);
  return said.ok ? 'shown' : said.refusal.code;
};

test('S1-16 · Beside the clause on inspections stand how often it was kept, and the case that breaks it now by its number', () => {
  expect(clause('inspection')).toMatchObject({
    clause: '三.3.1',
    kept: 2,
    late: 1,
    running: 0,
    overdue: 1,
    rate: 0.5,
    medianHours: 20,
    breachedNow: [{ number: told[2]?.number, caseId: told[2]?.id, responsible: '吴建平' }],
  });
  expect(clause('firstContact')).toMatchObject({ kept: 4, late: 0, rate: 1, breachedNow: [] });
});

test('S1-34 · Behind a clause one sees whose promises were kept and whose were not', () => {
  const people = new Map(clause('inspection')?.byPerson.map((one) => [one.name, one]));
  expect(people.get('吴建平')).toMatchObject({ kept: 1, late: 1, overdue: 1, rate: 0.3333 });
  expect(people.get('韩志刚')).toMatchObject({ kept: 1, late: 0, overdue: 0, rate: 1 });
});

test('S1-01 · Satisfaction is the headline: one of three who answered was satisfied', () => {
  const headline = board.metrics.filter((metric) => metric.headline);
  expect(headline).toMatchObject([{ metric: 'satisfaction', clause: '一', kind: 'rate', value: 0.3333, of: 3 }]);
  expect(board.metrics.find(({ metric }) => metric === 'inspectionInTime')).toMatchObject({
    value: 0.5,
    of: 4,
    target: 1,
  });
  expect(board.metrics.find(({ metric }) => metric === 'complaints')).toMatchObject({ kind: 'count', value: 4 });
});

test('S1-34 · A person’s board agrees with the list of his cases, one by one', async () => {
  const mine: PersonalBoard = await personalBoard(source(), me, period());
  const list = await stage.handling.worklist(stage.tenant, { assigneeId: me }, { limit: 200 });
  expect(mine.open).toBe(list.rows.length);
  expect(mine.open).toBe(3);
  expect(mine.overdue).toBe(list.rows.filter((row) => (row.nextDueAt ?? Infinity) < stage.now()).length);
  expect(mine.overdue).toBeGreaterThanOrEqual(2);
  expect(mine.cases.map((one) => [one.number, one.overdue])).toEqual(
    list.rows.map((row) => [row.number, (row.nextDueAt ?? Infinity) < stage.now()]),
  );
  const clocks = pack.procedures.complaint?.clocks ?? {};
  const promises = told
    .filter((state) => state.duties.assignee?.id === me)
    .flatMap((state) => state.clocks)
    .filter((run) => clocks[run.clock]?.responsible === 'assignee' && run.status !== 'cancelled');
  const of = (status: string): number => promises.filter((run) => run.status === status).length;
  const broken = promises.filter((run) => run.status === 'running' && run.breachedAt !== null).length;
  expect(mine.promises).toMatchObject({
    kept: of('kept'),
    late: of('late'),
    overdue: broken,
    running: of('running') - broken,
    rate: Math.round((of('kept') / (of('kept') + of('late') + broken)) * 10_000) / 10_000,
  });
  expect(mine.satisfaction).toMatchObject({ answered: 2, rate: 0.5 });
});

test('S1-34 · A board is open to its person, to those above him and to quality, and to no colleague', async () => {
  expect(await code('wujianping', 'personalBoard')).toBe('shown');
  for (const key of ['sunguoqing', 'heguodong', 'fangjing'])
    expect(await code(key, 'personalBoard', { person: me })).toBe('shown');
  for (const key of ['zhengxiulian', 'xukai', 'qianweimin'])
    expect(await code(key, 'personalBoard', { person: me })).toBe('report.notYours');
});

test('S1-05 · Who only carries out work sees the sums and his own part; who has no part sees nothing', async () => {
  const said = await read('wujianping', 'clauseFigures', {
    procedure: 'complaint',
    from: '2026-03-01',
    to: '2026-03-10',
  });
  if (!said.ok) throw new Error(said.refusal.code);
  const figures = said.value as unknown as ClauseFigures;
  const inspection = figures.clauses.find(({ clock }) => clock === 'inspection');
  expect(inspection).toMatchObject({ kept: 2, late: 1, byPerson: [{ name: '吴建平' }] });
  expect(await code('xukai', 'clauseFigures')).toBe('report.notYours');
  expect(await code('wujianping', 'clauseFigures', { procedure: 'discipline' })).toBe('report.notYours');
  expect(await code('wujianping', 'periodicSummary', { period: 'month' })).toBe('report.notYours');
  expect(await code('wujianping', 'archiveCheck', { scope: 'all' })).toBe('report.notYours');
});

test('What nobody can answer is refused in words: an unknown report, an unknown procedure, a date that does not exist', async () => {
  expect(await code('fangjing', 'horoscope')).toBe('report.unknown');
  expect(await code('fangjing', 'periodicSummary', { pack: 'S99' })).toBe('report.unknownPack');
  expect(await code('fangjing', 'periodicSummary', { from: '2026-02-30' })).toBe('report.badParameter');
  expect(await code('fangjing', 'periodicSummary', { wish: 'all' })).toBe('report.badParameter');
  expect(await code('fangjing', 'periodicSummary', { period: 'month', at: '2026-04-01' })).toBe('shown');
});
