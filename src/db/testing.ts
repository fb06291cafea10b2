import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool, PoolConfig } from 'pg';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { openPool } from './pool.ts';
import { until } from './process.ts';
import { asAdmin, on, type TestServer } from './testing-server.ts';

/** A database of its own for one test file, with every migration applied. */
export interface TestDatabase {
  name: string;
  owner: PoolConfig;
  app: PoolConfig;
  /** Superuser of the embedded server (on a real server: its login). For tests of what even that one cannot hide. */
  admin: PoolConfig;
  ownerPool: Pool;
  appPool: Pool;
  /** Closes both pools and drops the database. Throws when somebody else still holds a connection: a leaked pool. */
  drop(): Promise<void>;
}

/** Clones the migrated template (about 30 ms). `migrated: false` gives an empty database. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const server = await askServer();
  const name = `huiyin_test_${randomBytes(6).toString('hex')}`;
  const owner = on(server.owner, name);
  const app = on(server.app, name);
  const ownedBy = owner.user ? ` owner ${owner.user}` : '';
  await cloned(server, `create database ${name}${ownedBy} template ${migrated ? server.template : 'template0'}`);
  const ownerPool = openPool(owner, 4);
  const appPool = openPool(app, 4);
  const drop = async (): Promise<void> => {
    await Promise.all([ownerPool.end(), appPool.end()]);
    let left: string[] = [];
    // A closed connection needs a moment to leave the server's list.
    const quiet = await until(
      async () => {
        left = await connections(server, name);
        return left.length === 0;
      },
      2_000,
      20,
    );
    await asAdmin(server.admin, `drop database ${name} with (force)`);
    if (!quiet)
      throw new Error(`this test leaked ${left.length} database connection(s); last statements: ${left.join(' | ')}`);
  };
  return { name, owner, app, admin: on(server.admin, name), ownerPool, appPool, drop };
}

/** The usual way in a test file: `const db = testDatabase()`; made before its tests, dropped after them. */
export function testDatabase(): TestDatabase {
  let made: TestDatabase | undefined;
  beforeAll(async () => {
    made = await createTestDatabase();
  });
  afterAll(async () => {
    await made?.drop();
  });
  const it = (): TestDatabase => {
    if (!made) throw new Error('the test database exists only inside tests and hooks');
    return made;
  };
  return {
    get name() {
      return it().name;
    },
    get owner() {
      return it().owner;
    },
    get app() {
      return it().app;
    },
    get admin() {
      return it().admin;
    },
    get ownerPool() {
      return it().ownerPool;
    },
    get appPool() {
      return it().appPool;
    },
    drop: () => it().drop(),
  };
}

/** A folder for the tests of one file, removed after them. Call it at the top of the file. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-test-folder-'));
  // mkdtemp closes the folder to others; the database's own account has to pass through it when we are root.
  chmodSync(folder, 0o755);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let asked: Promise<TestServer> | undefined;

function askServer(): Promise<TestServer> {
  asked ??= new Promise((done, fail) => {
    let answer = '';
    const socket = connect(inject('huiyinTestServer'));
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      answer += part;
    });
    socket.on('error', fail);
    socket.on('end', () => {
      const server: TestServer & { failed?: string } = JSON.parse(answer);
      if (server.failed) fail(new Error(`the test database did not start: ${server.failed}`));
      else done(server);
    });
  });
  return asked;
}

/** Another clone reading the template at the same moment makes the server refuse: wait for it. */
async function cloned(server: TestServer, sql: string): Promise<void> {
  let last: unknown;
  const made = await until(
    () =>
      asAdmin(server.admin, sql).then(
        () => true,
        (cause: unknown) => {
          last = cause;
          if (cause instanceof pg.DatabaseError && cause.code === '55006') return false;
          throw cause;
        },
      ),
    10_000,
    20,
  );
  if (!made) throw last;
}

async function connections(server: TestServer, name: string): Promise<string[]> {
  const client = new pg.Client(server.admin);
  await client.connect();
  try {
    const found = await client.query<{ query: string }>(
      `select left(query, 120) as query from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    return found.rows.map((row) => row.query);
  } finally {
    await client.end();
  }
}
