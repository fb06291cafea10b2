import { beforeAll, expect, test } from 'vitest';
import { localDate } from '#clock/civil.ts';
import { demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import type { CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { NoticeView } from '#http/contract/notice.ts';
import type { ShiftChangeView, ShiftListView } from '#http/contract/shift-list.ts';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { type Client, site } from './support.ts';

const at = site();
let clerk: Client;
let leaving: Client;
let coming: Client;
let head: Client;
let day = '';
const local = (time: string): number => Date.parse(`${day}T${time}:00+08:00`);
const moveTo = (time: string) => at().program.handling.moveClock(local(time));

const week = (from: number, to: number) =>
  Array.from({ length: 7 }, (_, i) => ({ weekday: i + 1, fromMinute: from, toMinute: to }));
async function works(key: string, from: number, to: number): Promise<void> {
  const boss = await at().as('xukai');
  const body = { type: 'setWeek', personId: demoPerson(key), shifts: week(from, to) };
  expect((await boss.ask('/api/v1/staffing', { method: 'POST', body })).status).toBe(200);
}
/** A complaint about the green belt that lies with the one who goes off duty. */
async function given(content: string): Promise<CaseView> {
  const made = await clerk.register({ category: 'environment/greening', content });
  const values = { unit: 'gardening', assignee: demoPerson('wujianping') };
  const said = await clerk.take(made.id, 'dispatch', values, made.seq);
  expect(said.status, said.text).toBe(200);
  return said.body;
}
const change = async (who: Client): Promise<ShiftChangeView> =>
  (await who.ask<ShiftChangeView>('/api/v1/shift-lists')).body;
const post = (who: Client, path: string, body: object) =>
  who.ask<ShiftListView & WireProblem>(`/api/v1/shift-lists${path}`, { method: 'POST', body });
const assignee = async (one: CaseView): Promise<string | undefined> =>
  (await clerk.ask<CaseView>(`/api/v1/cases/${one.id}`)).body.duties.assignee?.name;
const journal = async ({ id }: CaseView): Promise<string[]> =>
  (await clerk.ask<JournalEntryView[]>(`/api/v1/cases/${id}/journal`)).body.map((one) => one.sentence.zh);
const heard = async (who: Client, notice: string): Promise<string[]> =>
  (await who.ask<{ items: NoticeView[] }>('/api/v1/notices')).body.items
    .filter((one) => one.notice === notice)
    .map((one) => one.text.zh);

beforeAll(async () => {
  const now = Date.parse((await at().anybody.ask<{ now: string }>('/api/v1/sandbox/clock')).body.now);
  day = localDate(now + DAY);
  await moveTo('15:50');
  await works('wujianping', 8 * 60, 16 * 60);
  await works('zhengxiulian', 16 * 60, 24 * 60);
  await works('fengdahai', 16 * 60, 24 * 60);
  clerk = await at().as('chenlijuan');
  leaving = await at().as('wujianping');
  coming = await at().as('zhengxiulian');
  head = await at().as('sunguoqing');
});

test('at the end of a shift the program draws up what he holds, the clocks about to warn, the notes, and who comes on duty', async () => {
  expect((await post(leaving, '', { to: coming.personId })).body.code).toBe('shiftList.empty');
  const one = await given('绿化带枯死一片');
  await leaving.ask(`/api/v1/cases/${one.id}/commands`, {
    method: 'POST',
    body: { type: 'annotate', text: '已联系苗圃，13800001111 回电' },
  });
  const { shift, nexts, lines, rules } = await change(leaving);
  expect(shift).toMatchObject({ from: `${day}T08:00:00+08:00`, to: `${day}T16:00:00+08:00` });
  expect(nexts.map(({ person }) => person.name)).toEqual(expect.arrayContaining(['郑秀莲', '冯大海']));
  expect(nexts[0]).toMatchObject({ begins: `${day}T16:00:00+08:00`, samePost: true, sameUnit: true });
  expect(lines.map(({ number }) => number)).toEqual([one.number]);
  expect(lines[0]).toMatchObject({ duties: ['assignee'], waitsForHim: false });
  expect(lines[0]?.notes).toEqual([
    expect.objectContaining({ by: { zh: '吴建平', en: '吴建平' }, text: '已联系苗圃，138****1111 回电' }),
  ]);
  const running = one.clocks.filter(({ status }) => status === 'running');
  expect(lines[0]?.clocks.map(({ dueAt }) => dueAt).sort()).toEqual(running.map(({ dueAt }) => dueAt).sort());
  expect(lines[0]?.clocks.some(({ warnsAt }) => warnsAt !== null)).toBe(true);
  expect(rules).toMatchObject({ acceptMinutes: 30, listMinutes: 30, asked: false, maySet: false });
  expect(rules.delivered).toHaveLength(4);
  // The next one has nothing to hand over, and so no list.
  expect((await change(coming)).lines).toEqual([]);
});

test('he adds a remark and confirms; each matter stays his until the next one accepts it, line by line', async () => {
  const kept = await given('草坪喷头漏水');
  const { lines } = await change(leaving);
  const [handed] = lines.filter(({ caseId }) => caseId !== kept.id);
  const said = await post(leaving, '', {
    to: coming.personId,
    note: '钥匙在前台',
    lines: [
      { caseId: handed?.caseId, remark: '苗圃明早到货' },
      { caseId: kept.id, mode: 'keep', remark: '我明天继续，请留意积水' },
    ],
  });
  expect(said.status, said.text).toBe(201);
  expect(said.body).toMatchObject({ waiting: 1, acceptUntil: `${day}T16:30:00+08:00`, to: { name: '郑秀莲' } });
  expect(said.body.lines.map(({ fate }) => fate)).toEqual(['waiting', 'kept']);
  const one = { id: handed?.caseId ?? '' } as CaseView;
  expect(await assignee(one)).toBe('吴建平');
  expect((await journal(one)).at(-1)).toContain('请其在');
  expect((await journal(one)).join()).toContain('交接班：苗圃明早到货');
  expect(await heard(coming, 'shiftList')).toEqual([expect.stringContaining('吴建平 交来交接班清单，共 2 件')]);

  const stranger = await at().as('wangmengting');
  expect((await stranger.ask(`/api/v1/shift-lists/${said.body.id}`)).status).toBe(404);
  expect((await post(leaving, `/${said.body.id}/acceptance`, {})).status).toBe(403);
  expect((await change(head)).led.map(({ id }) => id)).toEqual([said.body.id]);

  const taken = await post(coming, `/${said.body.id}/acceptance`, { cases: [one.id] });
  expect(taken.body.lines.map(({ fate }) => fate)).toEqual(['accepted', 'kept']);
  expect(await assignee(one)).toBe('郑秀莲');
  expect(await assignee(kept)).toBe('吴建平');
  // What stays where it was she has seen once she accepts the list.
  expect(taken.body.lines[1]?.at).toBeNull();
  expect((await post(coming, `/${said.body.id}/acceptance`, {})).body.lines[1]?.at).not.toBeNull();
});

test('the button pressed twice at once, and again, makes one list, of which the next one hears once', async () => {
  const one = await given('路灯不亮');
  const before = (await heard(coming, 'shiftList')).length;
  const press = () => post(leaving, '', { to: coming.personId, lines: [{ caseId: one.id }] });
  const said = [...(await Promise.all([press(), press()])), await press()];
  expect(said.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(said.map(({ body }) => body.id)).size).toBe(1);
  expect((await heard(coming, 'shiftList')).length).toBe(before + 1);
  expect((await journal(one)).filter((entry) => entry.includes('请其在'))).toHaveLength(1);
  await post(coming, `/${said[0]?.body.id}/acceptance`, {});
  expect(await assignee(one)).toBe('郑秀莲');
});

test('an objection needs a reason, leaves the matter where it was, and reaches him and the lead of the crew', async () => {
  const one = await given('树枝压线');
  const said = await post(leaving, '', { to: coming.personId, lines: [{ caseId: one.id }] });
  const object = (reason: string) => post(coming, `/${said.body.id}/objection`, { caseId: one.id, reason });
  expect((await object(' ')).body).toMatchObject({ code: 'dispatch.withoutReason', field: 'reason' });
  const objected = await object('需登高证，我没有');
  expect(objected.body.lines[0]).toMatchObject({ fate: 'objected', reason: '需登高证，我没有' });
  expect(await assignee(one)).toBe('吴建平');
  for (const who of [leaving, head])
    expect((await heard(who, 'shiftObjection'))[0]).toContain(
      `对交接班的 ${one.number} 有异议，不接手：需登高证，我没有`,
    );
  expect((await object('再说一次')).body.code).toBe('shiftList.notWaiting');
});

test('a matter that ends before the next one has accepted it waits for nobody', async () => {
  const one = await given('花盆倒了');
  const said = await post(leaving, '', { to: coming.personId, lines: [{ caseId: one.id }] });
  expect(said.body.waiting).toBe(1);
  const withdrawn = await at().program.handling.handle({
    tenant: DEMO_TENANT,
    actor: { kind: 'owner', personId: null, name: '业主', posts: [] },
    caseId: one.id,
    command: { type: 'take', step: 'withdraw', values: { reason: '已自行扶起', sure: true } },
  });
  if (!withdrawn.ok) throw new Error(withdrawn.refusal.message.en);
  const archivist = await at().as('luwenbo');
  const ended = await archivist.take(one.id, 'archive', { conclusion: '业主撤回' }, withdrawn.value.seq);
  expect(ended.status, ended.text).toBe(200);
  const [list] = (await change(coming)).taken;
  expect(list?.lines.map(({ fate }) => fate)).toEqual(['ended']);
  expect((await journal(one)).join()).toContain('本件已办结，郑秀莲 不必再接手');
});

test('what nobody has accepted in time after the shift began is told to the lead of the crew, and may still be accepted', async () => {
  const boss = await at().as('xukai');
  const rules = (who: Client, acceptMinutes: number) =>
    who.ask<WireProblem & ShiftChangeView['rules']>('/api/v1/shift-rules', { method: 'PUT', body: { acceptMinutes } });
  expect((await rules(leaving, 45)).status).toBe(403);
  expect((await rules(boss, 45)).body).toEqual({
    acceptMinutes: 45,
    listMinutes: 30,
    warnMinutes: 30,
    climbMinutes: 60,
    delivered: ['listMinutes', 'warnMinutes', 'climbMinutes'],
    asked: true,
    maySet: true,
  });
  const ask = (asked: boolean) =>
    boss.ask<ShiftChangeView['rules']>('/api/v1/shift-rules', { method: 'PUT', body: { asked } });
  expect((await ask(false)).body).toMatchObject({ acceptMinutes: 45, asked: false });
  expect((await ask(true)).body).toMatchObject({ acceptMinutes: 45, asked: true });
  const [one, two, three] = [await given('花坛塌陷'), await given('绿篱遮挡路口'), await given('树坑积水')];
  const said = await post(leaving, '', {
    to: demoPerson('fengdahai'),
    lines: [{ caseId: one.id }, { caseId: two.id }, { caseId: three.id }],
  });
  expect(said.body.acceptUntil).toBe(`${day}T16:45:00+08:00`);
  const next = await at().as('fengdahai');
  // On the page of the case it is accepted just as well: the list tells what the journal tells.
  const seen = await next.ask<CaseView>(`/api/v1/cases/${two.id}`);
  await next.ask(`/api/v1/cases/${two.id}/commands`, {
    method: 'POST',
    headers: { 'if-match': `"${seen.body.seq}"` },
    body: { type: 'accept' },
  });
  await at().program.handling.moveClock(local('16:45') - MINUTE);
  expect(await heard(head, 'shiftLate')).toEqual([]);
  await at().program.handling.moveClock(local('16:45'));
  expect(await heard(head, 'shiftLate')).toEqual([
    expect.stringContaining(`吴建平 交给 冯大海 的交接班清单有 2 件无人接手：${one.number}、${three.number}。`),
  ]);
  expect((await journal(one)).join()).toContain('仍未由 冯大海 接手');
  const [list] = (await change(next)).taken;
  expect(list?.lines.map(({ fate, late }) => [fate, late])).toEqual([
    ['waiting', true],
    ['accepted', false],
    ['waiting', true],
  ]);
  // The next level hears when its time comes, also one that was put off meanwhile; he who was told is not told again.
  const climb = (climbMinutes: number) =>
    boss.ask<ShiftChangeView['rules']>('/api/v1/shift-rules', { method: 'PUT', body: { climbMinutes } });
  expect((await climb(75)).body).toMatchObject({ climbMinutes: 75, asked: true });
  const above = await at().as('heguodong');
  await at().program.handling.moveClock(local('17:59'));
  expect(await heard(above, 'shiftLate')).toEqual([]);
  await at().program.handling.moveClock(local('18:00'));
  await climb(60);
  expect(await heard(head, 'shiftLate')).toHaveLength(1);
  expect(await heard(above, 'shiftLate')).toEqual([expect.stringContaining('已告知上级，仍无人接手')]);
  const taken = await post(next, `/${list?.id}/acceptance`, {});
  expect(taken.body).toMatchObject({ waiting: 0 });
  expect(await assignee(one)).toBe('冯大海');
});

test('whoever goes off duty with open matters and without a list is reminded, then the one who leads him is told and sees it, then the next', async () => {
  const missing = async (): Promise<[string, string][]> =>
    (await change(head)).missing.map(({ person, endedAt }) => [person.name, endedAt]);
  expect(await missing()).toEqual([]);
  const held = (await change(leaving)).lines.length;
  expect(held).toBeGreaterThan(0);
  const next = localDate(local('16:00') + DAY);
  await at().program.handling.moveClock(local('16:00') + DAY - MINUTE);
  expect(await missing()).toEqual([]);
  await at().program.handling.moveClock(local('16:00') + DAY + MINUTE);
  expect(await missing()).toEqual([['吴建平', `${next}T16:00:00+08:00`]]);
  const [owed] = [(await change(leaving)).owed];
  expect(owed).toEqual({ dueAt: `${next}T16:30:00+08:00`, late: false });
  const asked = (who: Client) => heard(who, 'shiftListMissing');
  expect(await asked(leaving)).toEqual([
    expect.stringMatching(/^您 .* 16:00 下班，名下 \d+ 件还没有交班：请在 .* 16:30 前/),
  ]);
  expect(await asked(head)).toEqual([]);
  await at().program.handling.moveClock(local('16:30') + DAY);
  expect(await asked(head)).toEqual([expect.stringContaining('下班未交班：吴建平（')]);
  expect((await change(head)).missing[0]).toMatchObject({ late: true, told: [{ name: '孙国庆' }] });
  await at().program.handling.moveClock(local('17:40') + DAY);
  expect(await asked(head)).toHaveLength(1);
  expect(await asked(await at().as('heguodong'))).toEqual([expect.stringContaining('已告知其上级')]);
  expect((await post(leaving, '', { to: coming.personId })).status).toBe(201);
  expect(await missing()).toEqual([]);
  // However many lists of others came after his.
  await at().database.ownerPool.query(
    `with last as (
       select * from huiyin.shift_list where from_person = $1 order by confirmed_at desc limit 1
     ), more as (
       insert into huiyin.shift_list (tenant_id, list_id, from_person, to_person, next_begins_at, accept_until, note, confirmed_at)
       select tenant_id, gen_random_uuid(), to_person, from_person, next_begins_at, accept_until, '', confirmed_at + n * interval '1 s'
         from last, generate_series(1, 60) n returning tenant_id, list_id
     )
     insert into huiyin.shift_list_line (tenant_id, list_id, nth, case_id, mode, remark, seen)
     select m.tenant_id, m.list_id, 1, l.case_id, 'keep', '', l.seen
       from more m, last join huiyin.shift_list_line l on l.list_id = last.list_id and l.nth = 1`,
    [demoPerson('wujianping')],
  );
  expect(await missing()).toEqual([]);
});
