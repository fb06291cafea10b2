import { expect, test } from 'vitest';
import { readPurpose } from '#db/purpose.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { SessionView } from '#http/contract/session.ts';
import { type Ask, type Client, site } from './support.ts';

const local = site({ sandbox: false, fresh: true });
const open = site({ sandbox: false, fresh: true, code: 'ABCDE-FGH23' });

const company = {
  choice: 'own',
  company: '安居物业',
  estate: '春风里',
  administrator: { name: '钱经理', username: 'qian', password: 'a long enough one' },
};
const choose = (anybody: Client, body: object, headers: Ask['headers'] = {}) =>
  anybody.ask<SessionView & WireProblem>('/api/v1/setup', { method: 'POST', body, headers });

test('nobody but whoever sits at the machine, or reads its terminal, can claim a fresh installation', async () => {
  const through = { 'x-forwarded-for': '203.0.113.7' };
  for (const body of [company, { choice: 'demo' }]) {
    // Through a proxy on this machine, and under a name that another site made to point here.
    expect((await choose(local().anybody, body, through)).body).toMatchObject({ status: 403, code: 'setup.notHere' });
    const asked = await choose(open().anybody, body, through);
    expect(asked.body).toMatchObject({ status: 403, code: 'setup.codeNeeded' });
    expect(asked.body.messages.zh).toContain('终端');
    expect((await choose(open().anybody, { ...body, code: 'AAAAA-AAAAA' }, through)).body.code).toBe('setup.codeWrong');
  }
  for (const at of [local(), open()]) {
    expect((await at.anybody.ask('/api/v1/setup')).body).toEqual({ state: 'fresh', sandbox: false });
    expect(await readPurpose(at.database.owner)).toBeUndefined();
  }
});

test('with the code from the terminal a company is set up from elsewhere, once, and the demo is then out of reach', async () => {
  const { anybody, database, program } = open();
  const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
  const made = await choose(anybody, { ...company, code: 'abcde fgh23' }, elsewhere);
  expect(made.status, made.text).toBe(201);
  expect(made.body.signedIn?.person.name).toBe('钱经理');
  expect(await readPurpose(database.owner)).toBe('production');
  for (const code of [undefined, 'ABCDE-FGH23'])
    expect((await choose(anybody, { choice: 'demo', code })).body).toMatchObject({ status: 409, code: 'setup.done' });
  const thief = { ...company, administrator: { ...company.administrator, password: 'of another person' } };
  expect((await choose(anybody, thief)).body).toMatchObject({ status: 409, code: 'setup.done' });
  // Its duties of the calendar are set, and outside work is done.
  expect(await program.handling.drainJobs()).toBe(true);
  const clock = await anybody.ask<WireProblem>('/api/v1/sandbox/clock', { method: 'POST', body: { advance: 'PT1H' } });
  expect(clock.body.code).toBe('sandbox.none');
});

test('whoever chooses the demo gets it at once: people to be, a clock to move, and no company can be founded in it', async () => {
  const { anybody, database } = local();
  const [one, two] = await Promise.all([choose(anybody, { choice: 'demo' }), choose(anybody, { choice: 'demo' })]);
  expect([one.status, two.status], one.text).toEqual([201, 201]);
  expect(one.body).toMatchObject({ sandbox: true, setup: 'ready', company: { demo: true } });
  expect(await readPurpose(database.owner)).toBe('sandbox');
  expect((await choose(anybody, company)).body).toMatchObject({ status: 409, code: 'setup.done' });
  const clerk = await local().as('chenlijuan');
  const made = await clerk.register();
  const moved = await clerk.ask<{ fired: { timers: number } }>('/api/v1/sandbox/clock', {
    method: 'POST',
    body: { advance: 'PT25H' },
  });
  expect(moved.body.fired.timers).toBeGreaterThan(0);
  const late = await clerk.ask<{ clocks: { breachedAt: string | null }[] }>(`/api/v1/cases/${made.id}`);
  expect(late.body.clocks.some((run) => run.breachedAt !== null)).toBe(true);
});
