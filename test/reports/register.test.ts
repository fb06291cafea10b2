import { beforeAll, expect, test } from 'vitest';
import { CHINA_OFFSET, civil, dayNumber, dayOf, localDate, startOfDay } from '#clock/civil.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { loadDirectory } from '#directory/directory.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { CaseRegister } from '#reports/case-register.ts';
import { accidentCar } from '../../packs/s4/golden.ts';
import { priceTold, tap } from '../../packs/s6/golden.ts';
import { playing } from '../http/procedure.ts';
import { type Client, site } from '../http/support.ts';

const at = site();
const { publish, holder, register, take } = playing(at);

/** What time it is in the company. */
let now: Instant;

/** The first moment of the month after the one in which a moment lies. */
function nextMonth(moment: Instant): Instant {
  const { year, month } = civil(dayOf(moment, CHINA_OFFSET));
  const first = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
  return startOfDay(first, CHINA_OFFSET);
}

/** Moves on to a moment; whatever follows from what fell due by then has happened. */
async function until(moment: Instant): Promise<void> {
  const { handling } = at().program;
  await handling.moveClock(moment);
  now = moment;
  await handling.drainJobs();
}

interface Said extends WireProblem {
  figures: { figures: CaseRegister };
}
async function drawn(who: Client, query: string): Promise<CaseRegister> {
  const said = await who.ask<Said>(`/api/v1/reports/caseRegister?${query}`);
  expect(said.status, said.text).toBe(200);
  return said.body.figures.figures;
}
const numbers = ({ rows }: CaseRegister): string[] => rows.map(({ number }) => number);
const cell = ({ columns, rows }: CaseRegister, number: string, column: string): string | undefined =>
  rows.find((row) => row.number === number)?.cells[columns.findIndex(({ zh }) => zh === column)];

/** The one open case of an internal procedure, as the calendar opened it. */
async function duty(who: Client, pack: string, procedure: string): Promise<CaseView> {
  const list = await who.ask<WorklistPage>(`/api/v1/worklist?view=all&pack=${pack}&procedure=${procedure}`);
  const id = list.body.items.at(-1)?.id ?? '';
  return (await who.ask<CaseView>(`/api/v1/cases/${id}`)).body;
}
const entries = (seen: CaseView, step: string) => seen.entries[step] ?? [];

beforeAll(async () => {
  await publish('s4', 's6', 's7');
  // Well inside a day, whatever the time is now.
  await until(startOfDay(dayOf(Date.now(), CHINA_OFFSET) + 1, CHINA_OFFSET) + 10 * HOUR);
}, 60_000);

test('S4-08 · the ledger has a line from the moment a complaint is taken down, follows it, and can be taken away', async () => {
  const manager = await holder('companyManager');
  const made = await register(manager, 'S4', 'complaint', accidentCar, 'employee');
  expect(made.status, made.text).toBe(201);
  const { number } = made.body;
  const before = await drawn(manager, 'pack=S4&register=tracking');
  expect(cell(before, number, '现在阶段')).toBe('已上报（临时号）');
  expect(cell(before, number, '受理编号')).toBe('');
  await take(manager, made.body, 'accept', { formalNumber: 'KS-2026-001' });
  const after = await drawn(manager, 'pack=S4&register=tracking');
  expect(cell(after, number, '受理编号')).toBe('KS-2026-001');
  expect(cell(after, number, '现在阶段')).toBe('已受理编号');
  const file = await fetch(`${at().url}/api/v1/reports/register.csv?pack=S4&register=tracking`, {
    headers: manager.headers,
  });
  expect(decodeURIComponent(file.headers.get('content-disposition') ?? '')).toContain('客户投诉案件登记追踪表-');
  const lines = (await file.text()).split('\r\n');
  expect(lines[0]).toContain('案号,受理编号,登记时间');
  expect(lines.find((line) => line.startsWith(number))).toContain('KS-2026-001');
  // Neither the customer nor his number stands in it, and who has no part in it reads nothing.
  expect(JSON.stringify(after)).not.toMatch(/客户甲|13800001234/);
  const gardener = await at().as('wujianping');
  expect((await gardener.ask<WireProblem>('/api/v1/reports/caseRegister?pack=S4&register=tracking')).status).toBe(403);
  const wrong = await manager.ask<WireProblem>('/api/v1/reports/caseRegister?pack=S4&register=trackin');
  expect([wrong.status, wrong.body.detail]).toEqual([422, expect.stringContaining('tracking、statistics')]);
});

/** Two repairs of one crew, under one of the procedures. */
interface Repairs {
  tapCase: CaseView;
  lamp: CaseView;
  crew: string;
  supervisor: Client;
}

async function repairsUnder(pack: string): Promise<Repairs> {
  const [clerk, supervisor, technician] = [
    await holder('receptionist'),
    await holder('repairSupervisor'),
    await holder('technician'),
  ];
  const units = await supervisor.ask<{ id: string; code: string }[]>('/api/v1/units');
  const own = (await loadDirectory(at().program.pool, DEMO_TENANT)).person(technician.personId)?.unitId;
  const report = async (content: string): Promise<CaseView> => {
    const made = await register(clerk, pack, 'repair', { ...tap, content });
    let seen = await take(clerk, made.body, 'judge', { part: 'private' });
    seen = await take(clerk, seen, 'inform', priceTold);
    return take(clerk, seen, 'dispatch', { grade: 'minor', technician: technician.personId });
  };
  return {
    tapCase: await report('厨房水龙头漏水'),
    lamp: await report('走廊灯不亮，打 13900005678'),
    crew: units.body.find(({ id }) => id === own)?.code ?? '',
    supervisor,
  };
}

test.each([
  ['S6-69', 'S6'],
  ['S7-67', 'S7'],
])(
  '%s · the daily log is made from the day’s orders by itself; unconfirmed at midnight it alarms',
  async (_rule, pack) => {
    const { tapCase, lamp, supervisor } = await repairsUnder(pack);
    const next = startOfDay(dayOf(now, CHINA_OFFSET) + 1, CHINA_OFFSET);
    await until(next + 8 * HOUR + MINUTE);
    const opened = await duty(supervisor, pack, 'dailyLog');
    const [first] = entries(opened, 'recordOrders');
    const written = JSON.stringify(first?.values.figures);
    for (const { number } of [tapCase, lamp]) expect(written).toContain(number);
    await until(next + DAY + MINUTE);
    const unconfirmed = (await supervisor.ask<CaseView>(`/api/v1/cases/${opened.id}`)).body;
    const log = (seen: CaseView) => seen.clocks.find(({ clock }) => clock === 'log');
    expect(log(unconfirmed)).toMatchObject({ status: 'running', breachedAt: expect.any(String) });
    const told = await supervisor.ask<{ items: { notice: string }[] }>(`/api/v1/cases/${opened.id}/notices`);
    expect(told.body.items.map(({ notice }) => notice)).toContain('clock.limit');
    const closed = await take(supervisor, unconfirmed, 'closeDay', { done: [tapCase.number] });
    await at().program.handling.drainJobs();
    expect(log(closed)?.status).toBe('late');
    const seen = (await supervisor.ask<CaseView>(`/api/v1/cases/${opened.id}`)).body;
    // Drawn up once more as it was confirmed: what the log says is what he confirmed.
    expect(entries(seen, 'recordOrders')).toHaveLength(2);
  },
);

test.each([
  ['S6-70', 'S6'],
  ['S7-68', 'S7'],
])(
  '%s · any month of any team is counted again from the orders themselves, each of them at hand',
  async (_rule, pack) => {
    const earlier = await drawn(await holder('repairSupervisor'), `pack=${pack}&register=repairs`);
    const { tapCase, lamp, crew, supervisor } = await repairsUnder(pack);
    const day = localDate(Date.parse(tapCase.receivedAt));
    const month = `from=${day.slice(0, 8)}01&to=${localDate(nextMonth(now) - DAY)}`;
    const of = (more: string) => drawn(supervisor, `pack=${pack}&register=repairs&${more}`);
    const own = await of(`${month}&unit=${crew}`);
    expect(numbers(own)).toEqual(expect.arrayContaining([tapCase.number, lamp.number]));
    expect(own.stillOpen).toBe(own.count);
    expect(cell(own, lamp.number, '报修项目')).toBe('走廊灯不亮，打 139****5678');
    expect((await of('')).count).toBe(earlier.count + 2);
    expect(await of(`${month}&unit=gardening`)).toMatchObject({ count: 0 });
    const other = localDate(nextMonth(now));
    expect(await of(`from=${other}&to=${other}`)).toMatchObject({ count: 0 });
    const line = own.rows.find(({ number }) => number === tapCase.number);
    const original = await supervisor.ask<CaseView>(`/api/v1/cases/${line?.caseId}`);
    expect(original.body).toMatchObject({ number: tapCase.number, pack });
  },
);

test('S4-24 · on the 1st the sheet of all cases that ended last month is drafted; not confirmed by the 10th, 24:00, it is late', async () => {
  const manager = await holder('companyManager');
  const [ended, open] = await Promise.all(
    [1, 2].map(() => register(manager, 'S4', 'complaint', accidentCar, 'employee')),
  );
  const { handling } = at().program;
  const owner = { kind: 'owner', personId: null, name: '客户甲', posts: [] } as const;
  const withdraw = { type: 'take', step: 'withdraw', values: { reason: '已与评估人谈妥' } } as const;
  const said = await handling.handle({
    tenant: DEMO_TENANT,
    caseId: ended?.body.id ?? '',
    actor: owner,
    command: withdraw,
  });
  expect(said.ok).toBe(true);
  const first = nextMonth(now);
  await until(first + 9 * HOUR);
  const draft = await duty(manager, 'S4', 'statistics');
  expect(draft.state).toBe('drafted');
  const [sheet] = entries(draft, 'recordCases');
  if (!sheet) throw new Error('No sheet was drawn up');
  const { rows, lines } = sheet.values.figures as unknown as CaseRegister;
  expect(rows.map(({ number }) => number)).toEqual([ended?.body.number]);
  expect(JSON.stringify(lines)).not.toContain(open?.body.number);
  const clock = async () => {
    const seen = (await manager.ask<CaseView>(`/api/v1/cases/${draft.id}`)).body;
    return seen.clocks.find((one) => one.clock === 'byTheTenth');
  };
  await until(first + 10 * DAY - MINUTE);
  expect(await clock()).toMatchObject({ status: 'running', breachedAt: null });
  await until(first + 10 * DAY + MINUTE);
  expect(await clock()).toMatchObject({ status: 'running', breachedAt: expect.any(String) });
});
