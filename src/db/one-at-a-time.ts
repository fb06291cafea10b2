import type { ClientBase, Pool } from 'pg';

/** Everything only one may do at a time, over all processes on one database. The text is the lock's name there. */
const LOCKS = {
  migrations: 'huiyin migrations',
  firstRun: 'huiyin first run',
  anchor: 'huiyin anchor',
  worker: 'huiyin worker',
  premises: 'huiyin premises',
  dispatch: 'huiyin dispatch',
  pack: 'huiyin pack',
  shiftList: 'huiyin shift list',
  open311: 'huiyin open311',
} as const;
export type Lock = keyof typeof LOCKS;

const KEY = 'hashtextextended($1, 0)';
const named = (lock: Lock, whose: string[]): string[] => [[LOCKS[lock], ...whose].join(' ')];

/**
 * Waits until nobody else holds the lock and keeps it until the caller's transaction ends.
 * @param whose what narrows it, the company first: two companies never wait for each other.
 */
export async function oneAtATime(client: ClientBase, lock: Lock, ...whose: string[]): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(${KEY})`, named(lock, whose));
}

/** The same, kept until the connection ends. */
export async function oneAtATimeForSession(client: ClientBase, lock: Lock, ...whose: string[]): Promise<void> {
  await client.query(`select pg_advisory_lock(${KEY})`, named(lock, whose));
}

/** Whether nobody holds the lock at this moment. */
export async function isFree(pool: Pool, lock: Lock, ...whose: string[]): Promise<boolean> {
  const found = await pool.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock(${KEY}) as free`,
    named(lock, whose),
  );
  return found.rows[0]?.free === true;
}
