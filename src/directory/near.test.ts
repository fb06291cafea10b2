import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { createDemoCompany, demoPerson } from './demo/company.ts';
import { demoId } from './demo/ids.ts';
import { premisesId } from './demo/premises.ts';
import { loadDirectory } from './directory.ts';
import { assignPost } from './manage.ts';
import { limitPack } from './pack-scope.ts';
import { type DirectoryTable, insertRows } from './rows.ts';

const db = testDatabase();
const now = Date.parse('2026-03-02T10:00:00+08:00');
const unit = (code: string): string => demoId('unit', code);
const put = (table: DirectoryTable, row: Parameters<typeof insertRows>[3][number]): Promise<void> =>
  withTenant(db.appPool, 'demo', (client) => insertRows(client, table, 'demo', [row]));

async function territory(name: string, place: string, crew: string, to: string | null = null): Promise<void> {
  const territory_id = randomUUID();
  await put('territory', { territory_id, name_zh: name });
  await put('territory_place', { territory_id, premises_id: premisesId(place) });
  await put('territory_crew', { territory_id, unit_id: unit(crew), from_date: '2026-01-01', to_date: to });
}

beforeAll(async () => {
  await createDemoCompany(db.appPool, async () => undefined, now);
  for (const [key, at] of [
    ['zhaominghui', 'gardening'],
    ['chenlijuan', 'service'],
  ] as const)
    await assignPost(db.appPool, 'demo', {
      personId: demoPerson(key),
      post: 'areaOfficer',
      unit: at,
      from: '2016-03-01',
    });
  await territory('锦绣全区', 'JX', 'service');
  await territory('3 栋', 'JX-3', 'gardening');
  await territory('5 栋（已交还）', 'JX-5', 'gardening', '2026-02-28');
});

const nameNear = async (place: string, post = 'areaOfficer'): Promise<string[]> =>
  (await loadDirectory(db.appPool, 'demo', now)).near(post, premisesId(place)).map((person) => person.name);

test('S6-68 · S7-66 · the officer bound to a building answers for its rooms, the one of the estate for all others', async () => {
  const [ofBuilding, ofEstate] = await Promise.all([nameNear('JX-3-1-502'), nameNear('JX')]);
  expect(ofBuilding).toHaveLength(1);
  expect(ofEstate).toHaveLength(1);
  expect(ofBuilding).not.toEqual(ofEstate);
  expect(await nameNear('JX-5')).toEqual(ofEstate);
  expect(await nameNear('YX')).toEqual([]);
  expect(await nameNear('JX-3', 'handler')).not.toContain(ofEstate[0]);
});

test('a procedure limited to an estate covers every room of it, and names that estate for a place outside', async () => {
  expect((await limitPack(db.appPool, 'demo', 'S7', [premisesId('JX')])).ok).toBe(true);
  const directory = await loadDirectory(db.appPool, 'demo', now);
  expect(directory.outOfScope('S7', premisesId('JX-3-1-502'))).toBeNull();
  expect(directory.outOfScope('S7', premisesId('YX'))).toHaveLength(1);
  expect(directory.outOfScope('S6', premisesId('YX'))).toBeNull();
});
