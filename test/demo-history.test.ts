import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCalendars } from '#app/calendars.ts';
import { playDemoHistory } from '#app/demo-history.ts';
import { readPackFolder } from '#app/packs.ts';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { signIn } from '#directory/account/enter.ts';
import { createAccount } from '#directory/account/login.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { casesHeldBy, deactivatePerson, loads } from '#directory/deactivate.ts';
import { createDemoCompany, demoPerson } from '#directory/demo/company.ts';
import { loadDirectory } from '#directory/directory.ts';
import { givePower } from '#directory/post-powers.ts';
import { type Handler, openHandler } from '#handling/handle.ts';
import { openPacks, publishPack } from '#handling/packs.ts';

const db = testDatabase();
const NOW = Date.parse('2026-03-18T10:00:00+08:00');
const tenant = 'demo';
let directory: DirectoryCache;
let handler: Handler;
let played = 0;
let playedAgain = 0;

const root = join(import.meta.dirname, '..');

beforeAll(async () => {
  const pool = db.appPool;
  await createDemoCompany(
    pool,
    async (_client, company) => {
      const published = await publishPack(pool, company, {
        sources: await readPackFolder(join(root, 'packs/s1')),
        by: '徐凯',
        reviewNote: '',
        now: NOW,
      });
      if (!published.ok) throw new Error(JSON.stringify(published.refusal));
    },
    NOW,
  );
  const calendars = await loadCalendars(join(root, 'calendars'));
  if (!calendars.ok) throw new Error(JSON.stringify(calendars.refusal));
  directory = await openDirectoryCache(pool);
  const packs = openPacks(pool);
  const deps = { pool, packs, directory, calendars: calendars.value };
  played = await playDemoHistory(deps, NOW);
  handler = openHandler({ ...deps, time: { now: () => NOW }, mail: false });
  playedAgain = await playDemoHistory(deps, NOW);
});
afterAll(async () => {
  await handler.idle();
  directory.close();
});

const query = async <T extends object>(sql: string): Promise<T[]> =>
  (await withTenant(db.appPool, tenant, (client) => client.query<T>(sql))).rows;

test('whoever looks around in the demo meets cases at every stage, some late, some archived', async () => {
  expect([played, playedAgain]).toEqual([13, 0]);
  const rows = await query<{ state: string; open: boolean; breach: number; n: number }>(
    'select state_name as state, open, breach_level as breach from huiyin.case_file order by received_at',
  );
  expect(rows.map((r) => r.state)).toEqual([
    'archived',
    'signed',
    'awaitingSignature',
    'implementing',
    'completed',
    'resultNotified',
    'archived',
    'implementing',
    'dispatched',
    'registered',
    'investigated',
    'dispatched',
    'registered',
  ]);
  expect(rows.filter((r) => r.breach > 0).length).toBeGreaterThanOrEqual(3);
  expect(rows.filter((r) => r.breach === 0).length).toBeGreaterThanOrEqual(5);
});

test('every open case of the demo has a named person and a moment it waits for', async () => {
  expect(await query('select number from huiyin.case_file where open and responsible_id is null')).toEqual([]);
  expect(await query(`select number from huiyin.case_file where open and next_due_at = 'infinity'`)).toEqual([]);
});

test('whoever still holds cases cannot leave; the refusal names them all, and once they are handed over he can (S1-15)', async () => {
  const personId = demoPerson('luoyong');
  const held = await casesHeldBy(db.appPool, tenant, personId);
  expect(held.length).toBeGreaterThanOrEqual(2);
  const refused = await deactivatePerson(db.appPool, tenant, personId, '徐凯', NOW);
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'person.holdsCases' } });
  for (const { number } of held)
    expect(refused).toMatchObject({ refusal: { message: { zh: expect.stringContaining(number) } } });
  const { person } = await directory.at(tenant, NOW);
  for (const { id, duties } of held) {
    const officer = await query<{ id: string }>(
      `select case_officer_id as id from huiyin.case_file where id = '${id}'`,
    );
    const actor = person(officer[0]?.id ?? '');
    if (!actor) throw new Error('the case has no officer');
    for (const duty of duties) {
      const moved = await handler.handle({
        tenant,
        actor: { kind: 'staff', personId: actor.id, name: actor.name, posts: actor.posts },
        caseId: id,
        command: { type: 'reassign', duty, personId: demoPerson('hanzhigang'), reason: '罗勇离职，移交' },
      });
      if (!moved.ok) throw new Error(JSON.stringify(moved.refusal));
    }
  }
  const password = '离职之前的密码';
  await createAccount(db.appPool, tenant, { personId, username: 'luoyong', password: `${password}很长` }, NOW);
  expect(await deactivatePerson(db.appPool, tenant, personId, '徐凯', NOW)).toEqual({ ok: true, value: null });
  expect((await loadDirectory(db.appPool, tenant, NOW)).members('engineering').some((p) => p.id === personId)).toBe(
    false,
  );
  const back = await signIn(
    db.appPool,
    tenant,
    { username: 'luoyong', password: `${password}很长` },
    { address: '192.0.2.1', now: NOW },
  );
  expect(back).toMatchObject({ ok: false, refusal: { code: 'signIn.wrong' } });
});

test('whoever is the last that may keep the organisation cannot leave, whatever his post is called', async () => {
  const leave = (name: string) => deactivatePerson(db.appPool, tenant, demoPerson(name), '徐凯', NOW);
  const keep = (posts: string[]) => givePower(db.appPool, tenant, { power: 'organisation', posts, by: '徐凯' }, NOW);
  // The general manager may keep it too: only the post itself would be left empty.
  expect(await leave('xukai')).toMatchObject({ refusal: { code: 'person.lastHolder' } });
  await keep(['administrator']);
  expect(await leave('xukai')).toMatchObject({ refusal: { code: 'person.lastAdministrator' } });
  await keep(['archivist']);
  expect(await leave('xukai')).toMatchObject({ refusal: { code: 'person.lastHolder' } });
  expect(await leave('luwenbo')).toMatchObject({ refusal: { code: 'person.lastAdministrator' } });
  await keep(['administrator', 'generalManager']);
  expect(await deactivatePerson(db.appPool, tenant, demoPerson('nobody'), '徐凯', NOW)).toMatchObject({
    refusal: { code: 'person.unknown' },
  });
});

test('the load that suggestions go by is the number of open cases each has', async () => {
  const load = await loads(db.appPool, tenant);
  const counted = await query<{ id: string; n: number }>(
    'select assignee_id as id, count(*)::int as n from huiyin.case_file where open and assignee_id is not null group by 1',
  );
  expect(Object.fromEntries(load)).toEqual(Object.fromEntries(counted.map((r) => [r.id, r.n])));
  expect(load.get(demoPerson('hanzhigang'))).toBeGreaterThanOrEqual(2);
});
