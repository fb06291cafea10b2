import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg, { type PoolConfig } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';
import { isAlive } from './process.ts';

/** What a test worker needs to make its own databases. */
export interface TestServer {
  /** May create databases. */
  admin: PoolConfig;
  owner: PoolConfig;
  app: PoolConfig;
  /** The migrated database that clones are made from. */
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    huiyinTestServer: string;
  }
}

/**
 * Global set-up of a vitest run: one PostgreSQL for all its workers, started when the first of them asks (through a
 * local socket), so a run of pure tests pays nothing. TEST_DATABASE_URL or DATABASE_URL names a real server instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `huiyin-test-${process.pid}-`));
  // mkdtemp closes the folder to others; the database's own account has to pass through it when we are root.
  chmodSync(folder, 0o755);
  const path = join(folder, 'ask');
  let running: Promise<{ server: TestServer; stop: () => Promise<void> }> | undefined;
  const door: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    running ??= start(folder);
    running.then(
      ({ server }) => socket.end(JSON.stringify(server)),
      (cause: unknown) =>
        socket.end(JSON.stringify({ failed: cause instanceof Error ? cause.message : String(cause) })),
    );
  });
  await new Promise<void>((done) => door.listen(path, done));
  project.provide('huiyinTestServer', path);
  return async () => {
    door.close();
    try {
      await (await running)?.stop();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

async function start(folder: string): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  const database = await openDatabase({
    dataDir: join(folder, 'data'),
    databaseUrl: url,
    what: 'test',
    durable: false,
  });
  const template = `huiyin_template_${process.pid}`;
  const admin = database.admin ?? database.owner;
  const server: TestServer = {
    admin: on(admin, database.embedded ? 'postgres' : undefined),
    owner: database.owner,
    app: database.app,
    template,
  };
  await asAdmin(server.admin, `create database ${template}${database.embedded ? ' owner huiyin_owner' : ''}`);
  await migrate(on(server.owner, template));
  const stop = async (): Promise<void> => {
    if (!database.embedded) await asAdmin(server.admin, `drop database if exists ${template} with (force)`);
    await database.stop();
  };
  return { server, stop };
}

/** The same login on another database. */
export function on(config: PoolConfig, name: string | undefined): PoolConfig {
  if (name === undefined) return config;
  if (!config.connectionString) return { ...config, database: name };
  const url = new URL(config.connectionString);
  url.pathname = `/${name}`;
  return { ...config, connectionString: url.href };
}

/** Runs one statement on a connection of its own. */
export async function asAdmin(admin: PoolConfig, sql: string): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Removes the folders of runs that were killed. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^huiyin-test-(\d+)-/.exec(name)?.[1];
    const path = join(tmpdir(), name);
    if (pid === undefined || isAlive(Number(pid)) || !existsSync(path)) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another account's leftover.
    }
  }
}
