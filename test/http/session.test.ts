import { expect, test } from 'vitest';
import type { WireProblem } from '#http/contract/common.ts';
import type { SessionView } from '#http/contract/session.ts';
import { client, site, usual } from './support.ts';

const demo = site();
const own = site({ sandbox: false });

const company = {
  choice: 'own',
  company: '安居物业',
  estate: '春风里',
  administrator: { name: '钱经理', username: 'qian', password: 'a long enough one' },
};

test('the first start sets up a company, signs its administrator in, and cannot be done twice', async () => {
  const { anybody, url } = own();
  const before = await anybody.ask<{ state: string }>('/api/v1/setup');
  expect(before.body).toEqual({ state: 'fresh', sandbox: false });
  const faulty = await anybody.ask<WireProblem>('/api/v1/setup', {
    method: 'POST',
    body: { ...company, administrator: { ...company.administrator, password: 'short' } },
  });
  expect(faulty.body).toMatchObject({ status: 422, code: 'account.password' });
  const made = await anybody.ask<SessionView>('/api/v1/setup', { method: 'POST', body: company });
  expect(made.status, made.text).toBe(201);
  expect(made.body.signedIn?.person.name).toBe('钱经理');
  expect(made.body.packs).toEqual([{ pack: 'S1', version: expect.any(String) }]);
  const cookie = made.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  const me = client(url, '', { cookie: cookie.split(';')[0] ?? '' });
  expect((await me.ask<SessionView>('/api/v1/session')).body.company?.name).toBe('安居物业');
  const second = await anybody.ask<WireProblem>('/api/v1/setup', {
    method: 'POST',
    body: { ...company, company: '别家物业' },
  });
  expect(second.body).toMatchObject({ status: 409, code: 'setup.done' });
});

test('a company’s own server has no movable clock and nobody to play', async () => {
  const { anybody } = own();
  for (const ask of [{}, { method: 'POST', body: { advance: 'PT1H' } }])
    expect((await anybody.ask<WireProblem>('/api/v1/sandbox/clock', ask)).body).toMatchObject({
      status: 404,
      code: 'sandbox.none',
    });
  const play = await anybody.ask('/api/v1/session', { method: 'POST', body: { personId: crypto.randomUUID() } });
  expect(play.status).toBe(404);
});

test('a wrong password is refused without saying what was wrong; many attempts are slowed down', async () => {
  const { anybody } = own();
  const attempt = (username: string, password: string) =>
    anybody.ask<WireProblem>('/api/v1/session', { method: 'POST', body: { username, password } });
  const wrong = await attempt('qian', 'not this one');
  const nobody = await attempt('nobody', 'not this one');
  expect(wrong.body).toMatchObject({ status: 401, code: 'signIn.wrong' });
  expect(nobody.body.messages).toEqual(wrong.body.messages);
  expect((await attempt('qian', 'a long enough one')).status).toBe(201);
  const codes = new Set<string>();
  for (let i = 0; i < 6; i += 1) codes.add((await attempt('qian', 'guess')).body.code);
  expect(codes).toContain('signIn.locked');
  const flood = await Promise.all(
    Array.from({ length: 70 }, () => anybody.ask('/api/v1/session', { method: 'POST', body: {} })),
  );
  expect(flood.some((said) => said.status === 429)).toBe(true);
});

test('signing out ends the session at once', async () => {
  const clerk = await demo().as('chenlijuan');
  expect((await clerk.ask('/api/v1/worklist')).status).toBe(200);
  expect((await clerk.ask('/api/v1/session', { method: 'DELETE' })).status).toBe(204);
  expect((await clerk.ask('/api/v1/worklist')).status).toBe(401);
});

test('another site cannot make a signed-in browser act', async () => {
  const clerk = await demo().as('chenlijuan');
  const body = { matter: 'complaint', channel: 'phone', values: usual() };
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    const refused = await clerk.ask<WireProblem>('/api/v1/cases', { method: 'POST', body, headers });
    expect(refused.body, JSON.stringify(headers)).toMatchObject({ status: 403, code: 'request.crossSite' });
  }
  const same = await clerk.ask('/api/v1/cases', { method: 'POST', body, headers: { origin: demo().url } });
  expect(same.status).toBe(201);
});

test('every answer forbids framing, sniffing and scripts of others', async () => {
  for (const path of ['/healthz', '/api/v1/session', '/api/v1/nothing']) {
    const { headers } = await demo().anybody.ask(path);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('it says whether it lives, whether it is ready, and how it is doing', async () => {
  const { anybody } = demo();
  expect((await anybody.ask('/healthz')).body).toEqual({ status: 'ok' });
  expect((await anybody.ask('/readyz')).body).toEqual({
    status: 'ready',
    checks: { database: true, migrations: true, worker: true },
  });
  const measured = await anybody.ask('/metrics');
  for (const name of [
    'huiyin_http_seconds_bucket',
    'huiyin_handle_seconds',
    'huiyin_timer_lag_seconds',
    'huiyin_jobs_waiting',
    'nodejs_eventloop_lag',
  ])
    expect(measured.text).toContain(name);
  expect((await anybody.ask('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(404);
});
