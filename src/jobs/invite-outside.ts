import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { mailSender } from '#channels/email/send.ts';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { outsidePageById, outsideToken } from '#directory/account/outside-page.ts';
import { loadSnapshot } from '#directory/snapshot.ts';
import type { TimeSource } from '#handling/time.ts';
import type { MailSettings } from './deliver-notice.ts';

const payload = z.object({ tenant: z.string(), pageId: z.string(), base: z.string() });

/** Sends a party outside its question by e-mail, with a link of its own; nothing when it was answered meanwhile. */
export function inviteOutside(deps: { pool: Pool; time: TimeSource; mail: MailSettings | null }): Task {
  const { pool, time, mail } = deps;
  const send = mail ? mailSender(mail.url) : undefined;
  return async (raw) => {
    const { tenant, pageId, base } = payload.parse(raw);
    const page = await outsidePageById(pool, tenant, pageId, time.now());
    if (!send || !mail || !page?.contact || page.standing !== 'open') return;
    const found = await withTenant(pool, tenant, (client) =>
      client.query<{ number: string }>('select number from huiyin.case_list where id = $1', [page.caseId]),
    );
    const number = found.rows[0]?.number ?? '';
    const { name: company } = await loadSnapshot(pool, tenant);
    const url = `${base}/o/x/${await outsideToken(pool, tenant, pageId)}`;
    const until = page.expiresAt === null ? null : formatLocal(page.expiresAt);
    await send({
      from: mail.from,
      to: page.contact,
      subject: `[${number}] ${company}请您答复`,
      text: [
        `${page.party}：`,
        `${company}请您就 ${number} 答复一次${until === null ? '' : `，截止 ${until}`}。`,
        `${company} asks you for one answer about ${number}${until === null ? '' : `, by ${until}`}.`,
        url,
        '',
      ].join('\n\n'),
      messageId: `<outside.${pageId}@huiyin>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  };
}
