import { beforeAll, expect, test } from 'vitest';
import { readPdf } from '#documents/pdf-reader.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { PremisesView } from '#http/contract/directory.ts';
import { type PlacesVerdict, premisesEndpoints } from '#http/contract/premises.ts';
import { enterFirst, ownCompany } from './own-company.ts';
import { type Answer, type Client, site } from './support.ts';

const own = site({ sandbox: false });
let boss: Client;
let estateId = '';

beforeAll(async () => {
  boss = await ownCompany(own());
  estateId = (await boss.ask<PremisesView[]>('/api/v1/premises')).body[0]?.id ?? '';
});

const send = (what: 'preview' | 'import', body: object): Promise<Answer<PlacesVerdict & WireProblem>> =>
  boss.ask(`/api/v1/premises/${what}`, { method: 'POST', body: { estateId, ...body } });
const LINES = ['3栋2单元101 王秀英 13800001234', '3-2-102', '南门绿化带', '13800001234'];

test('a pasted list is judged line by line before anything is written, and is written whole or not at all', async () => {
  const seen = await send('preview', { lines: LINES });
  expect(premisesEndpoints.preview.answers[200].safeParse(seen.body).error).toBeUndefined();
  expect(seen.body.counts).toEqual({ new: 3, known: 0, owner: 0, phone: 0, passed: 0, fault: 1 });
  expect((await boss.ask<PremisesView[]>('/api/v1/premises?q=3-2')).body).toEqual([]);
  const refused = await send('import', { lines: LINES });
  expect(refused.body).toMatchObject({ status: 409, code: 'premises.faulty' });
  expect(refused.body.errors?.[1]).toMatchObject({ field: 'lines.4' });
  expect((await boss.ask<PremisesView[]>('/api/v1/premises?q=3-2')).body).toEqual([]);
  expect((await send('import', { lines: LINES, leaveOutFaulty: true })).status).toBe(200);
  const [room] = (await boss.ask<PremisesView[]>('/api/v1/premises?q=3-2-101')).body;
  expect(room).toMatchObject({ fullName: '春风里3栋2单元101', residents: [{ name: '王**', phone: '138****1234' }] });
  expect((await send('import', { lines: LINES, leaveOutFaulty: true })).body.counts).toMatchObject({
    new: 0,
    known: 3,
  });
});

test('an estate is laid out from a few numbers; senseless or too many are refused with their reason', async () => {
  const generate = {
    buildings: { from: 5, to: 6 },
    entrances: 1,
    floors: { from: 1, to: 11 },
    roomsPerFloor: 2,
  };
  expect((await send('import', { generate })).body.counts).toMatchObject({ new: 44 });
  expect((await send('preview', { generate: { ...generate, buildings: { from: 9, to: 8 } } })).body.field).toBe(
    'generate.buildings.to',
  );
  expect((await send('preview', { generate: { ...generate, buildings: { from: 1, to: 999 } } })).body.code).toBe(
    'premises.tooMany',
  );
  expect((await send('preview', {})).status).toBe(422);
  expect((await send('preview', { lines: ['3-2-101'], generate })).status).toBe(422);
  const added = await boss.ask<{ id: string; code: string }>('/api/v1/premises/estates', {
    method: 'POST',
    body: { name: '秋水台' },
  });
  expect(added.body.code).toBe('E2');
  const there = await send('preview', { estateId: added.body.id, lines: ['5-1-101'] });
  expect(there.body.lines[0]).toMatchObject({ verdict: 'new', place: '秋水台5栋1单元101' });
});

test('the printed codes lead to the owner’s page of their place', async () => {
  await send('import', { lines: ['8栋1单元101', '8栋1单元102', '8栋1单元电梯厅'] });
  const places = await boss.ask<PremisesView[]>(`/api/v1/premises?parent=${estateId}`);
  const building = places.body.find((place) => place.name === '8栋');
  const path = `/api/v1/premises/door-sheet.pdf?building=${building?.id}`;
  const said = await fetch(own().url + path, { headers: boss.headers });
  expect(said.headers.get('content-type')).toBe('application/pdf');
  const paper = readPdf(new Uint8Array(await said.arrayBuffer()));
  for (const words of ['春风里', '8栋1单元', '101', '102', '8栋1单元电梯厅', '扫码报事'])
    expect(paper.text).toContain(words);
  const opened = await Promise.all(paper.links.map(async (link) => (await fetch(link)).text()));
  expect(opened).toHaveLength(5);
  expect(opened.filter((html) => html.includes('春风里8栋1单元101'))).toHaveLength(1);
  const rooms = await fetch(`${own().url}${path}&only=rooms`, { headers: boss.headers });
  expect(readPdf(new Uint8Array(await rooms.arrayBuffer())).text).not.toContain('电梯厅');
  expect((await boss.ask(`/api/v1/premises/door-sheet.pdf?building=${crypto.randomUUID()}`)).status).toBe(404);
  expect((await own().anybody.ask(path)).status).toBe(401);
});

test('the number owners call is printed beside every code once the company has said it', async () => {
  const put = (telephone: string): Promise<Answer<{ telephone: string | null } & WireProblem>> =>
    boss.ask('/api/v1/company/telephone', { method: 'PUT', body: { telephone } });
  expect((await put('打给我')).body).toMatchObject({ status: 422, code: 'company.telephone', field: 'telephone' });
  expect((await put('0571-88001234')).body.telephone).toBe('0571-88001234');
  expect((await boss.ask('/api/v1/company')).body).toEqual({ name: '安居物业', telephone: '0571-88001234' });
  const said = await fetch(`${own().url}/api/v1/premises/door-sheet.pdf?building=${estateId}&only=common`, {
    headers: boss.headers,
  });
  expect(readPdf(new Uint8Array(await said.arrayBuffer())).text).toContain('0571-88001234');
});

test('a clerk cannot add rooms, nor can a program whose key was not made for it', async () => {
  const made = await boss.ask<{ access: { firstPassword: string } }>('/api/v1/people', {
    method: 'POST',
    body: { name: '申普通', unit: 'service', posts: ['receptionist'], username: 'shen' },
  });
  const shen = await enterFirst(own(), 'shen', made.body.access.firstPassword);
  for (const what of ['preview', 'import']) {
    const ask = { method: 'POST', body: { estateId, lines: ['3-2-103'] } };
    expect((await shen.ask<WireProblem>(`/api/v1/premises/${what}`, ask)).body).toMatchObject({
      status: 403,
      code: 'role.notYours',
    });
  }
});
