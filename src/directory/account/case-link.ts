import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';
import { hashOf, newToken, readToken } from './token.ts';

/** Makes a link token by which whoever asked follows one case without an account. Each notice may carry its own. */
export async function createCaseLink(
  db: Db,
  tenant: string,
  caseId: string,
  {
    now = Date.now(),
    expiresAt,
    inLetter = false,
  }: {
    now?: Instant;
    expiresAt?: Instant /** Whether it is sent to the owner: its use shows that it arrived. */;
    inLetter?: boolean;
  } = {},
): Promise<string> {
  const token = newToken(tenant);
  await within(db, tenant, (client) =>
    client.query(
      `insert into huiyin.case_link (tenant_id, token_hash, case_id, created_at, expires_at, in_letter)
       values ($1, $2, $3, $4, $5, $6)`,
      [tenant, token.hash, caseId, toTimestamp(now), expiresAt === undefined ? null : toTimestamp(expiresAt), inLetter],
    ),
  );
  return token.text;
}

/** Which case a link belongs to; null when it is unknown, has expired or was revoked. */
export async function caseOfLink(
  db: Db,
  token: string | undefined,
  now: Instant = Date.now(),
): Promise<{ tenant: string; caseId: string; inLetter?: boolean } | null> {
  const parts = readToken(token);
  if (!parts) return null;
  return within(db, parts.tenant, async (client) => {
    const found = await client.query<{ caseId: string; inLetter: boolean }>(
      `select case_id as "caseId", in_letter as "inLetter" from huiyin.case_link where tenant_id = $1 and token_hash = $2 and revoked_at is null
          and (expires_at is null or expires_at > $3)`,
      [parts.tenant, hashOf(parts.secret), toTimestamp(now)],
    );
    const row = found.rows[0];
    return row ? { tenant: parts.tenant, caseId: row.caseId, ...(row.inLetter ? { inLetter: true } : {}) } : null;
  });
}

/** Revokes every link of a case, e.g. when one reached the wrong person. */
export async function revokeCaseLinks(
  db: Db,
  tenant: string,
  caseId: string,
  now: Instant = Date.now(),
): Promise<void> {
  await within(db, tenant, (client) =>
    client.query(
      'update huiyin.case_link set revoked_at = $3 where tenant_id = $1 and case_id = $2 and revoked_at is null',
      [tenant, caseId, toTimestamp(now)],
    ),
  );
}
