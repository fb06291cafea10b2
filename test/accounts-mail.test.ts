import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountView } from '#http/contract/account.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { InviteView, StaffView } from '#http/contract/people.ts';
import type { SessionView } from '#http/contract/session.ts';
import type { StepView } from '#http/contract/step.ts';
import { enterFirst, ownCompany } from './http/own-company.ts';
import { type Answer, type Client, site, usual } from './http/support.ts';
import { type MailServers, startMailServers, whyNoMailServers } from './support/mail-servers.ts';
import { MailUser, waitFor } from './support/mail-user.ts';

const why = whyNoMailServers();
let servers: MailServers | undefined;
const own = site({
  sandbox: false,
  channels: async () => {
    if (why !== null) return { mailPlus: true };
    servers = await startMailServers({ from: 21_400, to: 21_499 });
    return { smtpUrl: servers.smtpUrl, mailFrom: '安居物业 <cases@wy.test>', mailPlus: true };
  },
});
const withMail = why === null ? test : test.skip;
const PASSWORD = 'a garden in spring';
let boss: Client;
let mail: MailUser;

beforeAll(async () => {
  boss = await ownCompany(own());
  if (servers) mail = new MailUser(servers);
});
afterAll(async () => servers?.stop());

type Refusable<T> = Answer<T & WireProblem>;
const send = <T>(by: Client, method: string, path: string, body?: object): Promise<Refusable<T>> =>
  by.ask(`/api/v1/${path}`, { method, ...(body ? { body } : {}) });
/** What the latest letter of a box says that none `known` says: post may bring the same letter twice. */
const letter = (box: string, pattern: RegExp, known: readonly string[] = []): Promise<string> =>
  waitFor(async () => {
    const raw = await mail.letters(box);
    const found = await Promise.all(
      raw.map(async (one) => (await simpleParser(Buffer.from(one, 'latin1'))).text ?? ''),
    );
    return found.flatMap((text) => pattern.exec(text)?.[1] ?? []).findLast((one) => !known.includes(one));
  }, `${pattern} in the box ${box}`);

withMail(
  'a proved address takes sign-in codes: asked for by anybody, answered alike, good once and not for long',
  async () => {
    const made = await send<{ person: StaffView; access: { firstPassword: string } }>(boss, 'POST', 'people', {
      name: '有邮箱',
      unit: 'service',
      posts: ['receptionist'],
      username: 'youyou',
      email: 'youyou@home.test',
    });
    const who = await enterFirst(own(), 'youyou', made.body.access.firstPassword);
    const order = (account: string): Promise<Refusable<StepView>> =>
      send(own().anybody, 'POST', 'session/code', { account, way: 'email' });
    const enter = (step: string, code: string): Promise<Refusable<SessionView>> =>
      send(own().anybody, 'POST', 'session/code/entry', { step, code });

    const proof = await send<StepView>(who, 'POST', 'account/contacts', { way: 'email', contact: 'youyou@home.test' });
    expect(proof.status, proof.text).toBe(202);
    const first = await letter('youyou', /验证码：(\d{6})/);
    const proved = await send<AccountView>(who, 'POST', 'account/contacts/proof', {
      step: proof.body.step,
      code: first,
    });
    expect(proved.body.contacts, proved.text).toMatchObject([{ way: 'email', contact: 'youyou@home.test' }]);

    const nobody = await order('nobody-of-that-name');
    const somebody = await order('youyou');
    expect([nobody.status, Object.keys(nobody.body)]).toEqual([somebody.status, Object.keys(somebody.body)]);
    expect((await enter(nobody.body.step, '000000')).body.code).toBe('signIn.wrongCode');
    const code = await letter('youyou', /验证码：(\d{6})/, [first]);
    expect((await enter(somebody.body.step, code === '111111' ? '222222' : '111111')).body.code).toBe(
      'signIn.wrongCode',
    );
    const entered = await enter(somebody.body.step, code);
    expect(entered.body.signedIn?.person.name, entered.text).toBe('有邮箱');
    expect((await enter(somebody.body.step, code)).body.code).toBe('signIn.stepOver');

    const jobs = await own().database.ownerPool.query<{ t: string }>(
      `select coalesce(json_agg(j)::text, '') || (select coalesce(json_agg(s)::text, '') from huiyin.account_step s) as t
       from graphile_worker._private_jobs j`,
    );
    expect(jobs.rows[0]?.t).not.toContain(code);

    const third = await order('youyou@home.test');
    const late = await letter('youyou', /验证码：(\d{6})/, [first, code]);
    await own().database.ownerPool.query(`update huiyin.account_step set expires_at = now()`);
    expect((await enter(third.body.step, late)).body.code).toBe('signIn.stepOver');
    const codes = new Set<string>();
    for (let i = 0; i < 4; i += 1) codes.add((await order('youyou')).body.code);
    expect(codes).toContain('signIn.locked');
  },
);

withMail('an invitation by e-mail carries a link of its own, and the new browser is told to its owner', async () => {
  const made = await send<{ person: StaffView }>(boss, 'POST', 'people', {
    name: '新同事',
    unit: 'service',
    posts: ['receptionist'],
    email: 'xinren@home.test',
  });
  const { id } = made.body.person;
  const invited = await send<InviteView>(boss, 'POST', `people/${id}/invitation`, {
    username: 'xinren',
    byEmail: true,
  });
  expect(invited.body, invited.text).toMatchObject({ url: null, email: 'xinren@home.test' });
  const token = await letter('xinren', /\/join#([\w.-]+)/);
  const accepted = await send<SessionView>(own().anybody, 'POST', 'invitations/acceptance', {
    token,
    password: PASSWORD,
  });
  expect(accepted.body.signedIn?.person.name, accepted.text).toBe('新同事');
  await own().anybody.ask('/api/v1/session', {
    method: 'POST',
    headers: { 'user-agent': 'Some Phone', 'x-forwarded-for': '203.0.113.8' },
    body: { username: 'xinren', password: PASSWORD },
  });
  expect(await letter('xinren', /(Some Phone，网络地址 203\.0\.113\.8)/)).toBeDefined();
});

withMail(
  'an owner who lost his page gets it again by a code to the address he gave, and a stranger learns nothing',
  async () => {
    const { anybody } = own();
    const values = { ...usual(), contactEmail: 'wang@home.test' };
    const body = { matter: 'complaint', channel: 'phone', values };
    const made = await send<{ number: string }>(boss, 'POST', 'cases', body);
    expect(made.status, made.text).toBe(201);
    const form = (path: string, fields: Record<string, string>): Promise<Answer> =>
      anybody.ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
    const stepOf = (said: Answer): string => /name="step" value="([^"]+)"/.exec(said.text)?.[1] ?? '';
    const plain = (said: Answer): string => said.text.replace(/value="[^"]*"|data-now="\d+"/g, '');
    const wrong = await form('/o/find', { number: made.body.number, email: 'other@home.test' });
    const right = await form('/o/find', { number: made.body.number, email: 'wang@home.test' });
    expect(plain(wrong)).toBe(plain(right));
    expect((await form('/o/find/code', { step: stepOf(wrong), code: '000000' })).status).toBe(422);
    const code = await letter('wang', /验证码：(\d{6})/);
    expect((await form('/o/find/code', { step: stepOf(right), code: code === '111111' ? '2' : '111111' })).status).toBe(
      422,
    );
    const found = await form('/o/find/code', { step: stepOf(right), code });
    expect(found.text).toContain(made.body.number);
    expect((await form('/o/find/code', { step: stepOf(right), code })).status).toBe(410);
    await form('/o/find', { number: made.body.number, email: 'wang@home.test' });
    const tired = await form('/o/find', { number: made.body.number, email: 'wang@home.test' });
    expect(tired.status).toBe(429);
  },
);
