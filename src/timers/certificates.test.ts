import { beforeAll, expect, test } from 'vitest';
import { transaction, withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { createDemoCompany, demoPerson } from '#directory/demo/company.ts';
import { loadSnapshot } from '#directory/snapshot.ts';
import { obey, type StaffingOrder } from '#directory/staffing/orders.ts';
import { hasSkills } from '#directory/staffing/skills.ts';
import { noticesOf } from '#handling/notices.ts';
import { openPacks } from '#handling/packs.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { type Fired, fireBatch } from './fire.ts';

const db = testDatabase();
const tenant = 'demo';
const at = (local: string): number => Date.parse(`${local}+08:00`);
const begun = at('2026-03-02T10:00');
const [luo, han, head, keeper] = ['luoyong', 'hanzhigang', 'qianweimin', 'xukai'].map(demoPerson) as [
  string,
  string,
  string,
  string,
];

beforeAll(async () => {
  await prepareJobs(db.owner);
  await createDemoCompany(db.appPool, async () => undefined, begun);
  await say({ type: 'nameSkill', code: 'electrician', kind: 'qualification', zh: '低压电工作业证' });
});

async function say(order: StaffingOrder, now = begun): Promise<void> {
  const said = await withTenant(db.appPool, tenant, (client) =>
    obey(client, { tenant, now, by: keeper, manages: true }, order),
  );
  if (!said.ok) throw new Error(said.refusal.code);
}
const grant = (personId: string, expiresOn: string, now = begun, from = '2023-04-01'): Promise<void> =>
  say({ type: 'grantSkill', personId, skill: 'electrician', certificateNumber: 'T32', from, expiresOn }, now);

/** Everything due up to a moment, fired as by a program that was started just now. */
const fire = (now: number): Promise<Fired> => {
  const surroundings = (): never => {
    throw new Error('a certificate follows no procedure');
  };
  const deps = { packs: openPacks(db.appPool), handler: { surroundings }, calendars: new Map() };
  return transaction(db.appPool, (client) => fireBatch(client, deps, now, 100));
};
const heard = async (who: string): Promise<string[]> =>
  (await noticesOf(db.appPool, tenant, who)).map(({ text }) => text.zh.split('。')[0] ?? '').reverse();

test('holder and superior hear of a certificate 30 days before, 7 days before and on its last day, each once, whatever is restarted', async () => {
  await grant(luo, '2026-04-30');
  expect((await fire(at('2026-03-31T08:59'))).claimed).toBe(0);
  const [first, second] = await Promise.all([fire(at('2026-03-31T09:00')), fire(at('2026-03-31T09:00'))]);
  expect([first.claimed + second.claimed, first.jobs + second.jobs]).toEqual([1, 2]);
  expect((await fire(at('2026-03-31T23:00'))).claimed).toBe(0);
  expect(await heard(luo)).toEqual(['您的“低压电工作业证”将于 2026-04-30 到期，还剩 30 天']);
  // A program that ends in the middle of it has told nobody; the next one tells once.
  const aborted = transaction(db.appPool, async (client) => {
    const deps = {
      packs: openPacks(db.appPool),
      handler: { surroundings: () => Promise.reject() },
      calendars: new Map(),
    };
    await fireBatch(client, deps, at('2026-04-23T09:00'), 100);
    throw new Error('the power went');
  });
  await expect(aborted).rejects.toThrow('the power went');
  expect(await heard(luo)).toHaveLength(1);
  await fire(at('2026-04-23T11:00'));
  await fire(at('2026-04-30T09:00'));
  expect((await fire(at('2026-12-31T09:00'))).claimed).toBe(0);
  expect((await heard(luo)).slice(1)).toEqual([
    '您的“低压电工作业证”将于 2026-04-30 到期，还剩 7 天',
    '您的“低压电工作业证”今天（2026-04-30）到期，明天起不再有效',
  ]);
  expect(await heard(head)).toEqual([
    '罗勇的“低压电工作业证”将于 2026-04-30 到期，还剩 30 天',
    '罗勇的“低压电工作业证”将于 2026-04-30 到期，还剩 7 天',
    '罗勇的“低压电工作业证”今天（2026-04-30）到期，明天起不再有效',
  ]);
  const { staffing } = await loadSnapshot(db.appPool, tenant);
  expect(['2026-04-30', '2026-05-01'].map((day) => hasSkills(staffing, luo, ['electrician'], day))).toEqual([
    true,
    false,
  ]);
});

test('entered with few days left it is told of at once; renewed in time it is told of no more; what was missed is made up for once', async () => {
  await grant(han, '2026-03-22');
  const ear = await db.appPool.connect();
  const bells: string[] = [];
  ear.on('notification', ({ payload = '' }) => bells.push(payload));
  await ear.query('listen huiyin_house');
  await fire(begun);
  // His bell hears of it at once.
  await expect.poll(() => bells.some((one) => one.includes(han))).toBe(true);
  ear.release(true);
  expect(await heard(han)).toEqual(['您的“低压电工作业证”将于 2026-03-22 到期，还剩 20 天']);
  await grant(han, '2029-03-22', at('2026-03-10T10:00'), '2026-03-10');
  await fire(at('2026-03-22T12:00'));
  expect(await heard(han)).toHaveLength(1);
  const renewed = (await loadSnapshot(db.appPool, tenant)).staffing.held.find((one) => one.expiresOn === '2029-03-22');
  await say({ type: 'withdrawSkill', id: renewed?.id ?? '' }, at('2026-03-11T10:00'));
  // The program was off from the 11th to the 25th: two warnings passed, one is told, and that it has ended.
  await fire(at('2026-03-25T08:00'));
  expect((await heard(han)).slice(1)).toEqual(['您的“低压电工作业证”已于 2026-03-22 到期，不再有效']);
});

test('a company’s own days count from then on for every certificate; whoever has nobody above him is watched by those who keep the organisation', async () => {
  const chief = demoPerson('heguodong');
  const may = at('2026-05-04T10:00');
  await say({ type: 'warnOfExpiry', daysBefore: [14], atMinute: 480 }, may);
  await grant(chief, '2026-06-30', may);
  const before = (await heard(keeper)).length;
  expect((await fire(at('2026-06-16T07:59'))).jobs).toBe(0);
  await fire(at('2026-06-16T08:00'));
  expect(await heard(chief)).toEqual(['您的“低压电工作业证”将于 2026-06-30 到期，还剩 14 天']);
  expect((await heard(keeper)).slice(before)).toEqual([
    expect.stringContaining('的“低压电工作业证”将于 2026-06-30 到期，还剩 14 天'),
  ]);
  expect((await fire(at('2026-06-30T09:00'))).claimed).toBe(0);
});
