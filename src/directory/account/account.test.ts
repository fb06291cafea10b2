import { beforeAll, expect, test } from 'vitest';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { accept, type Result } from '#kernel/result.ts';
import { createDemoCompany, demoFaces, demoPerson, demoSignIn } from '../demo/company.ts';
import { actorOf } from './actor.ts';
import { apiKeyOf, createApiKey, revokeApiKey } from './api-key.ts';
import { caseOfLink, createCaseLink, revokeCaseLinks } from './case-link.ts';
import { signIn as enter } from './enter.ts';
import { createAccount, setPassword } from './login.ts';
import { createRecogniser } from './recognise.ts';
import { type Begun, SESSION_COOKIE, sessionCookie, sessionOf, signOut } from './session.ts';

const db = testDatabase();
const now = Date.parse('2026-03-02T10:00:00+08:00');
const origin = { address: '192.0.2.1', now };
const MINUTE = 60_000;
const password = '春天的绿化带要浇水';

beforeAll(async () => {
  await prepareJobs(db.owner);
  await createDemoCompany(db.appPool, async () => undefined, now);
  await createAccount(
    db.appPool,
    'demo',
    { personId: demoPerson('chenlijuan'), username: 'ChenLijuan', password },
    now,
  );
});

/** Signs in somebody who has no second factor. */
async function signIn(...args: Parameters<typeof enter>): Promise<Result<Begun>> {
  const said = await enter(...args);
  if (!said.ok) return said;
  if (!said.value.entered) throw new Error('a second factor was asked for');
  return accept(said.value);
}

const code = (result: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  result.ok ? 'ok' : result.refusal.code;

test('whoever knows the password signs in, whatever capitals the username is typed with, and is recognised by the cookie', async () => {
  const entered = await signIn(db.appPool, 'demo', { username: ' CHENLIJUAN ', password }, origin);
  if (!entered.ok) throw new Error(entered.refusal.code);
  const { token } = entered.value;
  const request = { headers: { cookie: `theme=dark; ${SESSION_COOKIE}=${token}` } };
  expect(await actorOf(db.appPool, request, now)).toMatchObject({
    tenant: 'demo',
    actor: { kind: 'staff', personId: demoPerson('chenlijuan'), name: '陈丽娟', posts: ['caseOfficer'] },
    by: 'session',
    scopes: expect.arrayContaining(['read', 'write', 'admin']),
  });
  await signOut(db.appPool, token, now);
  expect(await actorOf(db.appPool, request, now)).toBeNull();
});

test('a wrong password and an unknown username are answered alike', async () => {
  const wrong = await signIn(db.appPool, 'demo', { username: 'chenlijuan', password: 'wrong' }, origin);
  const unknown = await signIn(db.appPool, 'demo', { username: 'nobody', password: 'wrong' }, origin);
  expect(wrong).toEqual(unknown);
  expect(code(wrong)).toBe('signIn.wrong');
});

test('after five wrong passwords the door is shut for a minute even to the right one, then longer each time', async () => {
  const personId = demoPerson('fangjing');
  await createAccount(db.appPool, 'demo', { personId, username: 'fangjing', password }, now);
  const attempt = async (word: string, at: number, address = '192.0.2.7'): Promise<string> =>
    code(await signIn(db.appPool, 'demo', { username: 'fangjing', password: word }, { address, now: at }));
  for (let i = 0; i < 5; i += 1) expect(await attempt('guess', now + i)).toBe('signIn.wrong');
  expect(await attempt(password, now + 30_000)).toBe('signIn.locked');
  expect(await attempt(password, now + 30_000, '198.51.100.2')).toBe('signIn.locked');
  expect(await attempt('guess', now + MINUTE + 10)).toBe('signIn.wrong');
  expect(await attempt(password, now + 2 * MINUTE)).toBe('signIn.locked');
  expect(await attempt(password, now + 3 * MINUTE + 20)).toBe('ok');
  expect(await attempt('guess', now + 3 * MINUTE + 30)).toBe('signIn.wrong');
  expect(await attempt(password, now + 3 * MINUTE + 40)).toBe('ok');
});

test('one address that tries many usernames is shut out, others are not', async () => {
  const attempt = async (username: string, address: string, word = 'guess'): Promise<string> =>
    code(await signIn(db.appPool, 'demo', { username, password: word }, { address, now }));
  for (let i = 0; i < 30; i += 1) await attempt(`guess${i}`, '203.0.113.9');
  expect(await attempt('chenlijuan', '203.0.113.9', password)).toBe('signIn.locked');
  expect(await attempt('chenlijuan', '203.0.113.10', password)).toBe('ok');
});

test('a session ends after twelve idle hours and after two weeks at the latest', async () => {
  const entered = await signIn(db.appPool, 'demo', { username: 'chenlijuan', password }, origin);
  if (!entered.ok) throw new Error(entered.refusal.code);
  const { token } = entered.value;
  const hour = 60 * MINUTE;
  for (let h = 11; h < 14 * 24; h += 11) expect(await sessionOf(db.appPool, token, now + h * hour)).not.toBeNull();
  expect(await sessionOf(db.appPool, token, now + 14 * 24 * hour)).toBeNull();
  const idle = await signIn(db.appPool, 'demo', { username: 'chenlijuan', password }, origin);
  if (!idle.ok) throw new Error(idle.refusal.code);
  expect(await sessionOf(db.appPool, idle.value.token, now + 13 * hour)).toBeNull();
});

test('a new password ends every session, and the old one is worth nothing', async () => {
  const personId = demoPerson('luwenbo');
  await createAccount(db.appPool, 'demo', { personId, username: 'luwenbo', password }, now);
  const entered = await signIn(db.appPool, 'demo', { username: 'luwenbo', password }, origin);
  if (!entered.ok) throw new Error(entered.refusal.code);
  expect(code(await setPassword(db.appPool, 'demo', personId, '秋天的银杏大道很美', now))).toBe('ok');
  expect(await sessionOf(db.appPool, entered.value.token, now)).toBeNull();
  expect(code(await signIn(db.appPool, 'demo', { username: 'luwenbo', password }, origin))).toBe('signIn.wrong');
  expect(code(await signIn(db.appPool, 'demo', { username: 'luwenbo', password: '秋天的银杏大道很美' }, origin))).toBe(
    'ok',
  );
});

test('poor passwords, odd usernames and taken ones are refused, each for its own reason', async () => {
  const make = async (username: string, word: string): Promise<string> =>
    code(await createAccount(db.appPool, 'demo', { personId: demoPerson('xukai'), username, password: word }, now));
  expect(await make('xukai', 'short')).toBe('account.password');
  expect(await make('xukai', 'aaaaaaaaaa')).toBe('account.password');
  expect(await make('xukai', 'my-xukai-password')).toBe('account.password');
  expect(await make('x', password)).toBe('account.username');
  expect(await make('x y z', password)).toBe('account.username');
  expect(await make('chenlijuan', password)).toBe('account.taken');
  expect(await make('徐凯𠮷', password)).toBe('ok');
  expect(code(await setPassword(db.appPool, 'demo', demoPerson('gaofeng'), password, now))).toBe('account.unknown');
});

test('neither passwords, cookies nor keys can be read out of the database', async () => {
  const entered = await signIn(db.appPool, 'demo', { username: 'chenlijuan', password }, origin);
  const made = await createApiKey(db.appPool, 'demo', { label: '对账', post: 'archivist' }, now);
  if (!entered.ok || !made.ok) throw new Error('refused');
  const secrets = [password, entered.value.token.split('.')[1] ?? '', made.value.key.split('.')[1] ?? ''];
  for (const table of ['login', 'staff_session', 'api_key']) {
    const all = await db.ownerPool.query<{ t: string }>(
      `select coalesce(json_agg(t)::text, '') as t from huiyin.${table} t`,
    );
    for (const secret of secrets) {
      expect(all.rows[0]?.t).not.toContain(secret);
      expect(all.rows[0]?.t).not.toContain(Buffer.from(secret).toString('hex'));
    }
  }
});

test('an API key acts with its post under a name of its own, and never as one of the people who hold the post', async () => {
  const made = await createApiKey(
    db.appPool,
    'demo',
    { label: '官网', post: 'receptionist', scopes: ['write'], expiresAt: now + 1000 },
    now,
  );
  if (!made.ok) throw new Error(made.refusal.code);
  const request = { headers: { authorization: `Bearer ${made.value.key}` } };
  expect(await actorOf(db.appPool, request, now)).toMatchObject({
    tenant: 'demo',
    actor: { kind: 'staff', personId: made.value.personId, name: '接口：官网', posts: ['receptionist'] },
    by: 'key',
    scopes: ['write'],
  });
  expect((await demoFaces(db.appPool, 'demo')).map((f) => f.name)).not.toContain('接口：官网');
  expect(await actorOf(db.appPool, request, now + 1000)).toBeNull();
});

test('a key can act as a named employee, and is worthless once revoked', async () => {
  const made = await createApiKey(db.appPool, 'demo', { label: '徐凯的脚本', personId: demoPerson('xukai') }, now);
  if (!made.ok) throw new Error(made.refusal.code);
  expect(await apiKeyOf(db.appPool, made.value.key, now)).toMatchObject({ name: '徐凯', posts: ['administrator'] });
  await revokeApiKey(db.appPool, 'demo', made.value.keyId, now);
  expect(await apiKeyOf(db.appPool, made.value.key, now)).toBeNull();
});

test('a key for a post that nobody holds is refused and says which posts there are', async () => {
  const made = await createApiKey(db.appPool, 'demo', { label: 'x', post: 'admiral' }, now);
  expect(made).toMatchObject({
    ok: false,
    refusal: { code: 'key.post', message: { zh: expect.stringContaining('receptionist') } },
  });
  expect(code(await createApiKey(db.appPool, 'demo', { label: 'x' }, now))).toBe('key.for');
});

test('a forged, cut or foreign token is nobody', async () => {
  const entered = await signIn(db.appPool, 'demo', { username: 'chenlijuan', password }, origin);
  if (!entered.ok) throw new Error(entered.refusal.code);
  const { token } = entered.value;
  for (const bad of [
    '',
    'demo',
    'demo.',
    `other.${token.split('.')[1]}`,
    token.slice(0, -1),
    `${token}.x`,
    `DEMO.x'; drop table person`,
    '\u0000'.repeat(40),
  ])
    expect([bad, await sessionOf(db.appPool, bad, now)]).toEqual([bad, null]);
  const headers = { headers: { authorization: 'Bearer hy_nonsense', cookie: `${SESSION_COOKIE}=${token}` } };
  expect(await actorOf(db.appPool, headers, now)).toBeNull();
});

test('the cookie cannot be read by scripts nor sent from other sites', () => {
  expect(sessionCookie('demo.secret', true)).toBe(
    `${SESSION_COOKIE}=demo.secret; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600; Secure`,
  );
  expect(sessionCookie('', false)).toBe(`${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`);
});

test('a request is recognised once and then believed for a moment, a stranger never', async () => {
  const made = await createApiKey(db.appPool, 'demo', { label: '快', post: 'receptionist' });
  if (!made.ok) throw new Error(made.refusal.code);
  const recogniser = createRecogniser(db.appPool);
  const request = { headers: { authorization: `Bearer ${made.value.key}` } };
  const first = await recogniser.actorOf(request);
  expect(first?.actor.posts).toEqual(['receptionist']);
  expect(await recogniser.actorOf(request)).toBe(first);
  await revokeApiKey(db.appPool, 'demo', made.value.keyId);
  recogniser.forget();
  expect(await recogniser.actorOf(request)).toBeNull();
  expect(await recogniser.actorOf({ headers: {} })).toBeNull();
});

test('in the demo company one click makes anybody of the staff; in a real company it never does', async () => {
  const faces = await demoFaces(db.appPool, 'demo');
  expect(faces[0]).toMatchObject({ name: '何国栋', key: 'heguodong', posts: ['generalManager'] });
  const entered = await demoSignIn(db.appPool, 'demo', demoPerson('zhouxiaoyan'), now);
  if (!entered.ok) throw new Error(entered.refusal.code);
  expect(await sessionOf(db.appPool, entered.value.token, now)).toMatchObject({
    name: '周晓燕',
    posts: ['receptionist'],
  });
  await withTenant(db.appPool, 'real', async (client) => {
    await client.query(`insert into huiyin.tenant (tenant_id, name_zh) values ('real', '真物业')`);
    await client.query(`insert into huiyin.person (tenant_id, person_id, name) values ('real', $1, '真人')`, [
      demoPerson('x'),
    ]);
  });
  expect(code(await demoSignIn(db.appPool, 'real', demoPerson('x'), now))).toBe('demo.person');
  expect(await demoFaces(db.appPool, 'real')).toEqual([]);
  const turned = withTenant(db.appPool, 'real', (client) => client.query('update huiyin.tenant set demo = true'));
  await expect(turned).rejects.toThrow(/permission denied/);
});

test('an owner’s link leads to one case until it is revoked', async () => {
  const caseId = demoPerson('some case');
  const first = await createCaseLink(db.appPool, 'demo', caseId, { now });
  const second = await createCaseLink(db.appPool, 'demo', caseId, { now, expiresAt: now + 1000 });
  expect(await caseOfLink(db.appPool, first, now)).toEqual({ tenant: 'demo', caseId });
  expect(await caseOfLink(db.appPool, second, now + 1000)).toBeNull();
  expect(await caseOfLink(db.appPool, first.slice(0, -2), now)).toBeNull();
  await revokeCaseLinks(db.appPool, 'demo', caseId, now);
  expect(await caseOfLink(db.appPool, first, now)).toBeNull();
});
