import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backup } from './backup.ts';
import { migrate } from './migrate.ts';
import { type Database, openDatabase } from './open.ts';
import { until } from './process.ts';
import { claimPurpose, readPurpose } from './purpose.ts';
import { restore } from './restore.ts';
import { testFolder } from './testing.ts';

const folder = testFolder();
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ dataDir: join(folder, 'data'), what: 'test' });
  await migrate(database.owner);
  await claimPurpose(database.owner, 'production');
});
afterAll(async () => {
  await database.stop();
});

async function rowsOf<Row extends pg.QueryResultRow>(db: Database, sql: string): Promise<Row[]> {
  const client = new pg.Client(db.owner);
  await client.connect();
  return client
    .query<Row>(sql)
    .then((r) => r.rows)
    .finally(() => client.end());
}

test('a backup taken while people register holds everything acknowledged before it ended, and nothing half-done', async () => {
  await rowsOf(database, 'create table huiyin.pair (n int, half text, pad text)');
  mkdirSync(join(folder, 'data/files'), { recursive: true });
  writeFileSync(join(folder, 'data/files/photo.jpg'), '\x00\xff photo');
  let running = true;
  const acknowledged = new Map<number, number>();
  const writers = [0, 1, 2].map(async (w) => {
    const client = new pg.Client(database.owner);
    await client.connect();
    for (let n = w; running; n += 3) {
      await client.query('begin');
      await client.query(`insert into huiyin.pair values ($1, 'a', repeat('x', 2000))`, [n]);
      await client.query(`insert into huiyin.pair values ($1, 'b', repeat('y', 2000))`, [n]);
      await client.query('commit');
      acknowledged.set(n, Date.now());
    }
    await client.end();
  });
  await until(() => acknowledged.size > 10, 10_000);
  const taken = await backup(database, join(folder, 'saved'), 1_795_314_329_610);
  running = false;
  await Promise.all(writers);
  const before = [...acknowledged].filter(([, at]) => at < taken.completeUntil).map(([n]) => n);
  expect(before.length).toBeGreaterThan(10);
  expect(before.length).toBeLessThan(acknowledged.size);
  expect(taken.files.length).toBeGreaterThan(500);

  const dataDir = join(folder, 'again');
  await restore({ dataDir, what: 'test' }, join(folder, 'saved'));
  const again = await openDatabase({ dataDir, what: 'test' });
  try {
    const rows = await rowsOf<{ n: number; halves: number }>(
      again,
      'select n, count(*)::int as halves from huiyin.pair group by n',
    );
    const kept = new Map(rows.map((r) => [r.n, r.halves]));
    expect(before.filter((n) => !kept.has(n))).toEqual([]);
    expect([...kept].filter(([, halves]) => halves !== 2)).toEqual([]);
    expect(await readPurpose(again.owner)).toBe('production');
    expect(readFileSync(join(dataDir, 'files/photo.jpg'), 'utf8')).toBe('\x00\xff photo');
  } finally {
    await again.stop();
  }
});

test('a backup of which one byte changed is refused and leaves the data folder empty', async () => {
  const saved = join(folder, 'damaged');
  const taken = await backup(database, saved, 0);
  const victim = taken.files.find((f) => f.path.startsWith('cluster/base/') && f.size > 8000)?.path ?? '';
  appendFileSync(join(saved, victim), 'x');
  await expect(restore({ dataDir: join(folder, 'never'), what: 'test' }, saved)).rejects.toMatchObject({
    code: 'backup.damaged',
  });
  expect(readdirSync(join(folder, 'never'))).toEqual([]);
});

test('a backup never overwrites, a restore never overwrites, and half a backup is none', async () => {
  const saved = join(folder, 'once');
  await backup(database, saved, 0);
  await expect(backup(database, saved, 0)).rejects.toMatchObject({ code: 'backup.notEmpty' });
  await expect(restore({ dataDir: join(folder, 'data'), what: 'test' }, saved)).rejects.toMatchObject({
    code: 'restore.notEmpty',
  });
  rmSync(join(saved, 'manifest.json'));
  await expect(restore({ dataDir: join(folder, 'never2'), what: 'test' }, saved)).rejects.toMatchObject({
    code: 'backup.none',
  });
  expect(existsSync(join(folder, 'never2'))).toBe(false);
});
