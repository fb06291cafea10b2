import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#db/testing.ts';
import { createDemoCompany } from '../demo/company.ts';
import { premisesId } from '../demo/premises.ts';
import { createOwnCompany } from '../first-run.ts';
import { doorSheet, placeOfDoor, placesUnder, residentsByContact, residentsOf, searchPlaces } from '../premises.ts';
import { layOutLines, MOST_ROOMS } from './generate.ts';
import { importPlaces, previewPlaces } from './import.ts';

const db = testDatabase();
const now = Date.parse('2026-03-02T10:00:00+08:00');
let tenant = '';
let estateId = '';

beforeAll(async () => {
  await createDemoCompany(db.appPool, async () => undefined, now);
  const administrator = { name: '钱经理', username: 'qian', password: 'a long enough one' };
  const made = await createOwnCompany(
    db.appPool,
    { company: '安居物业', estate: '春风里', administrator },
    async () => undefined,
    now,
  );
  if (!made.ok) throw new Error(made.refusal.code);
  tenant = made.value.tenant;
  estateId = (await placesUnder(db.appPool, tenant, null))[0]?.id ?? '';
});

const bring = async (lines: string[], leaveOutFaulty = false) => {
  const said = await importPlaces(db.appPool, tenant, { estateId, lines, leaveOutFaulty }, now);
  if (!said.ok) throw new Error(said.refusal.message.en);
  return said.value;
};
const verdicts = ({ lines }: { lines: { verdict: string }[] }): string[] => lines.map((line) => line.verdict);

test('looking at a list beforehand writes nothing; adding it builds the whole way down to the room', async () => {
  const lines = ['3栋2单元101 王秀英 13800001234', '3-2-102', '', '南门绿化带', '3栋2单元电梯厅', '3-2-101'];
  const seen = await previewPlaces(db.appPool, tenant, { estateId, lines }, now);
  if (!seen.ok) throw new Error(seen.refusal.code);
  expect(verdicts(seen.value)).toEqual(['new', 'new', 'new', 'new', 'known']);
  expect(seen.value.lines.at(-1)).toMatchObject({ line: 6, message: { zh: '与第 1 行重复' } });
  expect(await placesUnder(db.appPool, tenant, estateId)).toEqual([]);
  await bring(lines);
  expect((await placesUnder(db.appPool, tenant, estateId)).map((place) => place.name)).toEqual(['3栋', '南门绿化带']);
  const [room] = await searchPlaces(db.appPool, tenant, '3-2-101');
  expect(room).toMatchObject({ kind: 'room', fullName: '春风里3栋2单元101', code: 'E1-3-2-101' });
  expect(await residentsOf(db.appPool, tenant, room?.id ?? '', now)).toMatchObject([
    { name: '王秀英', phone: '13800001234', relation: 'owner' },
  ]);
  expect(await residentsByContact(db.appPool, tenant, '138 0000 1234', now)).toHaveLength(1);
});

test('the same list a second time adds nothing; a new owner or number of a known room is taken over', async () => {
  const before = await doorSheet(db.appPool, tenant, estateId);
  expect(verdicts(await bring(['3栋2单元101 王秀英 13800001234', '三栋二单元102', '南门绿化带']))).toEqual([
    'known',
    'known',
    'known',
  ]);
  const said = await bring(['3-2-101 王秀英 13900005678', '3-2-102 李明 13700001111', '3-2-101 赵强']);
  expect(verdicts(said)).toEqual(['phone', 'owner', 'owner']);
  expect(said.lines[2]?.message.zh).toContain('王**');
  expect(await doorSheet(db.appPool, tenant, estateId)).toEqual(before);
  expect(await residentsByContact(db.appPool, tenant, '13800001234', now)).toEqual([]);
});

test('one faulty line holds the whole list back until somebody says to leave it out', async () => {
  const lines = ['4栋101', '不知道哪里 13800001234', '4栋1单元号'];
  const refused = await importPlaces(db.appPool, tenant, { estateId, lines, leaveOutFaulty: false }, now);
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'premises.faulty', also: [{ field: 'lines.2' }] } });
  expect(await searchPlaces(db.appPool, tenant, '4栋')).toEqual([]);
  await bring(lines, true);
  expect((await searchPlaces(db.appPool, tenant, '4栋101'))[0]).toMatchObject({ code: 'E1-4-0-101' });
});

test('a regular estate is laid out from five numbers, and fits what was typed by hand', async () => {
  const layout = { buildings: { from: 3, to: 4 }, entrances: 2, floors: { from: 1, to: 6 }, roomsPerFloor: 2 };
  const lines = layOutLines(layout);
  if (!lines.ok) throw new Error(lines.refusal.code);
  expect(lines.value).toHaveLength(48);
  const said = await bring(lines.value);
  expect(verdicts(said).filter((verdict) => verdict === 'known')).toHaveLength(2);
  expect(said.places.filter((place) => place.kind === 'room')).toHaveLength(46);
  expect(layOutLines({ ...layout, buildings: { from: 5, to: 4 } })).toMatchObject({
    refusal: { code: 'premises.layout', field: 'generate.buildings.to' },
  });
  const most = layOutLines({ ...layout, buildings: { from: 1, to: 900 } });
  expect(most).toMatchObject({ refusal: { code: 'premises.tooMany' } });
  expect(MOST_ROOMS).toBe(10_000);
});

test('every sign carries a code that leads to its place, under the names people read at the door', async () => {
  const [building] = (await placesUnder(db.appPool, tenant, estateId)).filter((place) => place.name === '3栋');
  const signs = await doorSheet(db.appPool, tenant, building?.id ?? '');
  expect(signs[0]).toMatchObject({ name: '春风里3栋', estate: '春风里', unit: '3栋', room: '' });
  const room = signs.find((sign) => sign.room === '101');
  expect(room).toMatchObject({ estate: '春风里' });
  const door = await placeOfDoor(db.appPool, room?.code ?? '');
  expect(door?.place.fullName).toBe(room?.name);
});

test('rooms of the demo company are recognised as they stand', async () => {
  const list = { estateId: premisesId('JX'), lines: ['3-2-502', '3栋2单元电梯厅', '中心绿化带', '3-2-9901'] };
  const seen = await previewPlaces(db.appPool, 'demo', list, now);
  if (!seen.ok) throw new Error(seen.refusal.code);
  expect(verdicts(seen.value)).toEqual(['known', 'known', 'known', 'new']);
  expect(seen.value.lines[3]?.place).toBe('锦绣花园3栋2单元9901');
  const elsewhere = await previewPlaces(db.appPool, tenant, list, now);
  expect(elsewhere).toMatchObject({ refusal: { code: 'premises.estate' } });
});
