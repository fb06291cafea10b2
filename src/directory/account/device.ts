import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { hashOf } from './token.ts';

/** Cookie by which a browser is known again. It opens nothing by itself. */
export const MARK_COOKIE = 'huiyin_device';
const MARK = /^[A-Za-z0-9_-]{32}$/;

/** Where an attempt comes from. */
export interface Origin {
  address: string;
  /** What the browser calls itself. */
  device?: string;
  /** By what the browser is known again; absent at its first visit. */
  mark?: string | undefined;
  /** Real time; default: now. */
  now?: Instant;
}

/** Whether a person has signed in from this browser before. */
export async function isKnown(
  client: PoolClient,
  tenant: string,
  personId: string,
  mark: string | undefined,
): Promise<boolean> {
  if (mark === undefined || !MARK.test(mark)) return false;
  const found = await client.query(
    'select 1 from huiyin.known_device where tenant_id = $1 and person_id = $2 and mark_hash = $3',
    [tenant, personId, hashOf(mark)],
  );
  return found.rowCount === 1;
}

/** Remembers the browser somebody signs in from. `fresh`: he has others already, and this one was not among them. */
export async function rememberDevice(
  client: PoolClient,
  tenant: string,
  personId: string,
  given: string | undefined,
  now: Instant,
): Promise<{ mark: string; fresh: boolean }> {
  const mark = given !== undefined && MARK.test(given) ? given : randomBytes(24).toString('base64url');
  const others = await client.query(
    'select 1 from huiyin.known_device where tenant_id = $1 and person_id = $2 limit 1',
    [tenant, personId],
  );
  const made = await client.query<{ fresh: boolean }>(
    `insert into huiyin.known_device (tenant_id, person_id, mark_hash, first_at, last_at) values ($1, $2, $3, $4, $4)
     on conflict (tenant_id, person_id, mark_hash) do update set last_at = excluded.last_at
     returning first_at = last_at as fresh`,
    [tenant, personId, hashOf(mark), toTimestamp(now)],
  );
  return { mark, fresh: others.rowCount === 1 && made.rows[0]?.fresh === true };
}
