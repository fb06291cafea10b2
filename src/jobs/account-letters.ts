import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { mailSender } from '#channels/email/send.ts';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { linkForLetter } from '#directory/account/invitation.ts';
import { loadSnapshot } from '#directory/snapshot.ts';
import type { MailSettings } from './deliver-notice.ts';

const invitation = z.object({ tenant: z.string(), invitationId: z.string(), base: z.string() });

/** Sends an invitation with a link of its own, drawn here: the queue never holds it. Nothing when it is over. */
export function inviteStaff({ pool, mail }: { pool: Pool; mail: MailSettings | null }): Task {
  const send = mail ? mailSender(mail.url) : undefined;
  return async (raw) => {
    const { tenant, invitationId, base } = invitation.parse(raw);
    if (!send || !mail) return;
    const letter = await linkForLetter(pool, tenant, invitationId, Date.now());
    if (!letter) return;
    const { name: company } = await loadSnapshot(pool, tenant);
    const until = formatLocal(letter.expiresAt);
    await send({
      from: mail.from,
      to: letter.email,
      subject: `${company}邀请您使用回音`,
      text: [
        `${letter.name}：`,
        `${company}为您开通了账号，用户名 ${letter.username}。请打开下面的链接设一个自己的密码，${until} 前有效，只能用一次。`,
        `${company} has opened an account for you, username ${letter.username}. Choose a password of your own by this link before ${until}; it works once.`,
        `${base}/join#${letter.token}`,
        '',
      ].join('\n\n'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  };
}

const newDevice = z.object({
  tenant: z.string(),
  personId: z.string(),
  at: z.number(),
  address: z.string(),
  device: z.string(),
});

/** Tells somebody by e-mail that his account was used from a browser that was never seen before. */
export function tellNewDevice({ pool, mail }: { pool: Pool; mail: MailSettings | null }): Task {
  const send = mail ? mailSender(mail.url) : undefined;
  return async (raw) => {
    const { tenant, personId, at, address, device } = newDevice.parse(raw);
    if (!send || !mail) return;
    const to = await withTenant(pool, tenant, async (client) => {
      const found = await client.query<{ email: string | null }>(
        `select coalesce(c.contact, p.email) as email from huiyin.person p
           left join huiyin.proved_contact c on c.tenant_id = p.tenant_id and c.person_id = p.person_id and c.way = 'email'
          where p.tenant_id = $1 and p.person_id = $2`,
        [tenant, personId],
      );
      return found.rows[0]?.email ?? null;
    });
    if (to === null) return;
    const { name: company } = await loadSnapshot(pool, tenant);
    const when = formatLocal(at);
    await send({
      from: mail.from,
      to,
      subject: `${company}：您的账号在新设备登录`,
      text: [
        `${when}，您的账号在一台新设备上登录：${device}，网络地址 ${address}。`,
        '若不是您本人，请立即在“我的账号”里让该设备退出并修改密码，或联系本公司管理员。',
        `${when}: your account was used on a new device (${device}, ${address}). If it was not you, end that session on the page “My account” and change your password, or tell your administrator.`,
        '',
      ].join('\n\n'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  };
}
