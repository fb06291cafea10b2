import { beforeAll, expect, test } from 'vitest';
import { demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import type { CaseView } from '#http/contract/case.ts';
import { wire } from '#http/moment.ts';
import { samplePackWithPolice } from '../support/sample-pack.ts';
import { type Answer, type Client, site } from './support.ts';

const at = site();

beforeAll(async () => {
  const said = await at().program.handling.publish(DEMO_TENANT, {
    sources: samplePackWithPolice(),
    by: 'test',
    reviewNote: '',
  });
  expect(said.ok).toBe(true);
});

interface Link {
  url: string;
  expiresAt: string | null;
}

/** Something found, and the clerk who keeps it. */
async function found(): Promise<{ clerk: Client; id: string }> {
  const clerk = await at().as('zhouxiaoyan');
  const values = {
    content: '一只黑色皮夹，失主电话 13900001111',
    place: '锦绣花园3栋1单元502',
    occurredAt: '2026-03-01T20:00:00+08:00',
    contactPhone: '13800005678',
    kind: 'other',
  };
  const made = await clerk.ask<CaseView>('/api/v1/cases', {
    method: 'POST',
    body: { matter: 'found', channel: 'counter', values },
  });
  expect(made.status, made.text).toBe(201);
  return { clerk, id: made.body.id };
}

const ask = (clerk: Client, id: string, body: object): Promise<Answer<Link & { code: string }>> =>
  clerk.ask(`/api/v1/cases/${id}/outside-page`, { method: 'POST', body });

const open = (url: string): Promise<{ status: number; text: string }> =>
  fetch(url, { headers: { 'accept-language': 'zh-CN' } }).then(async (said) => ({
    status: said.status,
    text: await said.text(),
  }));

const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

/** Fills the form of a step as a browser without script would. */
async function send(url: string, step: string, fields: Record<string, string>): Promise<Response> {
  const form = await open(`${url}/do/${step}`);
  expect(form.status).toBe(200);
  const body = new FormData();
  for (const name of ['key', 'seen', 'seq']) body.set(name, hidden(form.text, name));
  for (const [name, value] of Object.entries(fields)) body.set(`f.${name}`, value);
  return fetch(`${url}/do/${step}`, { method: 'POST', body, redirect: 'manual' });
}

test('a party outside answers by its link once, under its own name; the page shows what was found and nothing about who asked', async () => {
  const { clerk, id } = await found();
  const made = await ask(clerk, id, { role: 'police', name: '城东派出所' });
  expect(made.status, made.text).toBe(201);
  expect(made.body.expiresAt).toMatch(/\+08:00$/);
  const { url } = made.body;
  const page = await open(url);
  expect(page.status).toBe(200);
  expect(page.text).toContain('城东派出所');
  expect(page.text).toContain('黑色皮夹');
  expect(page.text).not.toContain('13900001111');
  expect(page.text).not.toContain('13800005678');
  expect(page.text).toContain('交派出所');
  expect(page.text).not.toContain('认领');

  const empty = await send(url, 'sendToPolice', {});
  expect(empty.status).toBe(422);
  const said = await send(url, 'sendToPolice', { office: '城东派出所张警官已接收' });
  expect(said.status).toBe(303);
  const after = await clerk.ask<CaseView>(`/api/v1/cases/${id}`);
  expect(after.body.state).toBe('givenUp');
  expect(after.body.entries.sendToPolice?.at(-1)?.by).toMatchObject({ kind: 'outside', name: '城东派出所' });

  expect((await open(`${url}?done=sendToPolice`)).text).toContain('谢谢');
  const again = await open(url);
  expect([again.status, again.text.includes('已经答复过了')]).toEqual([410, true]);
  expect((await open(`${url}/do/sendToPolice`)).status).toBe(410);
});

test('a link dies when its limit has passed or a newer one was made, and a wrong one leads nowhere', async () => {
  const { clerk, id } = await found();
  const first = await ask(clerk, id, { role: 'police', name: '城东派出所' });
  const second = await ask(clerk, id, { role: 'police', name: '城东派出所' });
  expect((await open(first.body.url)).text).toContain('已换成新的');
  expect((await open(second.body.url)).status).toBe(200);
  expect((await open(`${second.body.url.slice(0, -3)}xyz`)).status).toBe(404);
  const after = wire(Date.parse(second.body.expiresAt ?? '') + 1_000);
  const moved = await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { now: after } });
  expect(moved.status, moved.text).toBe(200);
  const late = await open(second.body.url);
  expect([late.status, late.text.includes('已过答复期限')]).toEqual([410, true]);
});

test('only a role outside whose turn it is can be asked, and only by people who see the case', async () => {
  const { clerk, id } = await found();
  for (const role of ['keeper', 'owner', 'nobody']) {
    const said = await ask(clerk, id, { role, name: '某人' });
    expect([said.status, said.body.code]).toEqual([409, 'outside.notNow']);
  }
  const stranger = await at().as('yuguifen');
  expect((await ask(stranger, id, { role: 'police', name: '某人' })).status).toBe(404);
  expect(stranger.personId).toBe(demoPerson('yuguifen'));
});
