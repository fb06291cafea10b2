import pg from 'pg';
import { expect, test } from 'vitest';
import { migrate, readMigrations } from './migrate.ts';
import { claimPurpose } from './purpose.ts';
import { createTestDatabase, testDatabase } from './testing.ts';

const db = testDatabase();

test('the running server cannot change the schema, only the owner can', async () => {
  await expect(db.appPool.query('create table huiyin.mine (a int)')).rejects.toThrow(/permission denied/);
  await expect(db.appPool.query('delete from huiyin.migration')).rejects.toThrow(/permission denied/);
  const who = await db.appPool.query(
    'select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
  );
  expect(who.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false }]);
});

test('two servers starting at the same moment run every migration once', async () => {
  const empty = await createTestDatabase({ migrated: false });
  const [first, second] = await Promise.all([migrate(empty.owner), migrate(empty.owner)]);
  const names = readMigrations().map((m) => m.name);
  expect([...first, ...second].sort()).toEqual([...names].sort());
  expect(await migrate(empty.owner)).toEqual([]);
  await empty.drop();
});

test('an applied migration that was edited afterwards is refused', async () => {
  const edited = readMigrations().map((m) => (m.number === 1 ? { ...m, checksum: 'other' } : m));
  await expect(migrate(db.owner, edited)).rejects.toMatchObject({ code: 'db.editedMigration' });
});

test('a database written by a newer version is refused', async () => {
  const newer = { number: 9999, name: 'of_tomorrow', checksum: 'c', sql: 'create table huiyin.of_tomorrow (a int)' };
  const other = await createTestDatabase();
  await migrate(other.owner, [...readMigrations(), newer]);
  await expect(migrate(other.owner)).rejects.toMatchObject({
    code: 'db.tooNew',
    text: { zh: expect.stringContaining('9999') },
  });
  await other.drop();
});

test('a migration that fails leaves nothing behind and can be run again', async () => {
  const broken = { number: 9998, name: 'broken', checksum: 'b', sql: 'create table huiyin.half (a int); select 1/0' };
  const other = await createTestDatabase();
  await expect(migrate(other.owner, [...readMigrations(), broken])).rejects.toThrow(/9998 broken failed/);
  const half = await other.ownerPool.query(`select to_regclass('huiyin.half') as half`);
  expect(half.rows).toEqual([{ half: null }]);
  expect(await migrate(other.owner, [...readMigrations(), { ...broken, sql: 'select 1' }])).toEqual(['broken']);
  await other.drop();
});

test('a demo never opens a production database, nor a company a demo', async () => {
  const [shop, demo] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await claimPurpose(shop.owner, 'production');
  await claimPurpose(shop.owner, 'production');
  await expect(claimPurpose(shop.owner, 'sandbox')).rejects.toMatchObject({ code: 'purpose.production' });
  await claimPurpose(demo.owner, 'sandbox');
  await expect(claimPurpose(demo.owner, 'production')).rejects.toMatchObject({ code: 'purpose.sandbox' });
  await Promise.all([shop.drop(), demo.drop()]);
});

test('a test that forgets to close a connection fails', async () => {
  const other = await createTestDatabase();
  const forgotten = new pg.Client(other.app);
  forgotten.on('error', () => undefined);
  await forgotten.connect();
  await forgotten.query('select 42');
  await expect(other.drop()).rejects.toThrow(/leaked 1 database connection.*select 42/);
});
