import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { chown, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { createCluster } from './cluster.ts';
import { holderOf } from './lock.ts';
import { copyVerified, forEach, isEmptyFolder, type Manifest, readManifest, settle, walk } from './manifest.ts';
import { type DatabaseOptions, openDatabase } from './open.ts';
import { type Place, placeFor } from './place.ts';
import { restoreServer } from './server-dump.ts';
import { Trouble } from './trouble.ts';

/**
 * Puts a backup into an empty data folder (and, for a dump, an empty database), checking every file against its digest,
 * then starts the database once so that a damaged backup shows now and not later. On failure the data folder is empty
 * again. Throws Trouble.
 */
export async function restore(options: DatabaseOptions, folder: string): Promise<Manifest> {
  const from = resolve(folder);
  const manifest = readManifest(from);
  const wanted = options.databaseUrl ? 'dump' : 'cluster';
  if (manifest.kind !== wanted) {
    throw manifest.kind === 'dump'
      ? new Trouble(
          'restore.needsServer',
          '这份备份来自外部数据库：请设置 DATABASE_URL 指向一个空库后再恢复',
          'This backup comes from a database server: set DATABASE_URL to an empty database, then restore',
        )
      : new Trouble(
          'restore.needsEmbedded',
          '这份备份来自内置数据库：请去掉 DATABASE_URL 后再恢复',
          'This backup comes from the embedded database: restore without DATABASE_URL',
        );
  }
  const data = resolve(options.dataDir);
  if (holderOf(data) || !isEmptyFolder(data)) {
    throw new Trouble(
      'restore.notEmpty',
      `数据目录 ${data} 不是空的：恢复绝不覆盖已有数据，请用 --data 另选空目录`,
      `The data folder ${data} is not empty: a restore never overwrites, choose an empty one with --data`,
    );
  }
  let place: Place | undefined;
  try {
    mkdirSync(data, { recursive: true });
    if (wanted === 'cluster') {
      place = placeFor(data);
      await putCluster(place, from, manifest);
    }
    for (const entry of manifest.files.filter((f) => f.path.startsWith('files/'))) {
      await copyVerified(from, entry, join(data, entry.path.slice('files/'.length)));
    }
    await prove(options, from, manifest);
    return manifest;
  } catch (cause) {
    if (place) rmSync(place.home, { recursive: true, force: true });
    for (const name of await readdir(data)) await rm(join(data, name), { recursive: true, force: true });
    throw cause;
  }
}

async function putCluster(place: Place, from: string, manifest: Manifest): Promise<void> {
  const half = `${place.clusterDir}.restored`;
  for (const path of await walk(join(from, 'cluster')))
    if (path.endsWith('/')) mkdirSync(join(half, path), { recursive: true, mode: 0o700 });
  await forEach(
    manifest.files.filter((f) => f.path.startsWith('cluster/')),
    async (entry) => {
      await copyVerified(from, entry, join(half, entry.path.slice('cluster/'.length)));
    },
  );
  // Copied archives lose empty folders; the server insists on them.
  for (const name of [
    'pg_wal/archive_status',
    'pg_wal/summaries',
    'pg_replslot',
    'pg_dynshmem',
    'pg_notify',
    'pg_serial',
    'pg_snapshots',
    'pg_stat_tmp',
    'pg_subtrans',
    'pg_tblspc',
    'pg_twophase',
    'pg_commit_ts',
    'pg_stat',
    'pg_logical/snapshots',
    'pg_logical/mappings',
  ]) {
    mkdirSync(join(half, name), { recursive: true, mode: 0o700 });
  }
  if (process.getuid?.() === 0) {
    for (const path of ['', ...(await walk(half))]) await chown(join(half, path), place.account.uid, place.account.gid);
  }
  await settle(half);
  renameSync(half, place.clusterDir);
  await createCluster(place);
}

/** Starts the restored database and reads from it. */
async function prove(options: DatabaseOptions, from: string, manifest: Manifest): Promise<void> {
  const database = await openDatabase({ ...options, exclusive: true });
  try {
    if (manifest.kind === 'dump') await restoreServer(database, join(from, 'dump/database.dump'));
    const client = new pg.Client(database.owner);
    await client.connect();
    const found = await client
      .query<{ n: string }>('select count(*) as n from huiyin.migration')
      .finally(() => client.end());
    if (found.rows[0]?.n === '0') throw new Trouble('restore.hollow', '备份中没有数据', 'The backup holds no data');
  } finally {
    await database.stop();
  }
}
