import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import pg from 'pg';
import {
  copyFile,
  type Entry,
  forEach,
  isEmptyFolder,
  type Manifest,
  settle,
  walk,
  writeManifest,
} from './manifest.ts';
import type { Database } from './open.ts';
import { readPurpose } from './purpose.ts';
import { dumpServer } from './server-dump.ts';
import { Trouble } from './trouble.ts';

/** Folders of a cluster whose content a restored server makes anew. */
const HOLLOW = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];
type Saved = Pick<Manifest, 'kind' | 'postgres' | 'completeUntil' | 'files'>;
/** In the data folder, but about this machine and this moment. */
const OURS = ['postgres', 'postgres.path', 'huiyin.lock'];

/**
 * Saves the running database and the other files of the data folder, without stopping anything. Everything acknowledged
 * before the manifest's `completeUntil` is in it. The folder must be absent or empty; it appears whole or not at all. Throws Trouble.
 */
export async function backup(database: Database, folder: string, now: number): Promise<Manifest> {
  const target = resolve(folder);
  if (!isEmptyFolder(target))
    throw new Trouble(
      'backup.notEmpty',
      `${target} 不是空目录：备份需要一个空的或新的目录`,
      `${target} is not empty: a backup needs an empty or new folder`,
    );
  mkdirSync(dirname(target), { recursive: true });
  const half = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}`);
  mkdirSync(half, { mode: 0o700 });
  try {
    const saved = database.cluster ? await saveCluster(database, half) : await dumpServer(database, half);
    // After the database: a row already saved must find its file, a file without a row does no harm.
    const files = await saveFiles(database.dataDir, half, target);
    const purpose = (await readPurpose(database.owner)) ?? null;
    const manifest: Manifest = { format: 1, ...saved, takenAt: now, purpose, files: [...saved.files, ...files] };
    await settle(half);
    await writeManifest(half, manifest);
    renameSync(half, target);
    return manifest;
  } catch (cause) {
    rmSync(half, { recursive: true, force: true });
    throw cause;
  }
}

async function saveCluster(database: Database, half: string): Promise<Saved> {
  const from = database.cluster?.place.clusterDir ?? '';
  const to = join(half, 'cluster');
  const client = new pg.Client({ ...database.admin, database: 'postgres' });
  await client.connect();
  try {
    const slot = `huiyin_backup_${process.pid}_${randomBytes(4).toString('hex')}`;
    // The slot keeps the log we still have to copy; temporary, so it goes with this connection whatever happens.
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot]);
    const begun = await client.query<{ wal: string; version: string }>(
      `select pg_walfile_name(pg_backup_start('huiyin', true)) as wal, current_setting('server_version') as version`,
    );
    const files = await copyTree(from, to, (path) => path === 'global/pg_control' || isTransient(path));
    // Last of the data files: it says where recovery has to begin.
    files.push(...(await copyAll(from, to, ['global/pg_control'])));
    const mark = await client.query<{ ms: number }>(
      'select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    );
    const ended = await client.query<{ label: string; map: string; wal: string }>(
      `with stop as (select * from pg_backup_stop(false)) select labelfile as label, spcmapfile as map, pg_walfile_name(lsn) as wal from stop`,
    );
    const { label = '', map = '', wal = '' } = ended.rows[0] ?? {};
    if (map.trim() !== '')
      throw new Trouble(
        'backup.tablespace',
        '数据库使用了额外的表空间，无法这样备份',
        'The database uses extra tablespaces and cannot be saved this way',
      );
    writeFileSync(join(half, 'backup_label'), label, { mode: 0o600 });
    files.push(...(await copyAll(half, to, ['backup_label'])));
    rmSync(join(half, 'backup_label'));
    files.push(...(await copyAll(from, to, await walFiles(from, begun.rows[0]?.wal ?? '', wal))));
    return {
      kind: 'cluster',
      postgres: begun.rows[0]?.version ?? '',
      completeUntil: mark.rows[0]?.ms ?? 0,
      files: files.map((f) => ({ ...f, path: `cluster/${f.path}` })),
    };
  } finally {
    await client.end();
  }
}

/** The log segments from the start of the backup to its end; their names sort in order. */
async function walFiles(from: string, first: string, last: string): Promise<string[]> {
  const names = (await readdir(join(from, 'pg_wal'))).filter(
    (name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last,
  );
  return [...names.sort(), ...(await readdir(join(from, 'pg_wal'))).filter((name) => name.endsWith('.history'))].map(
    (name) => `pg_wal/${name}`,
  );
}

function isTransient(path: string): boolean {
  const [top = ''] = path.split('/');
  const name = basename(path);
  if (HOLLOW.includes(top) && path !== top) return true;
  return (
    /^(postmaster\.(pid|opts)|backup_label.*|tablespace_map.*|current_logfiles)$/.test(path) ||
    name.startsWith('pgsql_tmp') ||
    name.startsWith('pg_internal.init')
  );
}

async function saveFiles(dataDir: string, half: string, target: string): Promise<Entry[]> {
  const root = resolve(dataDir);
  // A backup folder inside the data folder must not contain itself, nor earlier ones.
  const inside = (path: string): boolean =>
    [half, target].some((own) => join(root, path) === own) || isBackup(join(root, path));
  const files = await copyTree(
    root,
    join(half, 'files'),
    (path) => OURS.includes(path) || path.startsWith('huiyin.lock') || inside(path),
  );
  return files.map((f) => ({ ...f, path: `files/${f.path}` }));
}

const isBackup = (path: string): boolean =>
  existsSync(join(path, 'manifest.json')) && existsSync(join(path, 'cluster'));

async function copyTree(from: string, to: string, skip: (path: string) => boolean): Promise<Entry[]> {
  if (!existsSync(from)) return [];
  const paths = await walk(from, skip);
  for (const path of paths.filter((p) => p.endsWith('/'))) mkdirSync(join(to, path), { recursive: true, mode: 0o700 });
  return copyAll(
    from,
    to,
    paths.filter((p) => !p.endsWith('/')),
  );
}

/** Files that vanish meanwhile (dropped tables) are no loss: recovery drops them too. */
async function copyAll(from: string, to: string, paths: string[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  await forEach(paths, async (path) => {
    const entry = await copyFile(join(from, path), join(to, path), path);
    if (entry) entries.push(entry);
  });
  return entries;
}
