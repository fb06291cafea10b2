import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account, accountFor, canReach } from './account.ts';
import { Trouble } from './trouble.ts';

/**
 * Where one embedded database lives. Normally `<data>/postgres/`. When root starts us below a folder that the
 * database's account cannot pass (typically /root), `<data>/postgres.path` names a folder under /var/lib/huiyin
 * instead; the name is random, so deleting the data folder really starts anew.
 */
export interface Place {
  account: Account;
  /** Owned by the account, mode 0700: only it and root can reach the socket, therefore the socket needs no password. */
  home: string;
  clusterDir: string;
  logFile: string;
}

const AWAY = '/var/lib/huiyin';
// sun_path holds 107 bytes and PostgreSQL adds "/.s.PGSQL.5432".
const LONGEST_SOCKET_DIR = 107 - '/.s.PGSQL.5432'.length;

/** Finds, or prepares, the place that belongs to a data folder. Throws Trouble when no account can own it. */
export function placeFor(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true });
  const data = realpathSync(dataDir);
  const note = join(data, 'postgres.path');
  const near = join(data, 'postgres');
  let home = existsSync(note) ? readFileSync(note, 'utf8').split('\n')[0]?.trim() || near : near;
  const account = accountFor(join(home, 'cluster'));
  if (!account) {
    throw new Trouble(
      'db.noAccount',
      '数据库不能以 root 身份运行，而本机没有 huiyin、postgres 或 nobody 账户：请先执行 useradd -r huiyin',
      'The database cannot run as root and this machine has no account huiyin, postgres or nobody: run useradd -r huiyin first',
    );
  }
  if (home === near && !existsSync(join(home, 'cluster')) && !canReach(account, data)) {
    home = join(AWAY, randomBytes(6).toString('hex'));
    mkdirSync(home, { recursive: true });
    // For whoever tidies up: a cluster whose data folder was deleted is never removed by itself (it may be unmounted).
    writeFileSync(join(home, 'belongs-to'), `${data}\n`);
    writeFileSync(
      note,
      `${home}\n# 数据库账户 ${account.name} 无法进入本目录，数据库放在上面的目录。\n# The account ${account.name} cannot enter this folder; the database lives in the folder above.\n`,
    );
  }
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0 && statSync(home).uid !== uid) {
    throw new Trouble(
      'db.foreign',
      `数据目录 ${data} 属于另一个账户：请用原来的账户启动，或用 --data 另选目录`,
      `The data folder ${data} belongs to another account: start as that one, or choose another folder with --data`,
    );
  }
  if (process.getuid?.() === 0) chownSync(home, account.uid, account.gid);
  chmodSync(home, 0o700);
  return { account, home, clusterDir: join(home, 'cluster'), logFile: join(home, 'server.log') };
}

/** True when a data folder already has its database. */
export function hasCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres.path')) || existsSync(join(dataDir, 'postgres', 'cluster'));
}

/** A folder for the socket: inside the place, or a fresh short one when the path would exceed the system's limit. */
export function socketDirOf(place: Place): string {
  const near = join(place.home, 'socket');
  const dir = Buffer.byteLength(near) <= LONGEST_SOCKET_DIR ? near : mkdtempSync(join(shortTemp(), 'huiyin-'));
  mkdirSync(dir, { recursive: true });
  if (process.getuid?.() === 0) chownSync(dir, place.account.uid, place.account.gid);
  chmodSync(dir, 0o700);
  return dir;
}

/** True when the folder was made only for the socket and goes away with it. */
export const isLooseSocketDir = (place: Place, dir: string): boolean => dirname(dir) !== place.home;

const shortTemp = (): string => (Buffer.byteLength(tmpdir()) <= 60 ? tmpdir() : '/tmp');
