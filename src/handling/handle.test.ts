import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { HOUR } from '#kernel/instant.ts';
import { type Handler, openHandler } from './handle.ts';
import { openPacks } from './packs.ts';
import { foundTestCompany, type TestCompany, testTime } from './testing.ts';

const db = testDatabase();
const START = Date.parse('2026-11-22T10:00:00+08:00');
const time = testTime(START);
let company: TestCompany;
let handler: Handler;
let other: Handler;
let directory: DirectoryCache;

beforeAll(async () => {
  company = await foundTestCompany(db.appPool, START);
  directory = await openDirectoryCache(db.appPool);
  const deps = {
    pool: db.appPool,
    time,
    packs: openPacks(db.appPool),
    directory,
    calendars: company.calendars,
    mail: false,
  };
  handler = openHandler(deps);
  other = openHandler({ ...deps, packs: openPacks(db.appPool) });
});
afterAll(() => directory.close());

const call = (content: string, key?: string) => ({
  tenant: company.tenant,
  actor: company.clerk,
  pack: 'T',
  idempotencyKey: key,
  command: {
    type: 'register' as const,
    matter: 'complaint',
    channel: 'phone',
    values: { content, name: '𠮷先生', phone: '13800000000' },
  },
});
const register = async (content: string, key?: string) => {
  const said = await handler.handle(call(content, key));
  if (!said.ok) throw new Error(JSON.stringify(said.refusal));
  return said.value;
};
const take = (caseId: string, step: string, values = {}) => ({
  tenant: company.tenant,
  actor: company.manager,
  caseId,
  command: { type: 'take' as const, step, values },
});
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await db.ownerPool.query<T>(text, values)).rows;

test('a call is registered with a number of the day, its journal, its clocks and its notices', async () => {
  const made = await register('三号楼夜里施工噪音');
  expect(made.number).toBe('TS261122-0001');
  expect(made.events[0]?.type).toBe('caseRegistered');
  const [row] = await sql<{ seq: number; open: boolean; summary: string }>(
    'select seq, open, summary from huiyin.case_file where id = $1',
    [made.caseId],
  );
  expect(row).toEqual({ seq: made.seq, open: true, summary: '三号楼夜里施工噪音' });
  const entries = await sql<{ n: number }>('select count(*)::int as n from huiyin.journal where case_id = $1', [
    made.caseId,
  ]);
  expect(entries[0]?.n).toBe(made.seq);
  const timers = await sql<{ due_at: number }>('select due_at from huiyin.timer where case_id = $1', [made.caseId]);
  expect(timers).toEqual([{ due_at: START + HOUR }]);
  const notices = await sql<{ role: string; delivery: string; text_zh: string }>(
    'select role, delivery, text_zh from huiyin.notice where case_id = $1 order by seq',
    [made.caseId],
  );
  expect(notices).toEqual([
    { role: 'manager', delivery: 'page', text_zh: 'TS261122-0001 已登记' },
    { role: 'owner', delivery: 'page', text_zh: 'TS261122-0001 已登记' },
  ]);
});

test('the same request twice gives the first answer and one case, even at the same moment', async () => {
  const before = await sql<{ n: number }>('select count(*)::int as n from huiyin.case_file');
  const answers = await Promise.all([
    handler.handle(call('漏水', 'k1')),
    other.handle(call('漏水', 'k1')),
    handler.handle(call('漏水', 'k1')),
  ]);
  const ids = answers.map((a) => (a.ok ? a.value.caseId : a.refusal.code));
  expect(new Set(ids).size).toBe(1);
  expect(answers.filter((a) => a.ok && a.value.repeated)).toHaveLength(2);
  const after = await sql<{ n: number }>('select count(*)::int as n from huiyin.case_file');
  expect((after[0]?.n ?? 0) - (before[0]?.n ?? 0)).toBe(1);
  const [first, second] = answers;
  expect(second?.ok && second.value.state).toEqual(first?.ok && first.value.state);
});

test('a key that was used for something else is refused', async () => {
  await register('电梯坏了', 'k2');
  const said = await handler.handle(call('路灯坏了', 'k2'));
  expect(!said.ok && said.refusal.code).toBe('idempotency.keyReused');
});

test('a command repeated after the case has moved on still gives its first answer', async () => {
  const made = await register('噪音');
  const contact = { ...take(made.caseId, 'contact', { words: '已电话联系' }), idempotencyKey: 'k3' };
  const first = await handler.handle(contact);
  await handler.handle(take(made.caseId, 'close', { outcome: '已停工' }));
  const again = await handler.handle(contact);
  expect(first.ok && again.ok && again.value.seq === first.value.seq && again.value.repeated).toBe(true);
  expect(again.ok && again.value.state).toEqual(first.ok && first.value.state);
});

test('two clerks on one case: the second is told who was faster and when', async () => {
  const made = await register('噪音');
  const fast = await handler.handle({ ...take(made.caseId, 'contact', { words: '甲' }), ifMatch: made.seq });
  const slow = await handler.handle({ ...take(made.caseId, 'contact', { words: '乙' }), ifMatch: made.seq });
  expect(fast.ok).toBe(true);
  expect(!slow.ok && slow.refusal.code).toBe('case.changedMeanwhile');
  expect(!slow.ok && slow.refusal.message.zh).toContain('李经理');
  expect(!slow.ok && slow.refusal.message.zh).toContain('2026-11-22 10:00:00');
});

test('twenty commands on one case from two servers at once are all written, one after the other', async () => {
  const made = await register('噪音');
  const said = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? handler : other).handle(take(made.caseId, 'contact', { words: `第${i}次` })),
    ),
  );
  expect(said.every((s) => s.ok)).toBe(true);
  const seqs = await sql<{ seq: number }>('select seq from huiyin.journal where case_id = $1 order by seq', [
    made.caseId,
  ]);
  expect(seqs.map((s) => s.seq)).toEqual(seqs.map((_, i) => i + 1));
  const words = await sql<{ n: number }>(
    `select count(*)::int as n from huiyin.journal where case_id = $1 and type = 'stepTaken'`,
    [made.caseId],
  );
  expect(words[0]?.n).toBe(20);
});

test('a hundred calls at once get a hundred different numbers without a gap', async () => {
  const said = await Promise.all(Array.from({ length: 100 }, (_, i) => register(`第${i}个电话`)));
  const numbers = said.map((s) => Number(s.number.slice(-4))).sort((a, b) => a - b);
  expect(numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? 0) + 1)).toBe(true);
});

test('a refused call uses up no number', async () => {
  const before = await register('一');
  const refused = await handler.handle(call(''));
  expect(refused.ok).toBe(false);
  const after = await register('二');
  expect(Number(after.number.slice(-4))).toBe(Number(before.number.slice(-4)) + 1);
});

test('one request that breaks in the database does not harm those that came with it', async () => {
  const first = await register('占用编号');
  const clash = { ...call('重复编号'), caseId: first.caseId };
  const said = await Promise.allSettled([
    handler.handle(call('好的一')),
    handler.handle(clash),
    handler.handle(call('好的二')),
  ]);
  expect(said.map((s) => s.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a case that leads to another opens it in the same moment, linked both ways', async () => {
  const made = await register('树要倒了');
  const said = await handler.handle(take(made.caseId, 'inspect'));
  if (!said.ok) throw new Error(said.refusal.code);
  const childId = said.value.state.links[0]?.caseId;
  const [child] = await sql<{
    number: string;
    state: { links: { caseId: string; reference: string }[]; values: object };
  }>('select number, state from huiyin.case_file where id = $1', [childId]);
  expect(child?.number).toMatch(/^JC261122-\d{4}$/);
  expect(child?.state.links[0]).toMatchObject({ caseId: made.caseId, reference: made.number });
  expect(child?.state.values).toEqual({ content: '树要倒了' });
});

test('another company sees nothing of it and cannot touch it', async () => {
  const made = await register('噪音');
  const stranger = await foundTestCompany(db.appPool, START, 'other');
  const said = await handler.handle({
    ...take(made.caseId, 'contact', { words: '偷看' }),
    tenant: stranger.tenant,
    actor: stranger.manager,
  });
  expect(!said.ok && said.refusal.code).toBe('case.unknown');
});

test('the running server can neither change nor remove a line of the journal, and the owner of the schema cannot either', async () => {
  await expect(db.appPool.query(`update huiyin.journal set type = 'x'`)).rejects.toThrow(/permission denied/);
  await expect(db.appPool.query('delete from huiyin.journal')).rejects.toThrow(/permission denied/);
  await expect(db.ownerPool.query(`update huiyin.journal set type = 'x'`)).rejects.toThrow(/journal is final/);
  await expect(db.ownerPool.query('delete from huiyin.journal')).rejects.toThrow(/journal is final/);
  await expect(db.ownerPool.query('truncate huiyin.journal')).rejects.toThrow(/journal is final/);
});
