import { randomUUID } from 'node:crypto';
import type { ActorRef } from '#case/event.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from './within.ts';

/** A look at personal data in clear: whose, which fields, and why. */
export interface Look {
  caseId?: string;
  residentId?: string;
  fields: string[];
  reason: string;
}

/**
 * Lets `read` fetch personal data in clear after the look has been written down; both in one transaction, so nothing is
 * shown that was not logged. Whether the actor may at all is for the caller to decide. Refuses with reveal.reason or
 * reveal.nothing.
 */
export async function revealPersonal<T>(
  db: Db,
  tenant: string,
  actor: ActorRef,
  look: Look,
  now: Instant,
  read: (client: Parameters<Parameters<typeof within>[2]>[0]) => Promise<T>,
): Promise<Result<T>> {
  const reason = look.reason.trim();
  if ([...reason].length < 2)
    return refuse(
      refusal('reveal.reason', text('查看明文须填写理由', 'Say why you need to see it in clear'), { field: 'reason' }),
    );
  if (look.fields.length === 0)
    return refuse(
      refusal('reveal.nothing', text('未指明要查看哪些内容', 'Say what you need to see'), { field: 'fields' }),
    );
  return within(db, tenant, async (client) => {
    await client.query(
      `insert into huiyin.access_log (tenant_id, access_id, at, person_id, person_name, case_id, resident_id, fields, reason)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        tenant,
        randomUUID(),
        toTimestamp(now),
        actor.personId,
        actor.name,
        look.caseId ?? null,
        look.residentId ?? null,
        look.fields,
        reason.slice(0, 500),
      ],
    );
    return accept(await read(client));
  });
}

/** One line of the access log. */
export interface LookEntry {
  at: Instant;
  personName: string;
  caseId: string | null;
  fields: string[];
  reason: string;
}

/** Who looked at a case's personal data, latest first. */
export async function looksAt(db: Db, tenant: string, caseId: string, limit = 100): Promise<LookEntry[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<LookEntry>(
      `select at, person_name as "personName", case_id as "caseId", fields, reason from huiyin.access_log
        where tenant_id = $1 and case_id = $2 order by at desc limit $3`,
      [tenant, caseId, limit],
    );
    return found.rows;
  });
}
