import type { Pool, PoolClient } from 'pg';
import type { Directory } from '#case/context.ts';
import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { directoryAt } from './directory.ts';
import { loadSnapshot, type Snapshot } from './snapshot.ts';

/** The channel every change of the organisation is announced on; the payload is the tenant, or empty for all. */
export const DIRECTORY_CHANNEL = 'huiyin_directory';

/** Keeps each company's organisation in memory until it changes. */
export interface DirectoryCache {
  /** The organisation as it is at `now`. Throws when there is no such company. */
  at(tenant: string, now: Instant): Promise<Directory>;
  snapshot(tenant: string): Promise<Snapshot>;
  /** Forgets one company, or all of them. */
  drop(tenant?: string): void;
  close(): void;
}

/** Opens a cache that listens for changes on one connection of the pool; while it has none it reads afresh every time. */
export async function openDirectoryCache(pool: Pool): Promise<DirectoryCache> {
  const kept = new Map<string, { snapshot: Promise<Snapshot>; day: string; directory: Directory | undefined }>();
  let listener: PoolClient | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const drop = (tenant?: string): void => {
    if (tenant) kept.delete(tenant);
    else kept.clear();
  };
  const listen = async (): Promise<void> => {
    const client = await pool.connect();
    client.on('notification', (message) => drop(message.payload));
    client.on('error', () => {
      if (listener !== client) return;
      listener = undefined;
      drop();
      client.release(true);
      if (!closed) retry = setTimeout(() => void listen().catch(again), 500).unref();
    });
    await client.query(`listen ${DIRECTORY_CHANNEL}`);
    // Changes made before `listen` took hold were not announced to us.
    drop();
    listener = client;
  };
  const again = (): void => {
    if (!closed) retry = setTimeout(() => void listen().catch(again), 500).unref();
  };
  await listen();

  const entry = (tenant: string): { snapshot: Promise<Snapshot>; day: string; directory: Directory | undefined } => {
    const there = kept.get(tenant);
    if (there) return there;
    const fresh = { snapshot: loadSnapshot(pool, tenant), day: '', directory: undefined };
    if (listener) kept.set(tenant, fresh);
    fresh.snapshot.catch(() => {
      if (kept.get(tenant) === fresh) kept.delete(tenant);
    });
    return fresh;
  };

  return {
    snapshot: (tenant) => entry(tenant).snapshot,
    at: async (tenant, now) => {
      const own = entry(tenant);
      const day = localDate(now);
      // Posts begin and end at midnight, so one directory serves a whole day.
      if (own.directory && own.day === day) return own.directory;
      const directory = directoryAt(await own.snapshot, now);
      own.directory = directory;
      own.day = day;
      return directory;
    },
    drop,
    close: () => {
      closed = true;
      clearTimeout(retry);
      const client = listener;
      listener = undefined;
      client?.release(true);
    },
  };
}
