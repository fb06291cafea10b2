import { beforeAll, expect, test } from 'vitest';
import { demoPerson } from '#directory/demo/company.ts';
import type { WireProblem } from '#http/contract/common.ts';
import { type StaffingBody, type StaffingView, staffingView } from '#http/contract/staffing.ts';
import { type Answer, type Client, site } from './support.ts';

const demo = site();
let boss: Client;
let head: Client;
let worker: Client;
let stranger: Client;
let today = '';
const [luo, han] = [demoPerson('luoyong'), demoPerson('hanzhigang')];

beforeAll(async () => {
  [boss, head, worker, stranger] = [
    await demo().as('xukai'),
    await demo().as('qianweimin'),
    await demo().as('luoyong'),
    await demo().as('wujianping'),
  ];
  today = (await read(boss)).days[0] ?? '';
});

type Said = Answer<StaffingView & Omit<WireProblem, 'status'>>;
const say = (who: Client, body: StaffingBody): Promise<Said> => who.ask('/api/v1/staffing', { method: 'POST', body });
const read = async (who: Client, query = ''): Promise<StaffingView> =>
  (await who.ask<StaffingView>(`/api/v1/staffing${query}`)).body;
const daysFrom = (n: number): string => new Date(Date.parse(today) + n * 86_400_000).toISOString().slice(0, 10);
const of = (view: StaffingView, id: string) => view.people.find((one) => one.id === id);

test('a head plans his own people by a pattern; somebody of another department may not, and is told who may', async () => {
  const parts = [
    { day: 0, fromMinute: 480, toMinute: 960, zh: '早班' },
    { day: 1, fromMinute: 960, toMinute: 1_440, zh: '中班' },
    { day: 2, fromMinute: 1_320, toMinute: 360, zh: '晚班' },
  ];
  expect((await say(head, { type: 'makePattern', zh: '早中晚', cycleDays: 3, parts })).status).toBe(403);
  const made = await say(boss, { type: 'makePattern', zh: '早中晚', cycleDays: 3, parts });
  expect(made.status, made.text).toBe(200);
  expect(staffingView.safeParse(made.body).error).toBeUndefined();
  const patternId = made.body.patterns[0]?.id ?? '';
  const wish: StaffingBody = { type: 'assignPattern', personId: luo, patternId, from: daysFrom(0) };
  const refused = await say(stranger, wish);
  expect(refused).toMatchObject({ status: 403, body: { code: 'role.notYours' } });
  const planned = await say(head, wish);
  expect(planned.status, planned.text).toBe(200);
  expect(
    of(planned.body, luo)
      ?.duties.slice(0, 4)
      .map((day) => day.map((one) => one.title.zh)),
  ).toEqual([['早班'], ['中班'], ['晚班'], ['早班']]);
  expect((await say(boss, { type: 'makePattern', zh: '早中晚', cycleDays: 3, parts })).body.code).toBe('staffing.zh');
  expect((await say(boss, { type: 'makePattern', zh: '错', cycleDays: 2, parts })).body.code).toBe('staffing.parts');
});

test('leave one asks for waits for the head; leave the head enters counts at once and takes the person off shift', async () => {
  const hours = (n: number) => `${daysFrom(n)}T08:00:00+08:00`;
  const asked = await say(worker, {
    type: 'askLeave',
    personId: luo,
    kind: 'annual',
    from: hours(1),
    to: hours(2),
    reason: '搬家',
  });
  const leave = asked.body.leave.find((one) => one.personId === luo);
  expect(leave).toMatchObject({ status: 'asked', mayDecide: false });
  const id = leave?.id ?? '';
  expect((await say(worker, { type: 'decideLeave', id, granted: true })).status).toBe(403);
  expect((await read(stranger)).leave.find((one) => one.id === id)).toMatchObject({ kind: 'other', reason: '' });
  const granted = await say(head, { type: 'decideLeave', id, granted: true });
  expect(granted.body.leave.find((one) => one.id === id)).toMatchObject({ status: 'granted', reason: '搬家' });
  const twice = await say(worker, { type: 'askLeave', personId: luo, kind: 'sick', from: hours(1), to: hours(2) });
  expect(twice.body).toMatchObject({ code: 'staffing.from' });
  const now = Date.now();
  const at = (ms: number): string => new Date(now + ms).toISOString();
  await say(head, { type: 'askLeave', personId: han, kind: 'sick', from: at(-3_600_000), to: at(3_600_000) });
  expect(of(await read(head), han)?.onShift).toBe(false);
  const crew = await head.ask<{ id: string; onShift: boolean }[]>('/api/v1/people?unit=engineering');
  expect(crew.body.find((one) => one.id === han)?.onShift).toBe(false);
});

test('a swap counts once the other has agreed', async () => {
  const on = daysFrom(3);
  const asked = await say(worker, { type: 'askSwap', giverId: luo, takerId: han, on });
  const swap = asked.body.swaps[0];
  expect(swap).toMatchObject({ status: 'asked', mayDecide: false });
  const of3 = (view: StaffingView, id: string) => of(view, id)?.duties[3] ?? [];
  expect(of3(asked.body, luo)).toHaveLength(1);
  const taker = await demo().as('hanzhigang');
  const agreed = await say(taker, { type: 'decideSwap', id: swap?.id ?? '', agreed: true });
  expect(of3(agreed.body, luo)).toEqual([]);
  expect(
    of3(agreed.body, han)
      .filter((one) => one.swapped)
      .map((one) => one.title.zh),
  ).toEqual(['早班']);
});

test('a certificate needs its number; sixty days before its end it is listed, after it the person counts without', async () => {
  await say(boss, { type: 'nameSkill', code: 'electrician', kind: 'qualification', zh: '低压电工作业证' });
  const bare = await say(head, { type: 'grantSkill', personId: luo, skill: 'electrician', expiresOn: daysFrom(20) });
  expect(bare.body).toMatchObject({ code: 'staffing.certificateNumber' });
  const held = await say(head, {
    type: 'grantSkill',
    personId: luo,
    skill: 'electrician',
    certificateNumber: 'T320102',
    from: daysFrom(-900),
    expiresOn: daysFrom(20),
  });
  expect(held.body.expiring).toEqual([
    { personId: luo, skill: 'electrician', expiresOn: daysFrom(20), daysLeft: 20, step: 30 },
  ]);
  const other = await read(stranger);
  expect(other.expiring).toEqual([]);
  expect(of(other, luo)?.skills[0]).toMatchObject({ certificateNumber: '', valid: true });
  await say(head, {
    type: 'grantSkill',
    personId: luo,
    skill: 'electrician',
    certificateNumber: 'T320102',
    from: daysFrom(-900),
    expiresOn: daysFrom(-1),
  });
  expect(of(await read(head), luo)?.skills[0]).toMatchObject({ certificateNumber: 'T320102', valid: false });
});

test('limits, territories and substitutes are kept with their dates; an id that names nothing is refused, not failed', async () => {
  const limit = (upToFen: number) =>
    say(boss, { type: 'setLimit', post: 'departmentHead', decision: 'expense', upToFen });
  await limit(100_000);
  expect((await limit(200_000)).body.limits).toMatchObject([{ post: 'departmentHead', upToFen: 200_000 }]);
  const [estate] = (await boss.ask<{ id: string }[]>('/api/v1/premises')).body;
  const named = await say(boss, {
    type: 'nameTerritory',
    zh: '锦绣片区',
    places: [estate?.id ?? ''],
    crews: ['engineering'],
  });
  expect(named.body.territories).toMatchObject([{ title: { zh: '锦绣片区' }, crews: ['engineering'] }]);
  const stands = await say(head, {
    type: 'substitute',
    personId: head.personId,
    substituteId: luo,
    from: daysFrom(0),
    to: daysFrom(5),
    reason: '出差',
  });
  expect(stands.body.substitutions).toMatchObject([{ substituteId: luo, posts: null, reason: '出差' }]);
  const nobody = '00000000-0000-4000-8000-000000000000';
  const lost: StaffingBody[] = [
    { type: 'nameTerritory', zh: '无', places: [nobody], crews: [] },
    { type: 'assignPattern', personId: luo, patternId: nobody, from: daysFrom(0) },
    { type: 'withdrawSkill', id: nobody },
    { type: 'endSubstitution', id: nobody },
  ];
  for (const body of lost)
    expect((await say(boss, body)).status, body.type).toSatisfy((status) => status === 404 || status === 403);
});
