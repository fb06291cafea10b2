import { Secret, TOTP } from 'otpauth';
import { beforeAll, expect, test } from 'vitest';
import type { AccountView } from '#http/contract/account.ts';
import type { Endpoint, WireProblem } from '#http/contract/common.ts';
import { contract } from '#http/contract/index.ts';
import type { InviteView, StaffView } from '#http/contract/people.ts';
import type { SessionView } from '#http/contract/session.ts';
import type { StepView } from '#http/contract/step.ts';
import { enter, enterFirst, ownCompany } from './own-company.ts';
import { type Answer, type Client, client, site, usual } from './support.ts';

const own = site({ sandbox: false });
let boss: Client;

beforeAll(async () => {
  boss = await ownCompany(own());
});

type Refusable<T> = Answer<T & WireProblem>;
const send = <T>(by: Client, method: string, path: string, body?: object): Promise<Refusable<T>> =>
  by.ask(`/api/v1/${path}`, { method, ...(body ? { body } : {}) });
const signIn = (username: string, password: string, headers = {}): Promise<Refusable<SessionView & StepView>> =>
  own().anybody.ask('/api/v1/session', { method: 'POST', body: { username, password }, headers });
const cookieOf = ({ headers }: Answer<unknown>): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const as = (said: Answer<unknown>): Client => client(own().url, '', { cookie: cookieOf(said) });
const codeOf = (secret: string, later = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 });

/** Enters a member of staff who has chosen a password of his own. */
async function colleague(username: string, post = 'receptionist'): Promise<Client & { id: string }> {
  const body = { name: `员${username}`, unit: 'service', posts: [post], username };
  const made = await send<{ person: StaffView; access: { firstPassword: string } }>(boss, 'POST', 'people', body);
  expect(made.status, made.text).toBe(201);
  const entered = await enterFirst(own(), username, made.body.access.firstPassword);
  return { ...entered, id: made.body.person.id };
}
const PASSWORD = 'a garden in spring';

/** Enrols an authenticator app; answers its seed and the recovery codes. */
async function enrol(who: Client): Promise<{ secret: string; recovery: string[] }> {
  const begun = await send<{ uri: string; secret: string }>(who, 'POST', 'account/totp');
  expect(begun.body.uri, begun.text).toContain('otpauth://totp/');
  const done = await send<{ recoveryCodes: string[] }>(who, 'PUT', 'account/totp', {
    code: codeOf(begun.body.secret, -1),
  });
  expect(done.status, done.text).toBe(200);
  return { secret: begun.body.secret, recovery: done.body.recoveryCodes };
}

test('until the first password is replaced the server opens nothing else, whatever is asked', async () => {
  const body = { name: '新人', unit: 'service', posts: ['administrator'], username: 'xinren' };
  const made = await send<{ access: { firstPassword: string } }>(boss, 'POST', 'people', body);
  const fresh = await enter(own(), 'xinren', made.body.access.firstPassword);
  const closed = Object.values(contract)
    .flatMap((resource): Endpoint[] => Object.values(resource))
    .filter((one) => !one.open && !one.early);
  expect(closed.length).toBeGreaterThan(40);
  for (const endpoint of closed) {
    const path = endpoint.url.replace(/:\w+/g, '01a20135-ea7b-7697-86e6-5449502cb81b');
    const said = await fresh.ask<WireProblem>(path, {
      method: endpoint.method,
      ...(endpoint.body ? { body: {} } : {}),
    });
    // What is malformed is turned away before anybody asks who sent it.
    if (said.status !== 422 || said.body.code === 'account.firstPassword')
      expect(said.body, `${endpoint.method} ${path}`).toMatchObject({ status: 403, code: 'account.firstPassword' });
  }
  expect((await fresh.ask('/api/v1/account')).status).toBe(200);
});

test('an authenticator app is asked for after the password; a code works once, a recovery code once, a guess never', async () => {
  const who = await colleague('erbu');
  const { secret, recovery } = await enrol(who);
  expect(new Set(recovery).size).toBe(10);
  const first = await signIn('erbu', PASSWORD);
  expect(first.status, first.text).toBe(202);
  expect(first.body.ways).toEqual(['totp', 'recovery']);
  expect(first.headers.getSetCookie()).toEqual([]);
  const answer = (step: string, code: string): Promise<Refusable<SessionView>> =>
    send(own().anybody, 'POST', 'session/second-factor', { step, code });
  expect((await answer(first.body.step, '000000')).body).toMatchObject({ status: 401, code: 'signIn.wrongCode' });
  const code = codeOf(secret);
  const done = await answer(first.body.step, code);
  expect(done.body.signedIn?.person.name, done.text).toBe('员erbu');
  expect((await answer(first.body.step, code)).body.code).toBe('signIn.stepOver');
  const second = await signIn('erbu', PASSWORD);
  expect((await answer(second.body.step, code)).body.code).toBe('signIn.wrongCode');
  expect((await answer(second.body.step, (recovery[0] ?? '').toLowerCase())).status).toBe(201);
  const third = await signIn('erbu', PASSWORD);
  expect((await answer(third.body.step, recovery[0] ?? '')).body.code).toBe('signIn.wrongCode');
  const account = await as(done).ask<AccountView>('/api/v1/account');
  expect(account.body).toMatchObject({ totp: true, recoveryLeft: 9 });
  expect(account.body.events.map((event) => event.kind)).toContain('recoveryUsed');
  for (let i = 0; i < 5; i += 1) await answer((await signIn('erbu', PASSWORD)).body.step, '111111');
  const locked = await answer((await signIn('erbu', PASSWORD)).body.step, recovery[1] ?? '');
  expect(locked.body).toMatchObject({ status: 429, code: 'signIn.locked' });
});

test('neither the seed of an app nor a recovery code, cookie or invitation can be read out of the database', async () => {
  const who = await colleague('mimi');
  const { secret, recovery } = await enrol(who);
  const link = await send<InviteView>(boss, 'POST', `people/${who.id}/invitation`, {});
  const token = link.body.url?.split('#')[1]?.split('.')[1] ?? '';
  expect(token).toHaveLength(32);
  const seed = Buffer.from(Secret.fromBase32(secret).buffer).toString('hex');
  for (const table of ['totp', 'recovery_code', 'account_step', 'account_event', 'invitation', 'known_device']) {
    const all = await own().database.ownerPool.query<{ t: string }>(
      `select coalesce(json_agg(t)::text, '') as t from huiyin.${table} t`,
    );
    for (const hidden of [secret, seed, recovery[0] ?? '', (recovery[0] ?? '').replaceAll('-', ''), token])
      expect(all.rows[0]?.t, table).not.toContain(hidden);
  }
});

test('a company may ask a second factor of a post: whoever holds it enrols before anything else', async () => {
  const who = await colleague('zhiban', 'caseOfficer');
  const rules = { idleMinutes: 60, longestHours: 24, secondFactorPosts: ['caseOfficer'] };
  expect((await send(who, 'PUT', 'account-rules', rules)).body).toMatchObject({ status: 403, code: 'role.notYours' });
  expect((await send(boss, 'PUT', 'account-rules', rules)).body).toEqual(rules);
  const again = as(await signIn('zhiban', PASSWORD));
  expect((await send(again, 'GET', 'worklist')).body).toMatchObject({ status: 403, code: 'account.secondFactor' });
  const { secret } = await enrol(again);
  expect((await send(again, 'GET', 'worklist')).status).toBe(200);
  expect((await send(again, 'DELETE', 'account/totp')).body).toMatchObject({
    status: 409,
    code: 'account.factorRequired',
  });
  // The administrator holds the post too and is no exception.
  expect((await send(boss, 'GET', 'worklist')).body.code).toBe('account.secondFactor');
  await enrol(boss);
  expect((await send(boss, 'GET', 'worklist')).status).toBe(200);
  // His telephone is gone: the administrator takes the factor away, and he enrols anew.
  const reset = await send<StaffView>(boss, 'DELETE', `people/${who.id}/second-factor`);
  expect(reset.body.account, reset.text).toMatchObject({ totp: false, sessions: 0 });
  expect((await send(again, 'GET', 'worklist')).status).toBe(401);
  const anew = await signIn('zhiban', PASSWORD);
  expect(anew.body.signedIn?.must).toBe('secondFactor');
  expect(codeOf(secret)).toHaveLength(6);
});

test('somebody sees where he is signed in, ends one place or all others, and hears of a browser never seen before', async () => {
  await colleague('duoduan');
  const phone = await signIn('duoduan', PASSWORD, { 'user-agent': 'Phone Browser 1' });
  const known = { cookie: cookieOf(phone), 'user-agent': 'Phone Browser 1' };
  const again = await signIn('duoduan', PASSWORD, known);
  expect(again.body.signedIn?.alerts.map((one) => one.device)).not.toContain('');
  const desk = await signIn('duoduan', PASSWORD, { 'user-agent': 'Desk Browser 2', 'x-forwarded-for': '203.0.113.5' });
  const mine = (await as(desk).ask<AccountView>('/api/v1/account')).body;
  expect(mine.sessions).toHaveLength(4);
  const current = mine.sessions.find((one) => one.current);
  expect(current).toMatchObject({ device: 'Desk Browser 2', address: '203.0.113.5', way: 'password' });
  const alerts = desk.body.signedIn?.alerts ?? [];
  expect(alerts.filter((one) => one.device === 'Phone Browser 1')).toHaveLength(1);
  expect(alerts[0]).toMatchObject({ kind: 'newDevice', device: 'Desk Browser 2', address: '203.0.113.5' });
  const other = mine.sessions.find((one) => one.device === 'Phone Browser 1');
  expect((await send(as(desk), 'DELETE', `account/sessions/${other?.id}`)).status).toBe(200);
  expect((await send<AccountView>(as(desk), 'DELETE', 'account/sessions')).body.sessions).toHaveLength(1);
  expect((await as(phone).ask('/api/v1/worklist')).status).toBe(401);
  expect((await as(desk).ask('/api/v1/worklist')).status).toBe(200);
  await send(as(desk), 'POST', 'account/seen');
  expect((await as(desk).ask<SessionView>('/api/v1/session')).body.signedIn?.alerts).toEqual([]);
  const stranger = await colleague('bieren');
  const left = (await as(desk).ask<AccountView>('/api/v1/account')).body.sessions[0]?.id;
  expect((await send(stranger, 'DELETE', `account/sessions/${left}`)).status).toBe(404);
});

test('whoever guesses is shut out in clear words; the administrator sees it and opens, or signs everybody out', async () => {
  const who = await colleague('suole');
  for (let i = 0; i < 5; i += 1) expect((await signIn('suole', `guess ${i}`)).body.code).toBe('signIn.wrong');
  const shut = await signIn('suole', PASSWORD);
  expect(shut.body).toMatchObject({ status: 429, code: 'signIn.locked', who: { zh: '本公司管理员' } });
  expect(shut.body.messages.zh).toMatch(/请 \d+ 分钟后再试.*管理员在“人员”页解锁/);
  const seen = await send<StaffView>(boss, 'GET', `people/${who.id}`);
  expect(seen.body.account?.lockedUntil).toMatch(/^\d{4}-/);
  expect((await send(who, 'DELETE', `people/${who.id}/lock`)).status).toBe(403);
  expect((await send<StaffView>(boss, 'DELETE', `people/${who.id}/lock`)).body.account?.lockedUntil).toBeNull();
  expect((await signIn('suole', PASSWORD)).status).toBe(201);
  const out = await send<StaffView>(boss, 'DELETE', `people/${who.id}/sessions`);
  expect(out.body.account?.sessions).toBe(0);
  expect((await who.ask('/api/v1/worklist')).status).toBe(401);
});

test('many guesses at once are counted one by one', async () => {
  await colleague('bingfa');
  const from = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i % 50}` });
  const said = await Promise.all(Array.from({ length: 40 }, (_, i) => signIn('bingfa', `guess ${i}`, from(i))));
  expect(said.filter((one) => one.body.code === 'signIn.wrong').length).toBeLessThanOrEqual(5);
  expect(said.every((one) => ['signIn.wrong', 'signIn.locked'].includes(one.body.code))).toBe(true);
});

test('strangers cannot lock a person out of the browser he always uses', async () => {
  await colleague('benren');
  const home = { cookie: cookieOf(await signIn('benren', PASSWORD)) };
  for (let i = 0; i < 6; i += 1) await signIn('benren', 'guess', { 'x-forwarded-for': '198.51.100.77' });
  expect((await signIn('benren', PASSWORD)).status).toBe(429);
  expect((await signIn('benren', PASSWORD, home)).status).toBe(201);
});

test('an invitation is a link to print: it works once, ends when another is given, and can be withdrawn', async () => {
  const body = { name: '无邮箱', unit: 'service', posts: ['handler'] };
  const made = await send<{ person: StaffView }>(boss, 'POST', 'people', body);
  const { id } = made.body.person;
  const invite = (wish: object): Promise<Refusable<InviteView>> => send(boss, 'POST', `people/${id}/invitation`, wish);
  expect((await invite({ username: 'qian' })).body).toMatchObject({ code: 'account.taken', field: 'username' });
  const first = await invite({ username: 'wuyouxiang' });
  const second = await invite({ username: 'wuyouxiang' });
  const tokenOf = (said: Refusable<InviteView>): string => said.body.url?.split('#')[1] ?? '';
  const read = (token: string) =>
    send<{ name: string; username: string }>(own().anybody, 'POST', 'invitations/reading', { token });
  expect((await read(tokenOf(first))).body).toMatchObject({ status: 410, code: 'invitation.over' });
  expect((await read(tokenOf(second))).body).toMatchObject({ name: '无邮箱', username: 'wuyouxiang' });
  const accept = (token: string, password: string): Promise<Refusable<SessionView>> =>
    send(own().anybody, 'POST', 'invitations/acceptance', { token, password });
  expect((await accept(tokenOf(second), 'short')).body.code).toBe('account.password');
  const done = await accept(tokenOf(second), PASSWORD);
  expect(done.body.signedIn, done.text).toMatchObject({ firstPassword: false, must: null });
  expect((await accept(tokenOf(second), 'another long one')).body.code).toBe('invitation.over');
  expect((await signIn('wuyouxiang', PASSWORD)).status).toBe(201);
  const third = await invite({});
  expect((await send<StaffView>(boss, 'DELETE', `people/${id}/invitation`)).body.invitation).toBeNull();
  expect((await accept(tokenOf(third), PASSWORD)).body.code).toBe('invitation.over');
  await own().database.ownerPool.query(`update huiyin.invitation set expires_at = now() where withdrawn_at is null`);
  expect((await accept(tokenOf(await invite({})), 'fresh long one')).status).toBe(201);
});

test('a key does what it was made for, in its estate, until its last day, and ends at once', async () => {
  const make = (body: object): Promise<Refusable<{ key: string; id: string }>> => send(boss, 'POST', 'keys', body);
  const holder = (said: Refusable<{ key: string }>): Client =>
    client(own().url, '', { authorization: `Bearer ${said.body.key}` });
  const estates = await boss.ask<{ id: string; name: string }[]>('/api/v1/premises');
  const here = estates.body[0]?.id ?? '';
  const far = await send<{ id: string }>(boss, 'POST', 'premises/estates', { name: '秋月里' });
  expect(far.status, far.text).toBe(201);
  const about = (place: object) => ({ matter: 'complaint', channel: 'web', values: { ...usual(), place } });
  const mine = about({ premisesId: here, text: '春风里' });

  const writer = holder(await make({ label: '官网', post: 'receptionist', scopes: ['cases.register'] }));
  const registered = await send<{ id: string }>(writer, 'POST', 'cases', mine);
  expect(registered.status, registered.text).toBe(201);
  expect((await send(writer, 'GET', 'worklist')).body).toMatchObject({ status: 403, code: 'key.scope' });
  expect((await send(writer, 'GET', 'reports/clauseFigures')).body.code).toBe('key.scope');

  const wish = { label: '分站', post: 'caseOfficer', scopes: ['read', 'write'], estateId: far.body.id };
  const made = await make(wish);
  const remote = holder(made);
  expect((await send(remote, 'POST', 'cases', mine)).body).toMatchObject({ status: 403, code: 'key.site' });
  const everywhere = holder(await make({ ...wish, estateId: undefined }));
  expect((await send(everywhere, 'GET', `cases/${registered.body.id}`)).status).toBe(200);
  expect((await send(remote, 'GET', `cases/${registered.body.id}`)).status).toBe(404);
  const there = await send<{ id: string }>(remote, 'POST', 'cases', about({ premisesId: far.body.id, text: '秋月里' }));
  expect(there.status, there.text).toBe(201);
  const list = await send<{ items: { id: string }[] }>(remote, 'GET', 'worklist?view=all');
  expect(list.body.items.map((item) => item.id)).toEqual([there.body.id]);
  for (const path of ['reports/clauseFigures', 'archive', 'people', 'awaiting'])
    expect((await send(remote, 'GET', path)).body.code, path).toBe('key.site');
  const powerful = holder(await make({ label: '全权', post: 'administrator', scopes: ['admin'] }));
  for (const path of ['keys', 'account', 'account-rules'])
    expect((await send(powerful, 'GET', path)).body.code, path).toBe('key.scope');

  const listed = await send<{ id: string; usedAt: string | null; estate: string | null }[]>(boss, 'GET', 'keys');
  expect(listed.text).not.toContain(made.body.key.split('.')[1]);
  expect(listed.body.find((key) => key.id === made.body.id)).toMatchObject({ estate: '秋月里' });
  expect(listed.body.find((key) => key.id === made.body.id)?.usedAt).not.toBeNull();
  const next = await send<{ key: string; id: string }>(boss, 'POST', `keys/${made.body.id}/rotation`, {
    graceHours: 0,
  });
  expect((await send(remote, 'GET', 'worklist')).status).toBe(401);
  expect((await send(holder(next), 'GET', 'worklist')).status).toBe(200);
  expect((await send(boss, 'DELETE', `keys/${next.body.id}`)).status).toBe(200);
  expect((await send(holder(next), 'GET', 'worklist')).status).toBe(401);
  expect((await make({ ...wish, lastDay: '2020-01-01' })).body).toMatchObject({
    code: 'key.expires',
    field: 'lastDay',
  });
});

test('what secures an account is changed only by whoever has just proved who he is', async () => {
  const who = await colleague('zaizheng');
  await own().database.ownerPool.query(`update huiyin.staff_session set proved_at = now() - interval '1 hour'`);
  const fresh = as(await signIn('bieren', PASSWORD));
  expect((await send(fresh, 'POST', 'account/totp')).status).toBe(201);
  expect((await send(who, 'POST', 'account/totp')).body).toMatchObject({ status: 403, code: 'account.proofNeeded' });
  expect((await send(who, 'POST', 'account/proof', { password: 'guess' })).body.code).toBe('account.wrongPassword');
  expect((await send(who, 'POST', 'account/proof', { password: PASSWORD })).status).toBe(204);
  expect((await send(who, 'POST', 'account/totp')).status).toBe(201);
});

test('without a mail server nobody is promised a code, and a code by SMS says what is missing', async () => {
  for (const [way, words] of [
    ['email', '未设置发信服务器'],
    ['sms', '未接短信'],
  ] as const) {
    const said = await send(own().anybody, 'POST', 'session/code', { account: 'qian', way });
    expect(said.body).toMatchObject({ status: 422, code: 'code.noWay' });
    expect(said.body.messages.zh).toContain(words);
  }
});

test('no password that everybody knows opens a company of one’s own', async () => {
  const names = ['admin', 'administrator', 'root', 'huiyin', 'demo', 'test', 'qian'];
  const words = ['admin', 'password', '123456', '12345678', 'huiyin', 'huiyin123', 'admin123', 'demo', 'changeme', ''];
  const from = (i: number) => ({ 'x-forwarded-for': `192.0.2.${i}` });
  const said = await Promise.all(
    names.flatMap((name, n) => words.map((word, w) => signIn(name, word, from(n * words.length + w)))),
  );
  expect(said.every((one) => one.status === 401 || one.status === 422 || one.status === 429)).toBe(true);
  const logins = await own().database.ownerPool.query<{ n: number }>(
    `select count(*)::int as n from huiyin.login where username = any($1)`,
    [names.filter((name) => name !== 'qian')],
  );
  expect(logins.rows[0]?.n).toBe(0);
});
