import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg, { type PoolConfig } from 'pg';
import { oneAtATimeForSession } from './one-at-a-time.ts';
import { Trouble } from './trouble.ts';

/** One numbered SQL file. */
export interface Migration {
  number: number;
  name: string;
  checksum: string;
  sql: string;
}

const OWN = fileURLToPath(new URL('./migrations/', import.meta.url));

/** Reads the migrations of a folder in order. Throws when a name is malformed or a number is used twice. */
export function readMigrations(folder = OWN): Migration[] {
  const found = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
      if (!match) throw new Error(`migration ${file} is not named NNNN_name.sql`);
      const sql = readFileSync(`${folder}/${file}`, 'utf8');
      return {
        number: Number(match[1]),
        name: match[2] ?? '',
        checksum: createHash('sha256').update(sql).digest('hex'),
        sql,
      };
    });
  const twice = found.find((m, i) => found[i - 1]?.number === m.number);
  if (twice) throw new Error(`two migrations are numbered ${twice.number}`);
  return found;
}

/**
 * Brings the schema up to date and answers the names it applied. Two servers starting together cannot both run one: the
 * second waits for an advisory lock. Throws Trouble when the schema is newer than this program, or an applied file was edited.
 */
export async function migrate(owner: PoolConfig, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await oneAtATimeForSession(client, 'migrations');
    await client.query(`create schema if not exists huiyin;
      create table if not exists huiyin.migration (number int primary key, name text not null, checksum text not null,
        applied_at timestamptz not null default clock_timestamp());
      set search_path = huiyin, public; set client_min_messages = warning`);
    const applied = await client.query<Applied>('select number, name, checksum from huiyin.migration order by number');
    judge(applied.rows, migrations);
    const known = new Set(applied.rows.map((row) => row.number));
    const names: string[] = [];
    for (const migration of migrations.filter((m) => !known.has(m.number))) {
      await apply(client, migration);
      names.push(migration.name);
    }
    return names;
  } finally {
    await client.end();
  }
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

function judge(applied: Applied[], migrations: Migration[]): void {
  for (const row of applied) {
    const mine = migrations.find((m) => m.number === row.number);
    if (!mine) {
      throw new Trouble(
        'db.tooNew',
        `数据库由更新版本的回音写过（迁移 ${row.number} ${row.name}）：请用更新的版本启动`,
        `A newer version of Huiyin has written this database (migration ${row.number} ${row.name}): start that version instead`,
      );
    }
    if (mine.checksum !== row.checksum) {
      throw new Trouble(
        'db.editedMigration',
        `迁移文件 ${row.number} ${row.name} 在执行之后被改动过：请还原该文件，改动写进新的迁移`,
        `Migration ${row.number} ${row.name} was edited after it ran: restore the file and write the change as a new migration`,
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    // The row first: should the lock ever fail us, the primary key lets only one of two servers through.
    await client.query('insert into huiyin.migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query(migration.sql);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(
      `migration ${migration.number} ${migration.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
