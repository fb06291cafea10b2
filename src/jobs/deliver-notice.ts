import type { Task } from 'graphile-worker';
import type { SendMailOptions } from 'nodemailer';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { CaseState } from '#case/state.ts';
import { letterOf } from '#channels/email/letter.ts';
import { mailSecret } from '#channels/email/secret.ts';
import { isFinal, mailSender } from '#channels/email/send.ts';
import { lastMailOfCase } from '#channels/email/store.ts';
import { withTenant } from '#db/pool.ts';
import { createCaseLink } from '#directory/account/case-link.ts';
import { maskInText } from '#directory/mask.ts';
import { ownerAddress } from '#handling/consequences.ts';
import type { TimeSource } from '#handling/time.ts';

/** How e-mail leaves the house: an SMTP address such as smtp://user:password@host:587, and the sender. */
export interface MailSettings {
  url: string;
  from: string;
  /** Whether the mail server delivers `box+anything@` to `box@`: then answers come to an address of the case's own. */
  plus?: boolean;
}

const payload = z.object({ tenant: z.string(), caseId: z.string(), seq: z.number() });

interface Row {
  delivery: string;
  recipient_kind: string;
  recipient_id: string | null;
  text_zh: string;
  text_en: string;
  number: string;
  state: CaseState;
  email: string | null;
}

const READ = `select n.delivery, n.recipient_kind, n.recipient_id, n.text_zh, n.text_en, c.number, c.state, p.email
  from huiyin.notice n join huiyin.case_file c on c.tenant_id = n.tenant_id and c.id = n.case_id
  left join huiyin.person p on p.tenant_id = n.tenant_id and p.person_id::text = n.recipient_id
  where n.tenant_id = $1 and n.case_id = $2 and n.seq = $3`;

/**
 * Sends a notice by e-mail and records on it what became of it. Whoever has no address is shown it in the page only. The
 * message id is the notice's own, so that a message sent twice is recognised as one.
 */
export function deliverNotice(deps: {
  pool: Pool;
  time: TimeSource;
  mail: MailSettings | null;
  /** Address people reach the owner's pages at; absent: letters carry no link. */
  publicUrl?: string | undefined;
}): Task {
  const send = deps.mail ? mailSender(deps.mail.url) : undefined;
  return async (raw, helpers) => {
    const { tenant, caseId, seq } = payload.parse(raw);
    const inTenant = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => withTenant(deps.pool, tenant, work);
    const record = (delivery: string, note: string | null): Promise<unknown> =>
      inTenant((client) =>
        client.query(
          `update huiyin.notice set delivery = $4, delivery_note = $5, delivery_at = huiyin.instant($6)
           where tenant_id = $1 and case_id = $2 and seq = $3
             -- The report of a failure may have been faster.
             and delivery = 'waiting'`,
          [tenant, caseId, seq, delivery, note, deps.time.now()],
        ),
      );
    const row = await inTenant(async (client) => (await client.query<Row>(READ, [tenant, caseId, seq])).rows[0]);
    if (row?.delivery !== 'waiting') return;
    const to = row.recipient_kind === 'person' ? row.email : ownerAddress(row.state);
    if (!to || !send || !deps.mail) {
      await record('page', null);
      return;
    }
    const { mail } = deps;
    const toOwner = async ({ number, text_zh: zh, text_en: en }: Row, address: string): Promise<SendMailOptions> => {
      const answers = (await inTenant((client) => lastMailOfCase(client, tenant, caseId))) ?? null;
      // A link of its own for each letter: only its hash is kept, and one that went astray can be revoked.
      const page = deps.publicUrl
        ? `${deps.publicUrl}/o/c/${await createCaseLink(deps.pool, tenant, caseId, { now: deps.time.now() })}`
        : null;
      const letter = { to: address, caseId, number, seq, text: { zh, en }, page, answers };
      return letterOf(letter, mail, await mailSecret(deps.pool, tenant));
    };
    try {
      await send(row.recipient_kind === 'person' ? toStaff(row, mail.from, to, caseId, seq) : await toOwner(row, to));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const final = isFinal(cause);
      if (final || helpers.job.attempts >= helpers.job.max_attempts) await record('failed', why.slice(0, 500));
      if (final) return;
      throw cause;
    }
    await record('sent', null);
  };
}

const toStaff = (row: Row, from: string, to: string, caseId: string, seq: number): SendMailOptions => ({
  from,
  to,
  // A mailbox outside keeps what it gets: numbers stay masked there as on the page.
  subject: `[${row.number}] ${maskInText(row.text_zh).slice(0, 60)}`,
  text: `${maskInText(row.text_zh)}\n\n${maskInText(row.text_en)}\n`,
  messageId: `<${caseId}.${seq}@huiyin>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
});
