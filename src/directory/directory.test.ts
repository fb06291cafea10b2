import { beforeAll, expect, test } from 'vitest';
import { complainedOf } from '#case/dispatch/words.ts';
import { withTenant } from '#db/pool.ts';
import { until } from '#db/process.ts';
import { testDatabase } from '#db/testing.ts';
import { openDirectoryCache } from './cache.ts';
import { candidates } from './candidates.ts';
import { createDemoCompany, demoPerson } from './demo/company.ts';
import { directoryAt, loadDirectory } from './directory.ts';
import { loadSnapshot } from './snapshot.ts';

const db = testDatabase();
const monday = Date.parse('2026-03-02T10:00:00+08:00');
const nobody = async (): Promise<void> => undefined;

beforeAll(async () => {
  await createDemoCompany(db.appPool, nobody, monday);
});

test('every post that the procedure needs has somebody in it', async () => {
  const directory = await loadDirectory(db.appPool, 'demo', monday);
  const count = Object.fromEntries(
    [
      'receptionist',
      'caseOfficer',
      'departmentHead',
      'handler',
      'propertyManager',
      'qualityManager',
      'archivist',
      'generalManager',
      'administrator',
    ].map((post) => [post, directory.holders(post).length]),
  );
  expect(count).toEqual({
    receptionist: 3,
    caseOfficer: 2,
    departmentHead: 5,
    handler: 12,
    propertyManager: 2,
    qualityManager: 1,
    archivist: 1,
    generalManager: 1,
    administrator: 1,
  });
  for (const code of ['gardening', 'engineering', 'security', 'cleaning', 'service'])
    expect(directory.members(code).some((p) => p.posts.includes('departmentHead'))).toBe(true);
  expect(directory.unit('gardening')).toMatchObject({ code: 'gardening', name: '绿化部' });
  expect(directory.unit('navy')).toBeUndefined();
  expect(directory.members('navy')).toEqual([]);
});

test('the way up leads from a gardener over the head of his department to the general manager, and ends there', async () => {
  const directory = await loadDirectory(db.appPool, 'demo', monday);
  const up = (key: string): string | undefined => directory.superior(demoPerson(key))?.name;
  expect(up('wujianping')).toBe('孙国庆');
  expect(up('sunguoqing')).toBe('何国栋');
  expect(up('linzhiyuan')).toBe('何国栋');
  expect(up('xukai')).toBe('何国栋');
  expect(up('heguodong')).toBeUndefined();
  expect(up('nobody')).toBeUndefined();
});

test('a superior named for one person goes before the head of the unit', async () => {
  const directory = await loadDirectory(db.appPool, 'demo', monday);
  expect(directory.superior(demoPerson('dongqiang'))?.name).toBe('钱卫民');
});

test('a post counts from its first day to its last, and the head who has left is nobody’s superior', async () => {
  await withTenant(db.appPool, 'demo', (client) =>
    client.query(
      `insert into huiyin.post_assignment (tenant_id, person_id, post, unit_id, from_date, to_date)
       select tenant_id, $1, 'qualityManager', unit_id, '2026-05-01', '2026-05-10' from huiyin.unit where code = 'quality'`,
      [demoPerson('chenlijuan')],
    ),
  );
  const snapshot = await loadSnapshot(db.appPool, 'demo');
  const holds = (local: string): boolean =>
    directoryAt(snapshot, Date.parse(`${local}+08:00`))
      .holders('qualityManager')
      .some((p) => p.name === '陈丽娟');
  expect([
    holds('2026-04-30T23:59:59'),
    holds('2026-05-01T00:00:00'),
    holds('2026-05-10T23:59:59'),
    holds('2026-05-11T00:00:00'),
  ]).toEqual([false, true, true, false]);
  const gone = { ...snapshot, people: snapshot.people.map((p) => (p.name === '孙国庆' ? { ...p, active: false } : p)) };
  const after = directoryAt(gone, monday);
  expect(after.superior(demoPerson('wujianping'))?.name).toBe('何国栋');
  expect(after.person(demoPerson('sunguoqing'))?.active).toBe(false);
  expect(after.members('gardening').map((p) => p.name)).not.toContain('孙国庆');
});

test('the assignee suggested is a worker on shift with the least to do; the person complained of is passed over and it says why (S1-03)', async () => {
  const snapshot = await loadSnapshot(db.appPool, 'demo');
  const load = new Map([[demoPerson('wujianping'), 4]]);
  const exclude = new Map([[demoPerson('fengdahai'), complainedOf]]);
  const offered = candidates(snapshot, 'gardening', { now: monday, load, exclude });
  expect(offered.map((c) => [c.name, c.onShift, c.load, c.passedOver])).toEqual([
    ['吴建平', true, 4, false],
    ['孙国庆', true, 0, false],
    ['郑秀莲', false, 0, false],
    ['冯大海', true, 0, true],
  ]);
  expect(offered.map((c) => c.reason.zh)).toEqual([
    '当班至 17:00，在办 4 件',
    '当班至 17:00，在办 0 件',
    '不当班，03-04 07:30 上班，在办 0 件',
    '被投诉人，须回避',
  ]);
});

test('a change of the organisation is seen by whoever keeps a copy of it', async () => {
  const cache = await openDirectoryCache(db.appPool);
  try {
    const before = await cache.at('demo', monday);
    expect(await cache.at('demo', monday + 1)).toBe(before);
    await withTenant(db.appPool, 'demo', (client) =>
      client.query(`update huiyin.person set name = '周晓燕（新）' where person_id = $1`, [demoPerson('zhouxiaoyan')]),
    );
    const seen = await until(
      async () => (await cache.at('demo', monday)).person(demoPerson('zhouxiaoyan'))?.name === '周晓燕（新）',
      2_000,
      20,
    );
    expect(seen).toBe(true);
    await expect(cache.at('nosuch', monday)).rejects.toThrow(/nosuch/);
  } finally {
    cache.close();
  }
});

test('one company sees nothing of another, and without a company nothing is seen at all', async () => {
  await withTenant(db.appPool, 'other', (client) =>
    client.query(`insert into huiyin.tenant (tenant_id, name_zh) values ('other', '别家物业')`),
  );
  const tables = [
    'tenant',
    'unit',
    'person',
    'post_assignment',
    'superior',
    'shift',
    'premises',
    'equipment',
    'resident',
    'login',
    'sign_in_guard',
    'staff_session',
    'api_key',
    'case_link',
    'access_log',
  ];
  for (const table of tables) {
    const bare = await db.appPool.query(`select 1 from huiyin.${table}`);
    expect([table, bare.rowCount]).toEqual([table, 0]);
    const foreign = await withTenant(db.appPool, 'other', (client) =>
      client.query(`select 1 from huiyin.${table} where tenant_id <> 'other'`),
    );
    expect([table, foreign.rowCount]).toEqual([table, 0]);
  }
  const smuggled = withTenant(db.appPool, 'other', (client) =>
    client.query(`insert into huiyin.person (tenant_id, person_id, name) values ('demo', gen_random_uuid(), '外人')`),
  );
  await expect(smuggled).rejects.toThrow(/row-level security/);
});
