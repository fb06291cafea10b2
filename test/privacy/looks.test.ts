import { expect, test } from 'vitest';
import type { WireProblem } from '#http/contract/common.ts';
import type { LooksView } from '#http/contract/look.ts';
import { type Client, site } from '../http/support.ts';

const at = site();

const looks = async (who: Client, query = ''): Promise<LooksView> => {
  const said = await who.ask<LooksView>(`/api/v1/looks?${query}`);
  expect(said.status, said.text).toBe(200);
  return said.body;
};
const look = async (who: Client, id: string, reason: string): Promise<void> => {
  const said = await who.ask(`/api/v1/cases/${id}/disclosure`, { method: 'POST', body: { reason } });
  expect(said.status, said.text).toBe(200);
};

test('the log tells who looked at whose data, when, why and by which case, by person and period', async () => {
  const [clerk, officer, boss] = [
    await at().as('chenlijuan'),
    await at().as('zhaominghui'),
    await at().as('heguodong'),
  ];
  const [one, two] = [await clerk.register(), await clerk.register()];
  await look(clerk, one.id, '回电核对地址，号码 19900001234');
  await look(officer, one.id, '预约上门');
  await look(clerk, two.id, '寄送材料');
  const all = await looks(boss);
  expect(all.items.map(({ person, case: its, reason }) => [person.id, its?.number, reason])).toEqual([
    [clerk.personId, two.number, '寄送材料'],
    [officer.personId, one.number, '预约上门'],
    [clerk.personId, one.number, '回电核对地址，号码 199****1234'],
  ]);
  expect(all.items[0]?.fields).toEqual(expect.arrayContaining(['contactPhone', 'contactName', 'place']));
  expect(all.people[0]).toEqual({ id: clerk.personId, name: expect.any(String), looks: 2, cases: 2, lists: 0 });
  expect((await looks(boss, `person=${officer.personId}`)).items.length).toBe(1);
  expect((await looks(boss, `case=${one.id}`)).items.length).toBe(2);
  expect((await looks(boss, 'from=2020-01-01&to=2020-01-31')).items).toEqual([]);
  const page = await looks(boss, 'limit=2');
  expect(page.items.length).toBe(2);
  const rest = await looks(boss, `limit=2&before=${encodeURIComponent(page.next ?? '')}`);
  expect([rest.items.map((item) => item.reason), rest.next]).toEqual([['回电核对地址，号码 199****1234'], null]);
  expect((await boss.ask<WireProblem>('/api/v1/looks?from=2026-02-31')).status).toBe(422);
});

test('a list taken out whole stands in the log with its reason; without one it is not given', async () => {
  const boss = await at().as('heguodong');
  const path = '/api/v1/lists/residents/export?format=csv';
  const without = await boss.ask<WireProblem>(path);
  expect(without.status).toBe(422);
  expect((await boss.ask(`${path}&reason=${encodeURIComponent('年度核对住户')}`)).status).toBe(200);
  const [first] = (await looks(boss)).items;
  expect(first).toMatchObject({ case: null, reason: '年度核对住户', person: { id: boss.personId } });
});

test('who has not the power sees no log and is told who has; a post gets it from the company, not from the program', async () => {
  const [clerk, boss] = [await at().as('chenlijuan'), await at().as('heguodong')];
  const refused = await clerk.ask<WireProblem>('/api/v1/looks');
  expect(refused.body).toMatchObject({
    status: 403,
    code: 'role.notYours',
    who: { zh: expect.stringContaining('何国栋') },
  });
  const posts = ['generalManager', 'qualityManager'];
  expect((await boss.ask('/api/v1/powers/looks', { method: 'PUT', body: { posts } })).status).toBe(200);
  expect((await looks(await at().as('fangjing'))).items.length).toBeGreaterThan(0);
});

test('where the reader himself is complained of, he sees that somebody looked and not why', async () => {
  const [clerk, boss] = [await at().as('chenlijuan'), await at().as('heguodong')];
  const made = await clerk.register({ complainedOf: boss.personId, content: '经理不回电话' });
  await look(clerk, made.id, '给王小明回电');
  const [first] = (await looks(boss, `case=${made.id}`)).items;
  expect(first).toMatchObject({ withheld: true, reason: '', person: { id: clerk.personId } });
});
