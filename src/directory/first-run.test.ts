import { afterEach, beforeEach, expect, test } from 'vitest';
import { withTenant } from '#db/pool.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing.ts';
import { signIn } from './account/enter.ts';
import { createDemoCompany } from './demo/company.ts';
import { loadDirectory } from './directory.ts';
import { createOwnCompany, firstRun } from './first-run.ts';
import { placesUnder } from './premises.ts';

let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(async () => {
  await db.drop();
});

const now = Date.parse('2026-03-02T10:00:00+08:00');
const nothing = async (): Promise<void> => undefined;
const wish = {
  company: '安居物业𠮷',
  estate: '梧桐苑',
  administrator: { name: '赵管理', username: 'admin1', password: '梧桐更兼细雨到黄昏' },
};

test('before anybody has chosen, the installation is fresh; after the demo was chosen it is not', async () => {
  expect(await firstRun(db.appPool)).toEqual({ state: 'fresh', companies: [] });
  expect(await createDemoCompany(db.appPool, nothing, now)).toEqual({ tenant: 'demo', created: true });
  expect(await createDemoCompany(db.appPool, nothing, now)).toEqual({ tenant: 'demo', created: false });
  expect(await firstRun(db.appPool)).toMatchObject({
    state: 'ready',
    companies: [{ name: '和顺物业服务有限公司', demo: true }],
  });
});

test('a company of one’s own has its estate, and its administrator can sign in', async () => {
  const made = await createOwnCompany(db.appPool, wish, nothing, now);
  if (!made.ok) throw new Error(made.refusal.code);
  const { tenant, personId } = made.value;
  expect((await placesUnder(db.appPool, tenant, null)).map((p) => p.name)).toEqual(['梧桐苑']);
  const directory = await loadDirectory(db.appPool, tenant, now);
  expect(directory.person(personId)?.posts).toEqual(
    expect.arrayContaining(['administrator', 'receptionist', 'handler']),
  );
  for (const code of ['gardening', 'engineering', 'security', 'cleaning', 'service'])
    expect(directory.members(code).map((p) => p.name)).toEqual(['赵管理']);
  const { username, password } = wish.administrator;
  const entered = await signIn(db.appPool, tenant, { username, password }, { address: '192.0.2.1', now });
  expect(entered.ok).toBe(true);
});

test('the same answers sent twice give one company; somebody else’s answers are refused', async () => {
  const [first, second] = await Promise.all([
    createOwnCompany(db.appPool, wish, nothing, now),
    createOwnCompany(db.appPool, wish, nothing, now),
  ]);
  expect(second).toEqual(first);
  expect((await firstRun(db.appPool)).companies).toHaveLength(1);
  const stranger = { ...wish, administrator: { ...wish.administrator, password: '猜一猜密码是什么呢' } };
  expect(await createOwnCompany(db.appPool, stranger, nothing, now)).toMatchObject({ refusal: { code: 'setup.done' } });
});

test('what is missing is said all at once, and nothing is created', async () => {
  const refused = await createOwnCompany(db.appPool, { ...wish, company: ' ', estate: '' }, nothing, now);
  expect(refused).toMatchObject({ refusal: { code: 'setup.company', also: [{ code: 'setup.estate' }] } });
  const weak = { ...wish, administrator: { ...wish.administrator, password: '123' } };
  expect(await createOwnCompany(db.appPool, weak, nothing, now)).toMatchObject({
    refusal: { code: 'account.password' },
  });
  expect((await firstRun(db.appPool)).state).toBe('fresh');
});

test('if publishing the procedures fails, no half-made company stays behind', async () => {
  const failing = async (): Promise<void> => {
    throw new Error('the pack does not compile');
  };
  await expect(createOwnCompany(db.appPool, wish, failing, now)).rejects.toThrow('does not compile');
  await expect(createDemoCompany(db.appPool, failing, now)).rejects.toThrow('does not compile');
  expect((await firstRun(db.appPool)).state).toBe('fresh');
  const people = await withTenant(db.appPool, 'demo', (client) => client.query('select 1 from huiyin.person'));
  expect(people.rowCount).toBe(0);
});
