import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import { unsettled } from '../settled.ts';

/** A mail of which no case could be made: somebody must read it. */
export interface DeadLetter {
  /** Hexadecimal; `readRawMail` takes it as bytes. */
  key: string;
  sender: string;
  subject: string;
  receivedAt: Instant;
  size: number;
  /** False when only the head was kept: the mail itself lies flagged in the mailbox. */
  whole: boolean;
  code: string;
  why: Text;
}

const WAITS = `tenant_id = $1 and status = 'deadLetter'
  and ${unsettled("'email'", "'in'", "encode(mail_message.key, 'hex')")}`;

/** Mails that wait for a person, newest first. */
export async function deadLetters(pool: Pool, tenant: string, limit = 50): Promise<DeadLetter[]> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Omit<DeadLetter, 'why'> & { zh: string; en: string }>(
      `select encode(key, 'hex') as key, sender, subject, received_at as "receivedAt", size, whole, reason as code,
         reason_zh as zh, reason_en as en
       from huiyin.mail_message where ${WAITS} order by kept_at desc limit $2`,
      [tenant, limit],
    ),
  );
  return found.rows.map(({ zh, en, ...letter }) => ({ ...letter, why: { zh, en } }));
}

/** How many mails of a company wait for a person. */
export async function countDeadLetters(pool: Pool, tenant: string): Promise<number> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ n: number }>(`select count(*)::int as n from huiyin.mail_message where ${WAITS}`, [tenant]),
  );
  return found.rows[0]?.n ?? 0;
}
