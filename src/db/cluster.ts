import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isLooseSocketDir, type Place, socketDirOf } from './place.ts';
import { isAlive, until } from './process.ts';
import { type Program, programFor } from './program.ts';
import { serverSettings } from './settings.ts';
import { errorMessage, Trouble } from './trouble.ts';

/** A running embedded server. */
export interface Cluster {
  place: Place;
  socketDir: string;
  pid: number;
  /** True when it was already running (left by a killed process, or held by another one). */
  adopted: boolean;
}

const READY_LIMIT = 60_000;
const SETPRIV = '/usr/bin/setpriv';

/** Creates the cluster when it is missing. A creation cut short leaves only `cluster.new`, which is thrown away. */
export async function createCluster(place: Place): Promise<void> {
  if (existsSync(place.clusterDir)) return checkVersion(place);
  const program = programFor(place);
  const fresh = `${place.clusterDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const out = await run(place, join(program.bin, 'initdb'), [
    ...['-D', fresh, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--data-checksums'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions', '--wal-segsize=4'],
  ]);
  if (out.code !== 0) throw startTrouble('initdb', out.text);
  // Sockets only, and the socket's folder is closed to everybody else: see Place.home.
  writeFileSync(join(fresh, 'pg_hba.conf'), 'local all all trust\nlocal replication postgres trust\n');
  renameSync(fresh, place.clusterDir);
}

function checkVersion(place: Place): void {
  const has = readFileSync(join(place.clusterDir, 'PG_VERSION'), 'utf8').trim();
  const ships = programFor(place).version.split('.')[0] ?? '';
  if (has === ships) return;
  throw new Trouble(
    'db.clusterVersion',
    `数据目录属于 PostgreSQL ${has}，本程序自带 ${ships}：请用原版本备份后再恢复`,
    `The data folder belongs to PostgreSQL ${has} but this program ships ${ships}: back up with the old version, then restore`,
  );
}

/** The server running on this cluster, when there is one that answers; waits while it is starting or stopping. */
export async function findRunning(place: Place): Promise<Cluster | undefined> {
  let found: Cluster | undefined;
  const settled = await until(() => {
    const now = readPidFile(place);
    if (!now || !ownsCluster(place, now.pid)) return true;
    if (now.status !== 'ready') return false;
    found = { place, socketDir: now.socketDir, pid: now.pid, adopted: true };
    return true;
  }, READY_LIMIT);
  if (!settled) throw startTrouble('postgres', 'it neither starts nor stops');
  return found;
}

/** Starts the server, or adopts the one a killed process left behind. `durable: false` is for tests only. */
export async function startCluster(place: Place, durable = true): Promise<{ cluster: Cluster; child?: ChildProcess }> {
  const running = await findRunning(place);
  if (running) return { cluster: running };
  // The pid file is stale here: its process is gone or is not a server of this cluster (ids are reused after a reboot).
  rmSync(join(place.clusterDir, 'postmaster.pid'), { force: true });
  const program = programFor(place);
  const socketDir = socketDirOf(place);
  if ((statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000)
    renameSync(place.logFile, `${place.logFile}.old`);
  // Children of a killed server need a moment to notice; until then the new one is refused.
  const end = performance.now() + 10_000;
  for (;;) {
    const started = await launch(place, program, socketDir, durable);
    if (started.child) {
      const cluster = { place, socketDir, pid: started.child.pid ?? 0, adopted: false };
      return { cluster, child: started.child };
    }
    const busy = /pre-existing shared memory|lock file .* already exists/.test(started.log);
    if (!busy || performance.now() > end) throw startTrouble('postgres', started.log);
    await until(() => false, 100);
  }
}

async function launch(
  place: Place,
  program: Program,
  socketDir: string,
  durable: boolean,
): Promise<{ child?: ChildProcess; log: string }> {
  const from = statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(place.logFile, 'a', 0o600);
  const args = [join(program.bin, 'postgres'), '-D', place.clusterDir, ...serverSettings(socketDir, durable)];
  // The kernel stops the server in good order when we are killed; without setpriv the next start adopts it instead.
  const [file, rest] = existsSync(SETPRIV)
    ? [SETPRIV, ['--pdeathsig', 'INT', ...args]]
    : [args[0] ?? '', args.slice(1)];
  const child = spawn(file, rest, {
    stdio: ['ignore', log, log],
    // Own process group: Ctrl-C reaches us first, and we stop the server after the last request.
    detached: true,
    cwd: place.home,
    env: { PATH: process.env.PATH ?? '', LANG: 'C', TZ: 'UTC', HOME: place.home },
    ...identity(place),
  });
  closeSync(log);
  let failure = '';
  child.once('error', (cause) => {
    failure = cause.message;
  });
  const gone = (): boolean => failure !== '' || child.exitCode !== null || child.signalCode !== null;
  const ready = await until(() => {
    const now = readPidFile(place);
    return gone() || (now?.pid === child.pid && now?.status === 'ready');
  }, READY_LIMIT);
  if (ready && !gone()) return { child, log: '' };
  if (!gone()) child.kill('SIGQUIT');
  return { log: failure || readFileSync(place.logFile, 'utf8').slice(from) };
}

/** Stops the server: fast shutdown (transactions are rolled back, a checkpoint is written), at worst immediate. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  const gone = (): boolean => !isAlive(cluster.pid) || !ownsCluster(cluster.place, cluster.pid);
  for (const [signal, limit] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (gone()) break;
    process.kill(cluster.pid, signal);
    if (await until(gone, limit)) break;
  }
  if (isLooseSocketDir(cluster.place, cluster.socketDir)) rmSync(cluster.socketDir, { recursive: true, force: true });
}

function readPidFile(place: Place): { pid: number; socketDir: string; status: string } | undefined {
  try {
    const lines = readFileSync(join(place.clusterDir, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0
      ? { pid, socketDir: lines[4] ?? '', status: (lines[7] ?? '').trim() }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A postmaster works inside its cluster's folder: that tells it from a stranger with a reused process id. */
function ownsCluster(place: Place, pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(place.clusterDir);
  } catch {
    return false;
  }
}

const identity = (place: Place): { uid?: number; gid?: number } =>
  process.getuid?.() === 0 ? { uid: place.account.uid, gid: place.account.gid } : {};

function run(place: Place, file: string, args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((done) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: place.home,
      env: { PATH: process.env.PATH ?? '', LANG: 'C', HOME: place.home },
      ...identity(place),
    });
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.stderr.on('data', (part) => {
      text += part;
    });
    child.once('error', (cause) => done({ code: null, text: errorMessage(cause) }));
    child.once('close', (code) => done({ code, text }));
  });
}

function startTrouble(what: string, log: string): Trouble {
  const full = /No space left on device/.test(log);
  if (full)
    return new Trouble(
      'db.diskFull',
      '磁盘已满，数据库无法启动：请腾出空间后再试',
      'The disk is full, the database cannot start: free some space and try again',
    );
  const line =
    log
      .split('\n')
      .filter((l) => /FATAL|PANIC|error|could not/i.test(l))
      .at(-1) ??
    log.trim().split('\n').at(-1) ??
    '';
  return new Trouble('db.start', `数据库未能启动（${what}）：${line}`, `The database did not start (${what}): ${line}`);
}
