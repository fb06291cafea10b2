import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { createCluster, startCluster } from './cluster.ts';
import { type Database, openDatabase } from './open.ts';
import { placeFor } from './place.ts';
import { isAlive, until } from './process.ts';
import { testFolder } from './testing.ts';

const folder = testFolder();
let dataDir = '';

beforeAll(async () => {
  dataDir = join(folder, 'data');
  const database = await open();
  await ask(database, 'create table note (n int)');
  await database.stop();
});

const open = (where = dataDir): Promise<Database> => openDatabase({ dataDir: where, what: 'test', exclusive: true });

async function ask<Row extends pg.QueryResultRow>(database: Database, sql: string): Promise<Row[]> {
  const client = new pg.Client(database.owner);
  await client.connect();
  return client
    .query<Row>(sql)
    .then((r) => r.rows)
    .finally(() => client.end());
}

/** A second program on the same folder that writes a row every moment and says each number once it is acknowledged. */
async function writer(): Promise<{ child: ChildProcess; acknowledged: () => number }> {
  const code = `
    const { openDatabase } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)});
    const { default: pg } = await import(${JSON.stringify(import.meta.resolve('pg'))});
    const database = await openDatabase({ dataDir: ${JSON.stringify(dataDir)}, what: 'start', exclusive: true });
    const client = new pg.Client(database.owner);
    await client.connect();
    await client.query('truncate note');
    for (let n = 1; ; n += 1) { await client.query('insert into note values ($1)', [n]); process.stdout.write(n + '\\n'); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.on('data', (part) => {
    said += part;
  });
  const acknowledged = (): number => Number(said.trimEnd().split('\n').at(-1));
  expect(await until(() => acknowledged() >= 20, 20_000)).toBe(true);
  return { child, acknowledged };
}

test('a program killed by force blocks nobody, and every acknowledged row is there', async () => {
  const { child, acknowledged } = await writer();
  child.kill('SIGKILL');
  await until(() => child.signalCode !== null, 5_000);
  const database = await open();
  const [row] = await ask<{ n: number; top: number }>(database, 'select count(*)::int as n, max(n) as top from note');
  await database.stop();
  expect(row?.n).toBe(row?.top);
  expect(row?.n).toBeGreaterThanOrEqual(acknowledged());
});

test('two programs cannot share a data folder; the second is told who has it', async () => {
  const { child } = await writer();
  await expect(open()).rejects.toMatchObject({
    code: 'data.taken',
    text: { en: expect.stringContaining(`pid ${child.pid}`) },
  });
  // A command such as backup joins instead, and leaves the server running when it is done.
  const joined = await openDatabase({ dataDir, what: 'backup' });
  expect(await ask(joined, 'select 1 as one')).toEqual([{ one: 1 }]);
  await joined.stop();
  expect(isAlive(joined.cluster?.pid ?? 0)).toBe(true);
  child.kill('SIGKILL');
  await until(() => child.signalCode !== null, 5_000);
});

test('a server whose supervisor vanished without a trace is adopted and stopped like one of ours', async () => {
  const place = placeFor(dataDir);
  await createCluster(place);
  const orphan = await startCluster(place);
  const database = await open();
  expect(database.cluster).toMatchObject({ pid: orphan.cluster.pid, adopted: true });
  await database.stop();
  expect(await until(() => orphan.child?.exitCode === 0, 2_000)).toBe(true);
});

test('a pid file left by a power cut does not block the start, even when its number now belongs to a stranger', async () => {
  const pidFile = join(placeFor(dataDir).clusterDir, 'postmaster.pid');
  writeFileSync(pidFile, `${process.pid}\n${dataDir}\n1\n5432\n/nowhere\n\n 1 1\nready   \n`);
  const database = await open();
  expect(database.cluster?.adopted).toBe(false);
  await database.stop();
  expect(existsSync(pidFile)).toBe(false);
});

test('a creation cut short is simply done again', async () => {
  const half = join(folder, 'half');
  mkdirSync(join(half, 'postgres/cluster.new/base'), { recursive: true });
  writeFileSync(join(half, 'postgres/cluster.new/PG_VERSION'), '');
  const database = await open(half);
  expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  await database.stop();
});

test('a data folder with a very long name works although sockets may not have one', async () => {
  const deep = join(folder, 'x'.repeat(80), '数据'.repeat(10));
  const database = await open(deep);
  expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  const socketDir = database.cluster?.socketDir ?? '';
  expect(socketDir.length).toBeLessThan(90);
  await database.stop();
  expect(existsSync(socketDir)).toBe(false);
});

test('the server is brought back when it dies under the running program', async () => {
  const database = await open();
  const pid = database.cluster?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  const back = await until(
    () =>
      ask(database, 'select 1 as one').then(
        () => true,
        () => false,
      ),
    15_000,
    50,
  );
  expect(back).toBe(true);
  await database.stop();
});

test('the database listens on no network, keeps checksums and answers in UTF-8 with the builtin locale', async () => {
  const database = await open();
  const rows = await ask(
    database,
    `select current_setting('listen_addresses') as net, current_setting('data_checksums') as sums, current_setting('jit') as jit,
            current_setting('synchronous_commit') as sync, datlocprovider::text as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding
       from pg_database where datname = 'huiyin'`,
  );
  expect(rows).toEqual([
    { net: '', sums: 'on', jit: 'off', sync: 'on', provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' },
  ]);
  const [order] = await ask<{ ok: boolean }>(database, `select lower('ÄÖ') = 'äö' and '你好' ~ '^\\w+$' as ok`);
  expect(order).toEqual({ ok: true });
  await database.stop();
});

test('a cluster of another major version is refused instead of being started', async () => {
  const other = join(folder, 'other');
  const database = await open(other);
  await database.stop();
  const file = join(placeFor(other).clusterDir, 'PG_VERSION');
  const version = readFileSync(file, 'utf8');
  writeFileSync(file, '17\n');
  await expect(open(other)).rejects.toMatchObject({ code: 'db.clusterVersion' });
  writeFileSync(file, version);
});

test('a command that only reads refuses a folder without data instead of making a database there', async () => {
  const nothing = join(folder, 'nothing');
  await expect(openDatabase({ dataDir: nothing, what: 'backup', create: false })).rejects.toMatchObject({
    code: 'data.none',
  });
  expect(existsSync(nothing)).toBe(false);
});
