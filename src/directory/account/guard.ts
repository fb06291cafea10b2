import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';

/** Failed attempts that are forgiven, and how long the door then stays shut (doubling, up to an hour). */
const USER_LIMIT = 5;
const ADDRESS_LIMIT = 30;
const FORGET_AFTER = 15 * MINUTE;

/** One thing attempts are counted for: a username or a network address. */
export type Subject = `user:${string}` | `address:${string}`;

/** Until when a sign-in is refused for any of the subjects; null when it may be tried. */
export async function lockedUntil(
  client: PoolClient,
  tenant: string,
  subjects: Subject[],
  now: Instant,
): Promise<Instant | null> {
  const found = await client.query<{ until: Instant | null }>(
    `select max(locked_until) as until from huiyin.sign_in_guard
      where tenant_id = $1 and subject = any($2) and locked_until > $3`,
    [tenant, subjects, toTimestamp(now)],
  );
  return found.rows[0]?.until ?? null;
}

/** Counts a failure; from the limit on, each further one shuts the door twice as long as the last. */
export async function countFailure(
  client: PoolClient,
  tenant: string,
  subjects: Subject[],
  now: Instant,
): Promise<void> {
  for (const subject of subjects) {
    await client.query(
      `insert into huiyin.sign_in_guard as g (tenant_id, subject, failures, last_at) values ($1, $2, 1, $3)
       on conflict (tenant_id, subject) do update set
         failures = case when g.last_at < $4 then 1 else g.failures + 1 end, last_at = $3,
         locked_until = case when g.last_at >= $4 and g.failures + 1 >= $5
           then $3::timestamptz + least(interval '1 hour', interval '1 minute' * (2 ^ least(g.failures + 1 - $5, 6))) end`,
      [
        tenant,
        subject,
        toTimestamp(now),
        toTimestamp(now - FORGET_AFTER),
        subject.startsWith('user:') ? USER_LIMIT : ADDRESS_LIMIT,
      ],
    );
  }
}

/** Forgets a username's failures after a success. An address keeps its own: one good account must not cover for guessing others. */
export async function forgive(client: PoolClient, tenant: string, subject: Subject): Promise<void> {
  await client.query(
    'update huiyin.sign_in_guard set failures = 0, locked_until = null where tenant_id = $1 and subject = $2',
    [tenant, subject],
  );
}
