import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { ReadMail } from './read-mail.ts';
import { messagesNamedIn, numberOfAddress, type OwnAddress } from './signed-address.ts';

/** A case that a mail belongs to. */
export interface CaseOfMail {
  caseId: string;
  number: string;
  /** Entry that the answered message of ours told of; null when the mail came by the case's address. */
  seq: number | null;
  /** The address left with the case. */
  contactEmail: string | null;
}

const NUMBER = /(?<![A-Z\d])[A-Z]{2,4}\d{4}(?:\d{2})?-\d{4,9}(?!\d)/i;

/** Case number in a subject, upper case; null when there is none. */
export const numberIn = (subject: string): string | null => NUMBER.exec(subject)?.[0].toUpperCase() ?? null;

/**
 * The case that a mail answers: by the signed address it was sent to, by a message of ours it names, or by the number in
 * the subject when it comes from the very address left with that case.
 */
export async function caseOfMail(
  pool: Pool,
  tenant: string,
  own: OwnAddress,
  secret: Uint8Array,
  mail: ReadMail,
  raw = '',
): Promise<CaseOfMail | null> {
  const addressed = mail.recipients.flatMap((address) => numberOfAddress(own, secret, address) ?? [])[0] ?? null;
  const [answered] = messagesNamedIn(secret, `${mail.references}\n${raw}`);
  const written = numberIn(mail.subject);
  if (addressed === null && !answered && written === null) return null;
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Omit<CaseOfMail, 'seq'>>(
      `select id as "caseId", number, state->'values'->>'contactEmail' as "contactEmail" from huiyin.case_file
       where tenant_id = $1 and (number = any($2::text[]) or id = $3::uuid)`,
      [tenant, [addressed, written].filter((number) => number !== null), answered?.caseId ?? null],
    ),
  );
  const byAddress = found.rows.find((row) => addressed !== null && row.number === addressed);
  const byMessage = found.rows.find((row) => row.caseId === answered?.caseId);
  const byNumber = found.rows.find(
    (row) => row.number === written && row.contactEmail?.toLowerCase() === mail.from.address,
  );
  const row = byAddress ?? byMessage ?? byNumber;
  return row ? { ...row, seq: answered && row.caseId === answered.caseId ? answered.seq : null } : null;
}
