import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { sessionToken } from '#directory/account/actor.ts';
import { hashOf } from '#directory/account/token.ts';
import type { Instant } from '#kernel/instant.ts';
import type { HttpDeps } from './deps.ts';

/**
 * The address of the owner's page of a case. It is derived from the secret that the sender showed, so that a repeated
 * request gets the same address again although only the token's hash is kept.
 */
export async function linkForAsker(
  deps: HttpDeps,
  request: FastifyRequest,
  tenant: string,
  caseId: string,
  now: Instant,
): Promise<string> {
  const shown = sessionToken(request.headers.cookie) ?? request.headers.authorization ?? '';
  const secret = createHmac('sha256', shown).update(`owner page ${caseId}`).digest('base64url').slice(0, 32);
  await withTenant(deps.pool, tenant, (client) =>
    client.query(
      `insert into huiyin.case_link (tenant_id, token_hash, case_id, created_at) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [tenant, hashOf(secret), caseId, toTimestamp(now)],
    ),
  );
  return `${baseUrl(deps, request)}/o/c/${tenant}.${secret}`;
}

/** Where people reach this server: as configured, else as the request itself says. */
export function baseUrl(deps: HttpDeps, request: FastifyRequest): string {
  return deps.publicUrl === '' ? `${request.protocol}://${request.host}` : deps.publicUrl;
}
