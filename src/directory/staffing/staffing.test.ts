import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { candidates } from '../candidates.ts';
import { createDemoCompany, demoPerson } from '../demo/company.ts';
import { demoId } from '../demo/ids.ts';
import { premisesId } from '../demo/premises.ts';
import { type DirectoryTable, insertRows } from '../rows.ts';
import { loadSnapshot, type Snapshot } from '../snapshot.ts';
import { authorityOf, standsInFor, substitutesOf } from './powers.ts';
import { absenceAt, nextDuty, onShift, rosterOn } from './roster.ts';
import { expiring, hasSkills, skillsOf } from './skills.ts';
import { crewsFor } from './territory.ts';

const db = testDatabase();
const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const monday = at('2026-03-02T10:00');
const [luo, han, xie] = [demoPerson('luoyong'), demoPerson('hanzhigang'), demoPerson('xiejun')];
const threeShifts = randomUUID();
const sixDays = randomUUID();
const stamp = '2026-02-20T09:00:00+08:00';
let snapshot: Snapshot;

const put = (table: DirectoryTable, ...rows: Parameters<typeof insertRows>[3]): Promise<void> =>
  withTenant(db.appPool, 'demo', (client) => insertRows(client, table, 'demo', rows));
const clock = (moment: number | undefined | null): string | null =>
  moment == null ? null : new Date(moment + 8 * 3_600_000).toISOString().slice(0, 16);

beforeAll(async () => {
  await createDemoCompany(db.appPool, async () => undefined, monday);
  await put('skill', { code: 'waterproofing', kind: 'skill', name_zh: '防水维修' });
  await put('skill', { code: 'electrician', kind: 'qualification', name_zh: '低压电工作业证' });
  const held = (person: string, skill: string, expires: string | null, from = '2023-01-01') =>
    put('person_skill', {
      person_skill_id: randomUUID(),
      person_id: person,
      skill,
      certificate_number: 'T3201',
      from_date: from,
      expires_on: expires,
    });
  await held(luo, 'electrician', '2026-03-31');
  await held(luo, 'waterproofing', null);
  await held(han, 'electrician', '2026-03-01');
  await held(xie, 'electrician', '2026-03-10');
  await held(xie, 'electrician', '2029-03-10', '2026-03-11');
  await put('shift_pattern', { pattern_id: threeShifts, name_zh: '早中晚', cycle_days: 3 });
  const part = (pattern_id: string, day: number, from: number, to: number, name_zh: string) =>
    put('shift_pattern_part', { pattern_id, day, from_minute: from * 60, to_minute: to * 60, name_zh });
  await part(threeShifts, 0, 8, 16, '早班');
  await part(threeShifts, 1, 16, 24, '中班');
  await part(threeShifts, 2, 22, 6, '晚班');
  await put('shift_pattern', { pattern_id: sixDays, name_zh: '做六休一', cycle_days: 7 });
  for (const day of [0, 1, 2, 3, 4, 5]) await part(sixDays, day, 8, 17, '白班');
  const assign = (person: string, pattern: string, anchor: string, from: string, to: string | null = null) =>
    put('shift_assignment', {
      assignment_id: randomUUID(),
      person_id: person,
      pattern_id: pattern,
      from_date: from,
      to_date: to,
      anchor_date: anchor,
    });
  await assign(luo, threeShifts, '2026-03-02', '2026-03-01', '2026-03-20');
  await assign(han, sixDays, '2026-03-02', '2026-03-02');
  snapshot = await loadSnapshot(db.appPool, 'demo');
});

test('a certificate counts up to its last day and is gone the next; whoever renewed in time is not reminded', () => {
  const { staffing } = snapshot;
  expect([...skillsOf(staffing, luo, '2026-03-31')]).toEqual([
    ['electrician', '2026-03-31'],
    ['waterproofing', null],
  ]);
  expect(hasSkills(staffing, luo, ['electrician'], '2026-04-01')).toBe(false);
  expect(hasSkills(staffing, luo, ['waterproofing'], '2026-04-01')).toBe(true);
  expect(hasSkills(staffing, xie, ['electrician'], '2026-03-15')).toBe(true);
  expect(hasSkills(staffing, han, [], '2026-03-15')).toBe(true);
  expect(expiring(staffing, '2026-03-02').map(({ held, daysLeft }) => [held.personId, daysLeft])).toEqual([
    [han, -1],
    [luo, 29],
  ]);
});

test('早中晚 goes round by three days, the late shift runs past midnight; outside its dates the weekly hours count again', () => {
  expect(rosterOn(snapshot, luo, '2026-03-02').map((d) => [clock(d.from), clock(d.to), d.name])).toEqual([
    ['2026-03-02T08:00', '2026-03-02T16:00', '早班'],
  ]);
  expect(onShift(snapshot, luo, at('2026-03-05T05:59'))?.name).toBe('晚班');
  expect(onShift(snapshot, luo, at('2026-03-05T06:00'))).toBeNull();
  expect(clock(nextDuty(snapshot, luo, at('2026-03-05T06:00')))).toBe('2026-03-05T08:00');
  expect(rosterOn(snapshot, luo, '2026-03-01').map((d) => d.name)).toEqual(['晚班']);
  expect(clock(rosterOn(snapshot, luo, '2026-03-21')[0]?.from)).toBe('2026-03-21T07:30');
  expect(rosterOn(snapshot, han, '2026-03-08')).toEqual([]);
  expect(rosterOn(snapshot, han, '2026-03-09')).toHaveLength(1);
});

test('leave by the hour interrupts a shift, a swap passes it on, and the list of candidates says so', async () => {
  await put('absence', {
    absence_id: randomUUID(),
    person_id: han,
    kind: 'annual',
    from_at: '2026-03-02T09:00:00+08:00',
    to_at: '2026-03-02T12:00:00+08:00',
    status: 'granted',
    asked_by: han,
    asked_at: stamp,
    decided_by: luo,
    decided_at: stamp,
  });
  await put('shift_swap', {
    swap_id: randomUUID(),
    giver_id: luo,
    taker_id: han,
    on_date: '2026-03-04',
    in_return_on: '2026-03-05',
    status: 'agreed',
    asked_by: luo,
    asked_at: stamp,
    decided_by: han,
    decided_at: stamp,
  });
  const now = await loadSnapshot(db.appPool, 'demo');
  expect(onShift(now, han, at('2026-03-02T08:59'))?.name).toBe('白班');
  expect(onShift(now, han, monday)).toBeNull();
  expect(clock(absenceAt(now.staffing, han, monday)?.to)).toBe('2026-03-02T12:00');
  expect(clock(nextDuty(now, han, monday))).toBe('2026-03-02T12:00');
  expect(rosterOn(now, luo, '2026-03-04')).toEqual([]);
  expect(rosterOn(now, han, '2026-03-04').map((d) => [d.name, d.swappedFrom])).toEqual([
    ['白班', null],
    ['晚班', luo],
  ]);
  expect(rosterOn(now, luo, '2026-03-05').map((d) => d.name)).toEqual(['早班', '白班']);
  const crew = candidates(now, 'engineering', { now: monday });
  expect(crew.find((one) => one.personId === han)).toMatchObject({
    onShift: false,
    reason: { zh: '休假至 03-02 12:00，在办 0 件' },
  });
});

test('a substitute counts on his dates only, and a limit of a person goes before that of his post', async () => {
  const head = demoPerson('qianweimin');
  await put('substitution', {
    substitution_id: randomUUID(),
    person_id: head,
    substitute_id: luo,
    posts: null,
    from_date: '2026-03-02',
    to_date: '2026-03-06',
    made_by: head,
    made_at: stamp,
  });
  const limit = (post: string | null, person: string | null, fen: number | null) =>
    put('authority_limit', {
      limit_id: randomUUID(),
      post,
      person_id: person,
      decision: 'expense',
      up_to_fen: fen,
      from_date: '2026-01-01',
    });
  await limit('departmentHead', null, 200_000);
  await limit('generalManager', null, null);
  await limit(null, head, 50_000);
  const { staffing } = await loadSnapshot(db.appPool, 'demo');
  expect(standsInFor(staffing, luo, '2026-03-06').map((one) => one.personId)).toEqual([head]);
  expect(standsInFor(staffing, luo, '2026-03-07')).toEqual([]);
  expect(substitutesOf(staffing, head, '2026-03-02').map((one) => one.substituteId)).toEqual([luo]);
  const may = (id: string, posts: string[], kind = 'expense') =>
    authorityOf(staffing, { id, posts }, kind, '2026-03-02');
  expect(may(head, ['departmentHead'])).toEqual({ upToFen: 50_000 });
  expect(may(luo, ['departmentHead', 'handler'])).toEqual({ upToFen: 200_000 });
  expect(may(luo, ['departmentHead', 'generalManager'])).toEqual({ upToFen: null });
  expect(may(luo, ['handler'])).toBeUndefined();
  expect(may(head, ['departmentHead'], 'waiver')).toBeUndefined();
});

test('a crew is found from any room below its territory, the narrowest territory first; another company sees none of it', async () => {
  const [estate, building] = [randomUUID(), randomUUID()];
  await put('territory', { territory_id: estate, name_zh: '锦绣全区' }, { territory_id: building, name_zh: '3栋片区' });
  await put(
    'territory_place',
    { territory_id: estate, premises_id: premisesId('JX') },
    { territory_id: building, premises_id: premisesId('JX-3') },
  );
  const crew = (territory_id: string, unit: string) =>
    put('territory_crew', { territory_id, unit_id: demoId('unit', unit), from_date: '2026-01-01' });
  await crew(estate, 'engineering');
  await crew(building, 'engineeringNight');
  const codes = async (room: string) =>
    (await crewsFor(db.appPool, 'demo', premisesId(room), monday)).map((one) => one.unitCode);
  expect(await codes('JX-3-2-502')).toEqual(['engineeringNight', 'engineering']);
  expect(await codes('JX-4-2-502')).toEqual(['engineering']);
  expect(await codes('YX-1-1-101')).toEqual([]);
  expect(await crewsFor(db.appPool, 'other', premisesId('JX-3'), monday)).toEqual([]);
});
