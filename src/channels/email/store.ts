import type { ClientBase, Pool } from 'pg';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Arrival } from '../contract.ts';

/** A mail as it came out of the mailbox. */
export interface RawMail {
  /** The whole mail, or only its head when it is too large. */
  bytes: Buffer;
  size: number;
  whole: boolean;
  receivedAt: Instant;
}

/** A kept mail and what became of it so far. */
export interface KeptMail {
  key: Buffer;
  receivedAt: Instant;
  newCaseId: string;
  status: 'kept' | Arrival['became'];
  caseId: string | null;
  number: string | null;
  reason: string | null;
  reasonZh: string | null;
  reasonEn: string | null;
}

const PART = 1024 * 1024;
const add = statement(
  'mail.add',
  `insert into huiyin.mail_message
     (tenant_id, key, message_id, sender, subject, received_at, kept_at, size, whole, new_case_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
);
const addPart = statement(
  'mail.addPart',
  'insert into huiyin.mail_content (tenant_id, key, part, bytes) values ($1, $2, $3, $4)',
);
const read = statement<KeptMail>(
  'mail.read',
  `select m.key, m.received_at as "receivedAt", m.new_case_id as "newCaseId", m.status, m.case_id as "caseId", c.number,
     m.reason, m.reason_zh as "reasonZh", m.reason_en as "reasonEn"
   from huiyin.mail_message m left join huiyin.case_file c on c.tenant_id = m.tenant_id and c.id = m.case_id
   where m.tenant_id = $1 and m.key = $2`,
);
const content = statement<{ bytes: Buffer }>(
  'mail.content',
  'select bytes from huiyin.mail_content where tenant_id = $1 and key = $2 order by part',
);
const settle = statement(
  'mail.settle',
  `update huiyin.mail_message set status = $3, case_id = $4, reason = $5, reason_zh = $6, reason_en = $7, settled_at = $8
   where tenant_id = $1 and key = $2`,
);
const fromSender = statement<{ n: number }>(
  'mail.fromSender',
  `select count(*)::int as n from huiyin.mail_message
   where tenant_id = $1 and sender = $2 and kept_at > $3 and status = 'case'`,
);
const latestOfCase = statement<{ messageId: string; subject: string; sender: string }>(
  'mail.latestOfCase',
  `select message_id as "messageId", subject, sender from huiyin.mail_message
   where tenant_id = $1 and message_id is not null
     -- The receipt may be on its way before the mail that began the case is settled.
     and (new_case_id = $2 or (case_id = $2 and status in ('case', 'addition')))
   order by received_at desc, kept_at desc limit 1`,
);

/** Keeps a mail before anything is made of it. Answers the one row of this mail, whoever kept it first. */
export async function keepMail(
  pool: Pool,
  tenant: string,
  raw: RawMail,
  head: { key: Buffer; messageId: string | null; sender: string; subject: string; newCaseId: string; at: Instant },
): Promise<KeptMail> {
  const { key, messageId, sender, subject, newCaseId, at } = head;
  return withTenant(pool, tenant, async (client) => {
    const added = await add.count(client, [
      tenant,
      key,
      messageId,
      sender.slice(0, 320),
      subject.slice(0, 500),
      toTimestamp(raw.receivedAt),
      toTimestamp(at),
      raw.size,
      raw.whole,
      newCaseId,
    ]);
    if (added > 0)
      for (let part = 0; part * PART < raw.bytes.length; part += 1)
        await addPart.count(client, [tenant, key, part, raw.bytes.subarray(part * PART, (part + 1) * PART)]);
    const row = await read.one(client, [tenant, key]);
    if (!row) throw new Error('a mail was not kept');
    return row;
  });
}

/** Writes down what became of a mail, in the transaction that attaches its files. */
export async function settleMail(
  client: ClientBase,
  tenant: string,
  key: Buffer,
  arrival: Arrival,
  at: Instant,
): Promise<void> {
  const caseId = 'caseId' in arrival ? arrival.caseId : null;
  const why: Refusal | null = 'why' in arrival ? arrival.why : null;
  const reason = [why?.code ?? null, why?.message.zh ?? null, why?.message.en ?? null];
  await settle.count(client, [tenant, key, arrival.became, caseId, ...reason, toTimestamp(at)]);
}

/** The answer that a settled mail got; null while it is not settled. */
export function arrivalOf(row: KeptMail): Arrival | null {
  if (row.status === 'kept') return null;
  if (row.status === 'nothing' || row.status === 'deadLetter')
    return {
      became: row.status,
      why: { code: row.reason ?? '', message: { zh: row.reasonZh ?? '', en: row.reasonEn ?? '' } },
    };
  return { became: row.status, caseId: row.caseId ?? '', number: row.number ?? '' };
}

/** How many cases a sender has begun since a moment. */
export const casesOfSender = async (pool: Pool, tenant: string, sender: string, since: Instant): Promise<number> =>
  (await withTenant(pool, tenant, (client) => fromSender.one(client, [tenant, sender, toTimestamp(since)])))?.n ?? 0;

/** The latest mail that the person who asked sent about a case: what our next letter answers to. */
export const lastMailOfCase = (
  client: ClientBase,
  tenant: string,
  caseId: string,
): Promise<{ messageId: string; subject: string; sender: string } | undefined> =>
  latestOfCase.one(client, [tenant, caseId]);

/** The bytes of a kept mail, as an .eml file holds them; undefined when there is no such mail. */
export async function readRawMail(pool: Pool, tenant: string, key: Buffer): Promise<Buffer | undefined> {
  const parts = await withTenant(pool, tenant, (client) => content.run(client, [tenant, key]));
  return parts.length === 0 ? undefined : Buffer.concat(parts.map((part) => part.bytes));
}
