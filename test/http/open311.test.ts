import { expect, test } from 'vitest';
import { keepRequest } from '#channels/open311/kept.ts';
import { apiKeyOf } from '#directory/account/api-key.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { site } from './support.ts';

const at = site();
const V2 = '/open311/v2';
const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

interface Sr {
  service_request_id: string;
  status: string;
  status_notes: string;
  service_code: string;
  description: string | null;
  address: string;
  agency_responsible: string | null;
  expected_datetime: string | null;
  requested_datetime: string;
  token?: string;
}

/** A key as another program holds it. */
const keyOf = async (scopes: ('read' | 'write')[] = ['read', 'write']): Promise<string> =>
  ((await at().machine('receptionist', scopes)).headers.authorization ?? '').replace('Bearer ', '');

const report = (key: string, over: Record<string, string> = {}): string =>
  new URLSearchParams({
    api_key: key,
    service_code: 'S1.complaint.facility.lighting',
    address_string: '锦绣花园3栋1单元502',
    description: '楼道灯三天不亮，请拨 13800001234',
    first_name: '小明',
    last_name: '王',
    phone: '13800001234',
    ...over,
  }).toString();

const post = (body: string, end = 'json') =>
  at().anybody.ask<Sr[]>(`${V2}/requests.${end}`, { method: 'POST', headers: { 'content-type': FORM }, body });

test('another program finds the way from the discovery to the services and what each of them asks for', async () => {
  const { anybody } = at();
  const found = await anybody.ask<{ endpoints: { url: string; specification: string; formats: string[] }[] }>(
    '/open311/discovery.json',
  );
  const [endpoint] = found.body.endpoints;
  expect(endpoint).toMatchObject({
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${at().url}${V2}`,
    type: 'test',
    formats: ['text/xml', 'application/json'],
  });
  const services = await anybody.ask<{ service_code: string; service_name: string; metadata: boolean; type: string }[]>(
    `${V2}/services.json`,
  );
  const light = services.body.find(({ service_code }) => service_code === 'S1.complaint.facility.lighting');
  expect(light).toMatchObject({ service_name: '公共照明', metadata: true, type: 'realtime', group: '投诉' });
  expect(services.body.some(({ service_code }) => service_code.startsWith('S1.discipline'))).toBe(false);
  const asked = await anybody.ask<{ service_code: string; attributes: { code: string; datatype: string }[] }>(
    `${V2}/services/S1.complaint.facility.lighting.json`,
  );
  expect(asked.body.service_code).toBe('S1.complaint.facility.lighting');
  expect(asked.body.attributes).toContainEqual(
    expect.objectContaining({ variable: true, code: 'occurredAt', datatype: 'datetime', required: false, order: 1 }),
  );
  const xml = await anybody.ask(`${V2}/services.xml`);
  expect(xml.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect(xml.text).toMatch(
    /^<\?xml version="1\.0" encoding="utf-8"\?>\n<services><service><service_code>S1\.complaint</,
  );
});

test('a request becomes a case with its number and promises, and asking again tells how it stands without personal data', async () => {
  const key = await keyOf();
  const made = await post(report(key));
  expect(made.status, made.text).toBe(201);
  const number = made.body[0]?.service_request_id ?? '';
  const clerk = await at().as('chenlijuan');
  const list = await clerk.ask<{ items: { id: string; number: string }[] }>('/api/v1/worklist?view=all');
  const item = list.body.items.find((one) => one.number === number);
  const seen = await clerk.ask<{ clocks: object[]; values: { category: string } }>(`/api/v1/cases/${item?.id}`);
  expect(seen.body.clocks.length).toBeGreaterThan(0);
  expect(seen.body.values.category).toBe('facility/lighting');

  const [open] = (await at().anybody.ask<Sr[]>(`${V2}/requests/${number}.json`)).body;
  expect(open).toMatchObject({
    status: 'open',
    status_notes: '已收到，等工作人员与您联系',
    service_code: 'S1.complaint.facility.lighting',
    description: null,
    address: '锦绣花园',
  });
  expect(Date.parse(open?.expected_datetime ?? '')).toBeGreaterThan(Date.parse(open?.requested_datetime ?? ''));
  const [keyed] = (await at().anybody.ask<Sr[]>(`${V2}/requests/${number}.json?api_key=${key}`)).body;
  expect(keyed?.address).toBe('锦绣花园3栋');
  expect(keyed?.description).toContain('138****1234');
  for (const one of [open, keyed]) expect(JSON.stringify(one)).not.toMatch(/13800001234|王小明|502/);
});

test('the same request sent twice is one case', async () => {
  const key = await keyOf();
  const body = report(key, { description: '电梯按钮失灵', service_code: 'S1.complaint.facility.lift' });
  const twice = await Promise.all([post(body), post(body)]);
  expect(new Set(twice.map((one) => one.body[0]?.service_request_id)).size).toBe(1);
});

test('a request that was kept when the program went away gets its number by its token', async () => {
  const key = await keyOf();
  const held = await apiKeyOf(at().program.pool, key);
  const kept = await keepRequest(
    at().program.pool,
    {
      tenant: DEMO_TENANT,
      keyId: held?.keyId ?? '',
      estateId: null,
      serviceCode: 'S1.complaint',
      body: report('', { service_code: 'S1.complaint', description: '门禁打不开' }),
    },
    Date.now(),
  );
  const ask = () => at().anybody.ask<Sr[]>(`${V2}/tokens/${kept.token}.json`);
  const [first] = (await ask()).body;
  expect(first).toMatchObject({ token: kept.token, service_request_id: expect.stringMatching(/^TS/) });
  expect((await ask()).body[0]).toEqual(first);
  expect((await at().anybody.ask(`${V2}/tokens/nothing.xml`)).status).toBe(404);
});

test('what is asked for is what is answered: numbers, codes, states, days, estates', async () => {
  const key = await keyOf();
  const jx = await post(
    report(key, { description: '大堂漏水', jurisdiction_id: 'demo.JX', address_string: '3栋1单元502' }),
  );
  const yx = await post(report(key, { description: '水泵房异响', jurisdiction_id: 'demo.YX', address_id: 'YX-PUMP' }));
  const [a = '', b = ''] = [jx, yx].map((one) => one.body[0]?.service_request_id ?? one.text);
  const numbers = async (query: string): Promise<string[]> =>
    (await at().anybody.ask<Sr[]>(`${V2}/requests.json?${query}`)).body.map((one) => one.service_request_id);
  expect(await numbers('jurisdiction_id=demo.YX')).toEqual([b]);
  expect(await numbers('jurisdiction_id=demo.JX')).toContain(a);
  expect(await numbers(`service_request_id=${a},${b}&status=closed`)).toHaveLength(2);
  expect(await numbers('status=closed')).toEqual([]);
  expect(await numbers('service_code=S1.complaint.facility.lighting,S1.complaint')).toContain(a);
  expect(await numbers('service_code=S1.suggestion')).toEqual([]);
  expect(await numbers('start_date=2020-01-01T00:00:00Z')).toEqual([]);
  expect(await numbers('page_size=1&page=2')).toHaveLength(1);
  const wrong = [
    'start_date=2020-01-01T00:00:00Z&end_date=2020-06-01T00:00:00Z',
    'start_date=yesterday',
    'status=done',
    'page_size=1001',
  ];
  for (const query of wrong) expect((await at().anybody.ask(`${V2}/requests.json?${query}`)).status, query).toBe(400);
});

test('without a key only what came this way is told, with one every request of the public services', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register();
  const ask = (query = '') => at().anybody.ask<Sr[]>(`${V2}/requests/${made.number}.json${query}`);
  expect((await ask()).status).toBe(404);
  const keyed = await ask(`?api_key=${await keyOf(['read'])}`);
  expect(keyed.body[0]?.service_request_id).toBe(made.number);
});

test('refusals have the shape of the specification and say what is missing', async () => {
  const key = await keyOf();
  const wrongKey = await post(report('hy_demo.aaaaaaaaaaaaaaaaaaaaaaaa'));
  expect(wrongKey.status).toBe(403);
  expect(wrongKey.body).toEqual([{ code: 403, description: expect.stringContaining('api_key') }]);
  expect((await post(report(await keyOf(['read'])))).status).toBe(403);
  expect((await post(report(key, { service_code: 'S1.nothing' }))).status).toBe(404);
  expect((await post(report(key, { service_code: '' }))).status).toBe(400);
  expect((await post(report(key, { jurisdiction_id: 'nowhere' }))).status).toBe(404);
  const nowhere = await post(report(key, { address_string: '' }), 'xml');
  expect(nowhere.status).toBe(400);
  expect(nowhere.text).toMatch(
    /<errors><error><code>400<\/code><description>.*lat.*<\/description><\/error><\/errors>/,
  );
  const nameless = await post(report(key, { first_name: '', last_name: '', description: '没有留名' }));
  expect(nameless.status).toBe(400);
  expect(nameless.text).toContain('first_name, last_name');
  const strange = await post(report(key, { 'attribute[colour]': 'red', description: '多填了一项' }));
  expect(strange.text).toContain('attribute[colour]');
  expect((await at().anybody.ask(`${V2}/services/S1.complaint`)).status).toBe(400);
});
