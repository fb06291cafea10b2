import { randomUUID } from 'node:crypto';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';
import { hashOf, newToken, readToken } from './token.ts';

/** What somebody outside the company is asked: to act once in one role of one case. */
export interface OutsideQuestion {
  caseId: string;
  role: string;
  /** Who is asked, as the timeline will name him. */
  party: string;
  /** An address to send the question to. */
  contact: string | null;
  /** Who of the staff asks. */
  by: string;
  /** Until when it can be answered; null: until it is answered or asked anew. */
  expiresAt: Instant | null;
}

/** A question behind a link, and whether it can still be answered. */
export interface OutsidePage {
  tenant: string;
  pageId: string;
  caseId: string;
  role: string;
  party: string;
  contact: string | null;
  expiresAt: Instant | null;
  standing: 'open' | 'used' | 'expired' | 'revoked';
}

/** Asks; an earlier unanswered question to the same party in the same role is withdrawn. */
export async function askOutside(
  db: Db,
  tenant: string,
  question: OutsideQuestion,
  now: Instant,
): Promise<{ pageId: string; token: string }> {
  const { caseId, role, party, contact, by, expiresAt } = question;
  const pageId = randomUUID();
  return within(db, tenant, async (client) => {
    await client.query(
      `update huiyin.outside_page set revoked_at = $5 where tenant_id = $1 and case_id = $2 and role = $3 and party = $4
         and used_at is null and revoked_at is null`,
      [tenant, caseId, role, party, toTimestamp(now)],
    );
    await client.query(
      `insert into huiyin.outside_page (tenant_id, page_id, case_id, role, party, contact, created_at, created_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        tenant,
        pageId,
        caseId,
        role,
        party,
        contact,
        toTimestamp(now),
        by,
        expiresAt === null ? null : toTimestamp(expiresAt),
      ],
    );
    return { pageId, token: await outsideToken(client, tenant, pageId) };
  });
}

/** A further token for a question, such as the one in a letter. */
export async function outsideToken(db: Db, tenant: string, pageId: string): Promise<string> {
  const token = newToken(tenant);
  await within(db, tenant, (client) =>
    client.query('insert into huiyin.outside_token (tenant_id, token_hash, page_id) values ($1, $2, $3)', [
      tenant,
      token.hash,
      pageId,
    ]),
  );
  return token.text;
}

interface Row {
  pageId: string;
  caseId: string;
  role: string;
  party: string;
  contact: string | null;
  expiresAt: Instant | null;
  used: boolean;
  revoked: boolean;
}

const COLUMNS = `p.page_id as "pageId", p.case_id as "caseId", p.role, p.party, p.contact,
  (extract(epoch from p.expires_at) * 1000)::float8 as "expiresAt", p.used_at is not null as used, p.revoked_at is not null as revoked`;

/** The question behind a token; null when there never was one. */
export async function outsidePageOf(db: Db, token: string | undefined, now: Instant): Promise<OutsidePage | null> {
  const parts = readToken(token);
  if (!parts) return null;
  return within(db, parts.tenant, async (client) => {
    const found = await client.query<Row>(
      `select ${COLUMNS} from huiyin.outside_token t
         join huiyin.outside_page p on p.tenant_id = t.tenant_id and p.page_id = t.page_id
        where t.tenant_id = $1 and t.token_hash = $2`,
      [parts.tenant, hashOf(parts.secret)],
    );
    return found.rows[0] ? read(parts.tenant, found.rows[0], now) : null;
  });
}

/** A question by its id; null when there is none. */
export async function outsidePageById(
  db: Db,
  tenant: string,
  pageId: string,
  now: Instant,
): Promise<OutsidePage | null> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Row>(
      `select ${COLUMNS} from huiyin.outside_page p where p.tenant_id = $1 and p.page_id = $2`,
      [tenant, pageId],
    );
    return found.rows[0] ? read(tenant, found.rows[0], now) : null;
  });
}

function read(tenant: string, { used, revoked, ...row }: Row, now: Instant): OutsidePage {
  const expired = row.expiresAt !== null && row.expiresAt <= now;
  return { tenant, ...row, standing: used ? 'used' : revoked ? 'revoked' : expired ? 'expired' : 'open' };
}

/** The question has been answered: none of its links works any more. */
export async function closeOutsidePage(db: Db, tenant: string, pageId: string, now: Instant): Promise<void> {
  await within(db, tenant, (client) =>
    client.query(
      'update huiyin.outside_page set used_at = $3 where tenant_id = $1 and page_id = $2 and used_at is null',
      [tenant, pageId, toTimestamp(now)],
    ),
  );
}
