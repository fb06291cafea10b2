import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { copyFile, type Manifest } from './manifest.ts';
import type { Database } from './open.ts';
import { Trouble } from './trouble.ts';

/** Saves a real server's database with its own pg_dump. Throws Trouble when the tool is missing or fails. */
export async function dumpServer(
  database: Database,
  half: string,
): Promise<Pick<Manifest, 'kind' | 'postgres' | 'completeUntil' | 'files'>> {
  const client = new pg.Client(database.owner);
  await client.connect();
  const { rows } = await client.query<{ version: string; ms: number }>(
    `select current_setting('server_version') as version, floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  await client.end();
  const file = join(half, 'database.dump');
  await tool(database, 'pg_dump', ['--format=custom', '--no-owner', `--file=${file}`]);
  const entry = await copyFile(file, join(half, 'dump/database.dump'), 'dump/database.dump');
  return {
    kind: 'dump',
    postgres: rows[0]?.version ?? '',
    completeUntil: rows[0]?.ms ?? 0,
    files: entry ? [entry] : [],
  };
}

/** Reads a dump back into the (empty) database of DATABASE_URL, in one transaction. */
export async function restoreServer(database: Database, file: string): Promise<void> {
  const client = new pg.Client(database.owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ used: boolean }>(`select to_regnamespace('huiyin') is not null as used`);
    if (rows[0]?.used)
      throw new Trouble(
        'restore.databaseNotEmpty',
        'DATABASE_URL 指定的库里已有回音的数据：恢复绝不覆盖，请换一个空库',
        'The database of DATABASE_URL already holds Huiyin data: a restore never overwrites, choose an empty one',
      );
    // The dump grants rights to this role, and roles are not part of a dump.
    await client.query(
      `do $$ begin if not exists (select from pg_roles where rolname = 'huiyin_app') then create role huiyin_app nologin; end if; end $$`,
    );
    await client.query('grant huiyin_app to current_user').catch(() => undefined);
  } finally {
    await client.end();
  }
  await tool(database, 'pg_restore', ['--no-owner', '--exit-on-error', '--single-transaction', file]);
}

async function tool(database: Database, name: 'pg_dump' | 'pg_restore', args: string[]): Promise<void> {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((p) => existsSync(p));
  if (!path) {
    throw new Trouble(
      'backup.noTool',
      `使用外部数据库时需要 ${name}：请安装 postgresql-client，或用数据库服务器自己的备份`,
      `With a database server of your own ${name} is needed: install postgresql-client, or use the server's own backup`,
    );
  }
  const url = new URL(database.owner.connectionString ?? '');
  // The password goes through the environment: arguments show in the list of processes.
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(url.password) };
  url.password = '';
  const target = name === 'pg_restore' ? [`--dbname=${url.href}`, ...args] : [...args, url.href];
  const child = spawn(path, target, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => {
    said += part;
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const lines = said.trim().split('\n');
  const line = lines.find((l) => l.includes('error:')) ?? lines.at(-1) ?? '';
  if (code !== 0) throw new Trouble('backup.tool', `${name} 失败：${line}`, `${name} failed: ${line}`);
}
