import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isInner } from '#handling/inner-address.ts';
import type { WebhookView } from '#http/contract/webhook.ts';
import { contacted, site } from './support.ts';

const at = site({ webhookPrivate: true });

interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
}
/** A program at the other end, with a real server; it answers as it is told. */
const heard: Heard[] = [];
let says: number[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    heard.push({ headers: request.headers, body });
    response.writeHead(says.shift() ?? 200).end('noted');
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => new Promise((done) => server.close(done)));

const fits = ({ headers, body }: Heard, secret: string): boolean[] => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const wanted = Buffer.from(createHmac('sha256', key).update(signed).digest('base64'));
  return String(headers['webhook-signature'])
    .split(' ')
    .map((one) => Buffer.from(one.replace(/^v1,/, '')))
    .map((one) => one.length === wanted.length && timingSafeEqual(one, wanted));
};
const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 400 && !(await done()); i += 1) await new Promise((go) => setTimeout(go, 25));
  expect(await done()).toBe(true);
};
const administrator = () => at().as('xukai');

interface Deliveries {
  items: { id: string; status: string; type: string; attempts: { status: number | null; answer: string }[] }[];
}

test('a subscriber hears, signed, of what it asked for and of nothing else, without personal data', async () => {
  const manager = await administrator();
  const made = await manager.ask<{ webhook: WebhookView; secret: string }>('/api/v1/webhooks', {
    method: 'POST',
    body: {
      label: '工程系统',
      url,
      filter: { events: ['caseRegistered', 'stepTaken'], matters: ['complaint'], estates: ['JX'] },
      fields: ['number', 'state', 'estate', 'summary'],
    },
  });
  expect(made.status, made.text).toBe(201);
  const clerk = await at().as('chenlijuan');
  const place = (await clerk.ask<{ id: string }[]>('/api/v1/premises?q=锦绣3-1-502')).body[0]?.id ?? null;
  const known = await clerk.register({
    content: '楼道灯不亮，打 13800001234',
    place: { premisesId: place, text: '锦绣花园3栋1单元502' },
  });
  await clerk.register();
  await clerk.take(known.id, 'contact', contacted, known.seq);
  await until(() => heard.length >= 2);
  await at().program.handling.drainJobs();
  const told = heard.map(({ body }) => JSON.parse(body));
  expect(told.map(({ type, data }) => [type, data.number, data.state])).toEqual(
    expect.arrayContaining([
      ['caseRegistered', known.number, 'registered'],
      ['stepTaken', known.number, 'contacted'],
    ]),
  );
  expect(told).toHaveLength(2);
  expect(told[0].data.estate).toEqual({ code: 'JX', name: '锦绣花园' });
  for (const one of heard) {
    expect(fits(one, made.body.secret)).toEqual([true]);
    expect(one.body).not.toMatch(/13800001234|王小明|502/);
  }

  const fresh = await manager.ask<{ secret: string }>(`/api/v1/webhooks/${made.body.webhook.id}/secret`, {
    method: 'POST',
  });
  const again = await manager.ask<Deliveries>(`/api/v1/webhooks/${made.body.webhook.id}/deliveries`);
  const [one] = again.body.items;
  heard.splice(0);
  const sent = await manager.ask(`/api/v1/webhooks/${made.body.webhook.id}/deliveries/${one?.id}/sending`, {
    method: 'POST',
  });
  expect(sent.status, sent.text).toBe(202);
  await until(() => heard.length === 1);
  expect(heard[0]?.headers['webhook-id']).toBe(one?.id);
  for (const secret of [fresh.body.secret, made.body.secret])
    expect(heard[0] && fits(heard[0], secret).some(Boolean)).toBe(true);
  await manager.ask(`/api/v1/webhooks/${made.body.webhook.id}`, { method: 'PATCH', body: { status: 'ended' } });
});

test('what fails is tried again and noted; after three days without success it pauses, and resuming sends what was held', async () => {
  const manager = await administrator();
  const made = await manager.ask<{ webhook: WebhookView; secret: string }>('/api/v1/webhooks', {
    method: 'POST',
    body: { label: '大屏', url, filter: { events: ['caseRegistered'] } },
  });
  const path = `/api/v1/webhooks/${made.body.webhook.id}`;
  const deliveries = async (): Promise<Deliveries['items']> =>
    (await manager.ask<Deliveries>(`${path}/deliveries`)).body.items;
  heard.splice(0);
  says = [500];
  const clerk = await at().as('chenlijuan');
  await clerk.register();
  await until(async () => (await deliveries())[0]?.status === 'sent');
  const [tried] = await deliveries();
  expect(tried?.attempts.map(({ status, answer }) => [status, answer])).toEqual([
    [500, 'noted'],
    [200, 'noted'],
  ]);
  expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);

  says = [503];
  await clerk.register();
  await until(async () => (await deliveries())[0]?.attempts.length === 1);
  says = [503, 503, 503];
  await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { advance: 'P4D' } });
  await until(async () => {
    const list = await manager.ask<{ items: WebhookView[] }>('/api/v1/webhooks');
    return list.body.items[0]?.status === 'paused';
  });
  const [paused] = (await manager.ask<{ items: WebhookView[] }>('/api/v1/webhooks')).body.items;
  expect(paused?.pausedWhy).toBe('failing');
  expect((await deliveries()).some(({ status }) => status === 'held')).toBe(true);
  const told = await manager.ask<{ items: { notice: string; text: { zh: string } }[] }>('/api/v1/notices');
  const bell = told.body.items.filter(({ notice }) => notice === 'webhookPaused');
  expect(bell.map(({ text }) => text.zh)).toEqual([expect.stringContaining('大屏')]);
  says = [];
  const resumed = await manager.ask<WebhookView>(path, { method: 'PATCH', body: { status: 'active' } });
  expect(resumed.body.status).toBe('active');
  await until(async () => (await deliveries()).every(({ status }) => status === 'sent'));
  await manager.ask(path, { method: 'PATCH', body: { status: 'ended' } });
});

test('a program reads the feed page by page from where it was, and sees each event once', async () => {
  const clerk = await at().as('chenlijuan');
  interface Page {
    items: { type: string; cursor: string; data: { number: string } }[];
    next: string;
    more: boolean;
  }
  const read = async (query: string): Promise<Page> => (await clerk.ask<Page>(`/api/v1/feed?${query}`)).body;
  const { next: begin } = await read('after=latest');
  const numbers = new Set<string>();
  for (let i = 0; i < 3; i += 1) numbers.add((await clerk.register()).number);
  const seen: Page['items'] = [];
  let after = begin;
  await until(async () => {
    const page = await read(`after=${after}&limit=4&fields=number`);
    seen.push(...page.items);
    after = page.next;
    return new Set(seen.map(({ data }) => data.number)).size === 3 && !page.more && page.items.length === 0;
  });
  expect(new Set(seen.map(({ cursor }) => cursor)).size).toBe(seen.length);
  expect(new Set(seen.map(({ data }) => data.number))).toEqual(numbers);
  expect((await clerk.ask('/api/v1/feed?after=nowhere')).status).toBe(422);
});

test('nobody but those who administer the company subscribes, and nothing is sent to addresses inside', async () => {
  const clerk = await at().as('chenlijuan');
  expect((await clerk.ask('/api/v1/webhooks')).status).toBe(403);
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '192.168.1.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
  ];
  for (const address of inside) expect(isInner(address), address).toBe(true);
  for (const address of ['1.1.1.1', '223.5.5.5', '2400:3200::1']) expect(isInner(address), address).toBe(false);
});
