import { createHash, randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { withTenant } from '#db/pool.ts';
import { uuid7 } from '#handling/uuid.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';

/** A request as it was kept. */
export interface KeptRequest {
  tenant: string;
  token: string;
  estateId: string | null;
  serviceCode: string;
  body: string;
  newCaseId: string;
  keptAt: Instant;
  settledAt: Instant | null;
  reason: string | null;
  reasonZh: string | null;
  reasonEn: string | null;
}

const COLUMNS = `tenant_id as tenant, token, estate_id as "estateId", service_code as "serviceCode", body,
  new_case_id as "newCaseId", kept_at as "keptAt", settled_at as "settledAt", reason, reason_zh as "reasonZh",
  reason_en as "reasonEn"`;

// Whoever presses the button twice, or whose telephone asks again for want of an answer, means one thing.
const SAME_WITHIN = 15 * MINUTE;

/** What is kept of a request before anything is made of it. */
export interface Arrived {
  tenant: string;
  keyId: string;
  estateId: string | null;
  serviceCode: string;
  /** As it was sent, without the key. */
  body: string;
}

/** Keeps a request; the same one sent again within minutes is the first one. */
export async function keepRequest(pool: Pool, arrived: Arrived, now: Instant): Promise<KeptRequest> {
  const { tenant, keyId, estateId, serviceCode, body } = arrived;
  const digest = createHash('sha256').update(`${keyId}\n${estateId}\n${body}`).digest();
  return withTenant(pool, tenant, async (client) => {
    // Two sendings at once must not both find nothing.
    await oneAtATime(client, 'open311', tenant, digest.toString('hex'));
    const before = await client.query<KeptRequest>(
      `select ${COLUMNS} from huiyin.open311_request
        where tenant_id = $1 and digest = $2 and kept_at > huiyin.instant($3) order by kept_at desc limit 1`,
      [tenant, digest, now - SAME_WITHIN],
    );
    if (before.rows[0]) return before.rows[0];
    const made = await client.query<KeptRequest>(
      `insert into huiyin.open311_request (tenant_id, token, digest, key_id, estate_id, service_code, body, new_case_id, kept_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, huiyin.instant($9)) returning ${COLUMNS}`,
      [tenant, randomBytes(18).toString('base64url'), digest, keyId, estateId, serviceCode, body, uuid7(now), now],
    );
    const [row] = made.rows;
    if (!row) throw new Error('a request was kept without a row');
    return row;
  });
}

/** The request behind a token. */
export async function requestOfToken(pool: Pool, tenant: string, token: string): Promise<KeptRequest | undefined> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `select ${COLUMNS} from huiyin.open311_request where tenant_id = $1 and token = $2`;
    return (await client.query<KeptRequest>(ask, [tenant, token])).rows[0];
  });
}

/** Requests that were kept and of which nothing has become yet, oldest first. */
export async function unsettled(pool: Pool, tenant: string, before: Instant): Promise<KeptRequest[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `select ${COLUMNS} from huiyin.open311_request
      where tenant_id = $1 and settled_at is null and kept_at < huiyin.instant($2) order by kept_at limit 100`;
    return (await client.query<KeptRequest>(ask, [tenant, before])).rows;
  });
}

/** Writes down, once, what became of a request; without a reason it is a case now. */
export async function settleRequest(
  client: PoolClient,
  { tenant, token }: KeptRequest,
  why: Refusal | null,
  now: Instant,
): Promise<void> {
  await client.query(
    `update huiyin.open311_request set settled_at = huiyin.instant($3), reason = $4, reason_zh = $5, reason_en = $6
      where tenant_id = $1 and token = $2 and settled_at is null`,
    [tenant, token, now, why?.code ?? null, why?.message.zh ?? null, why?.message.en ?? null],
  );
}
