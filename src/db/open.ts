import { accessSync, constants, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import pg, { type PoolConfig } from 'pg';
import { type Cluster, createCluster, findRunning, startCluster, stopCluster } from './cluster.ts';
import { type Lock, takeLock } from './lock.ts';
import { hasCluster, placeFor } from './place.ts';
import { until } from './process.ts';
import { openServer } from './server.ts';
import { errorCode, Trouble } from './trouble.ts';

/** What it takes to open the database. Without `databaseUrl` the embedded server of `dataDir` is used. */
export interface DatabaseOptions {
  dataDir: string;
  databaseUrl?: string | undefined;
  /** A separate login for the running server; without it the one login changes into huiyin_app. */
  appDatabaseUrl?: string | undefined;
  /** The command that opens it, named to whoever finds the folder taken. */
  what: string;
  /** False trades crash safety for speed: tests only. */
  durable?: boolean;
  /** True: the data folder must be ours alone (a server). False: join a running one when there is one. */
  exclusive?: boolean;
  /** False: refuse a folder that holds no database instead of making one. */
  create?: boolean;
  /** Told when the embedded server died and could not be brought back. */
  onLost?: (trouble: Trouble) => void;
}

/** An open database: how each role connects, and how to let go. */
export interface Database {
  embedded: boolean;
  dataDir: string;
  /** huiyin_owner: migrations and administration. */
  owner: PoolConfig;
  /** huiyin_app: the running server. No DDL, no superuser, bound by row-level security. */
  app: PoolConfig;
  /** The superuser of the embedded server; absent with DATABASE_URL. */
  admin?: PoolConfig;
  cluster?: Cluster;
  /** Closes what this process opened; an embedded server stops only when this process holds the folder. */
  stop(): Promise<void>;
}

/** Opens the embedded server or the one of DATABASE_URL. Throws Trouble with one line for the operator. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl) return openServer(options.databaseUrl, options.appDatabaseUrl, options.dataDir);
  if (options.create === false && !hasCluster(options.dataDir)) {
    throw new Trouble(
      'data.none',
      `${options.dataDir} 里没有数据：请用 --data 指明数据目录`,
      `There is no data in ${options.dataDir}: name the data folder with --data`,
    );
  }
  makeDataDir(options.dataDir);
  const lock = takeLock(options.dataDir, options.what);
  if (!lock.held) return join(options, lock);
  try {
    return await own(options, lock.release);
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

async function own(options: DatabaseOptions, release: () => void): Promise<Database> {
  const place = placeFor(options.dataDir);
  await createCluster(place);
  let { cluster, child } = await startCluster(place, options.durable);
  let stopping = false;
  const restarts: number[] = [];
  const watch = (): void => {
    child?.once('exit', () => {
      if (!stopping) void revive();
    });
    // The program may end by itself; the server must not keep it alive.
    child?.unref();
  };
  const revive = async (): Promise<void> => {
    restarts.push(performance.now());
    const recent = restarts.filter((at) => performance.now() - at < 60_000).length;
    try {
      if (recent > 3)
        throw new Trouble(
          'db.lost',
          '数据库一分钟内多次退出，程序停止',
          'The database ended several times within a minute; stopping',
        );
      ({ cluster, child } = await startCluster(place, options.durable));
      watch();
    } catch (cause) {
      options.onLost?.(
        cause instanceof Trouble
          ? cause
          : new Trouble('db.lost', '数据库意外退出', 'The database ended unexpectedly', cause),
      );
    }
  };
  watch();
  const database = asDatabase(options.dataDir, cluster, async () => {
    stopping = true;
    await stopCluster(cluster);
    release();
  });
  try {
    await furnish(database);
    return database;
  } catch (cause) {
    await database.stop();
    throw cause;
  }
}

async function join(options: DatabaseOptions, lock: Extract<Lock, { held: false }>): Promise<Database> {
  const taken = new Trouble(
    'data.taken',
    `数据目录 ${options.dataDir} 正由另一个进程使用：huiyin ${lock.by.what}（进程号 ${lock.by.pid}）`,
    `The data folder ${options.dataDir} is in use by another process: huiyin ${lock.by.what} (pid ${lock.by.pid})`,
  );
  if (options.exclusive) throw taken;
  const place = placeFor(options.dataDir);
  let cluster: Cluster | undefined;
  await until(async () => {
    cluster = await findRunning(place);
    return cluster !== undefined;
  }, 10_000);
  if (!cluster) throw taken;
  return asDatabase(options.dataDir, cluster, () => Promise.resolve());
}

function asDatabase(dataDir: string, cluster: Cluster, stop: () => Promise<void>): Database {
  const as = (user: string): PoolConfig => ({ host: cluster.socketDir, port: 5432, user, database: 'huiyin' });
  return {
    embedded: true,
    dataDir,
    owner: as('huiyin_owner'),
    app: as('huiyin_app'),
    admin: as('postgres'),
    cluster,
    stop,
  };
}

/** Roles and database of a new cluster. Runs at every start and repairs a creation that was cut short. */
async function furnish(database: Database): Promise<void> {
  const client = new pg.Client({ ...database.admin, database: 'postgres' });
  await client.connect();
  try {
    const has = await client.query<{ name: string }>(
      `select rolname::text as name from pg_roles where rolname in ('huiyin_owner', 'huiyin_app')
       union all select datname::text from pg_database where datname = 'huiyin'`,
    );
    const names = new Set(has.rows.map((r) => r.name));
    if (!names.has('huiyin_owner')) await client.query('create role huiyin_owner login');
    if (!names.has('huiyin_app')) await client.query('create role huiyin_app login');
    if (!names.has('huiyin')) await client.query('create database huiyin owner huiyin_owner');
  } finally {
    await client.end();
  }
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (
      errorCode(cause) !== 'EACCES' &&
      errorCode(cause) !== 'EROFS' &&
      errorCode(cause) !== 'ENOTDIR' &&
      errorCode(cause) !== 'EEXIST'
    )
      throw cause;
    const who = userInfo().username;
    throw new Trouble(
      'data.unwritable',
      `账户 ${who} 无法在 ${dataDir} 写入：请用 --data 另选目录`,
      `The account ${who} cannot write to ${dataDir}: choose another folder with --data`,
      cause,
    );
  }
}
