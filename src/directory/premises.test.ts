import { beforeAll, expect, test } from 'vitest';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { createDemoCompany, demoPerson } from './demo/company.ts';
import { premisesId } from './demo/premises.ts';
import {
  doorSheet,
  placeById,
  placeOfDoor,
  placesUnder,
  residentsByContact,
  residentsOf,
  searchPlaces,
} from './premises.ts';
import { looksAt, revealPersonal } from './reveal.ts';

const db = testDatabase();
const now = Date.parse('2026-03-02T10:00:00+08:00');

beforeAll(async () => {
  await createDemoCompany(db.appPool, async () => undefined, now);
});

test('the demo has two estates, eight buildings and four hundred rooms, each with an owner who can be called', async () => {
  const count = await withTenant(db.appPool, 'demo', (client) =>
    client.query(
      `select kind, count(*) as n from huiyin.premises where kind in ('estate', 'building', 'room') group by kind order by kind`,
    ),
  );
  expect(count.rows).toEqual([
    { kind: 'building', n: 8 },
    { kind: 'estate', n: 2 },
    { kind: 'room', n: 400 },
  ]);
  const bad = await withTenant(db.appPool, 'demo', (client) =>
    client.query(`select 1 from huiyin.premises p where kind = 'room' and not exists
      (select from huiyin.resident r where r.premises_id = p.premises_id and relation = 'owner' and phone ~ '^1990000[0-9]{4}$')`),
  );
  expect(bad.rowCount).toBe(0);
});

test('a clerk finds a room by typing a few signs of it', async () => {
  const find = async (typed: string): Promise<string[]> =>
    (await searchPlaces(db.appPool, 'demo', typed)).map((p) => p.fullName);
  expect((await find('锦绣 3 2 502'))[0]).toBe('锦绣花园3栋2单元502');
  expect((await find('云溪里1-1-1501'))[0]).toBe('云溪里1栋1单元1501');
  expect((await find('中心绿化'))[0]).toBe('锦绣花园中心绿化带');
  expect(await find('%')).toEqual([]);
  expect(await find('')).toEqual([]);
});

test('a caller is known by the number however it is written, and nobody by a piece of one', async () => {
  const [resident] = await residentsOf(db.appPool, 'demo', premisesId('JX-3-2-502'), now);
  if (!resident?.phone) throw new Error('room 502 has no owner');
  const spaced = `+86 ${resident.phone.slice(0, 3)}-${resident.phone.slice(3, 7)}-${resident.phone.slice(7)}`;
  expect(await residentsByContact(db.appPool, 'demo', spaced, now)).toContainEqual(resident);
  expect(await residentsByContact(db.appPool, 'demo', '199', now)).toEqual([]);
  expect(await residentsByContact(db.appPool, 'demo', '13800000000', now)).toEqual([]);
  expect((await residentsByContact(db.appPool, 'demo', 'Resident1@example.com', now)).map((r) => r.place)).toEqual([
    '锦绣花园1栋1单元101',
  ]);
});

test('the code on a sign tells the place or the lift it hangs at, and cannot be guessed from the place', async () => {
  const sheet = await doorSheet(db.appPool, 'demo', premisesId('JX-3-2'));
  const room = sheet.find((s) => s.name === '锦绣花园3栋2单元502');
  const lift = sheet.find((s) => s.name === '锦绣花园3栋2单元 电梯');
  expect(sheet).toHaveLength(1 + 1 + 22 + 3);
  expect(await placeOfDoor(db.appPool, room?.code ?? '')).toMatchObject({
    tenant: 'demo',
    place: { code: 'JX-3-2-502' },
    equipment: null,
  });
  expect(await placeOfDoor(db.appPool, lift?.code ?? '')).toMatchObject({
    place: { code: 'JX-3-2' },
    equipment: { name: '电梯' },
  });
  for (const wrong of ['', 'demo.JX-3-2-502', 'JX-3-2-502', `${room?.code}x`])
    expect(await placeOfDoor(db.appPool, wrong)).toBeNull();
});

test('one can walk from the estates down to a room', async () => {
  const estates = await placesUnder(db.appPool, 'demo', null);
  expect(estates.map((p) => p.name)).toEqual(['锦绣花园', '云溪里']);
  const inside = await placesUnder(db.appPool, 'demo', premisesId('JX'));
  expect(inside.map((p) => p.name)).toContain('中心绿化带');
  expect(await placeById(db.appPool, 'demo', premisesId('JX-1'))).toMatchObject({
    name: '1栋',
    handedOverOn: '2016-06-30',
  });
  expect(await placeById(db.appPool, 'demo', 'not an id')).toBeUndefined();
});

test('personal data is shown in clear only for a reason, and the look stays written down for good (S1-05)', async () => {
  const actor = { kind: 'staff', personId: demoPerson('fangjing'), name: '方静' } as const;
  const caseId = demoPerson('a case');
  const look = (reason: string): ReturnType<typeof revealPersonal<string>> =>
    revealPersonal(
      db.appPool,
      'demo',
      actor,
      { caseId, fields: ['contact.phone'], reason },
      now,
      async () => '19900000001',
    );
  expect(await look('  ')).toMatchObject({ refusal: { code: 'reveal.reason', field: 'reason' } });
  expect(await looksAt(db.appPool, 'demo', caseId)).toEqual([]);
  expect(await look('回访核实')).toEqual({ ok: true, value: '19900000001' });
  expect(await looksAt(db.appPool, 'demo', caseId)).toEqual([
    { at: now, personName: '方静', caseId, fields: ['contact.phone'], reason: '回访核实' },
  ]);
  const wipe = withTenant(db.appPool, 'demo', (client) => client.query('delete from huiyin.access_log'));
  await expect(wipe).rejects.toThrow(/permission denied/);
  const edit = withTenant(db.appPool, 'demo', (client) => client.query(`update huiyin.access_log set reason = '无'`));
  await expect(edit).rejects.toThrow(/permission denied/);
});
