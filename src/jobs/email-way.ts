import type { SendMailOptions } from 'nodemailer';
import type { Pool } from 'pg';
import { letterOf } from '#channels/email/letter.ts';
import { mailSecret } from '#channels/email/secret.ts';
import { isFinal, mailSender } from '#channels/email/send.ts';
import { lastMailOfCase } from '#channels/email/store.ts';
import { withTenant } from '#db/pool.ts';
import { createCaseLink } from '#directory/account/case-link.ts';
import { maskEmail, maskInText } from '#directory/mask.ts';
import { ownerAddress } from '#handling/consequences.ts';
import type { TimeSource } from '#handling/time.ts';
import type { MailSettings } from './deliver-notice.ts';
import type { Message, NoticeWay, Told } from './notice-ways.ts';

/** Notices by e-mail: the owner's as letters he can answer, the staff's short and masked. */
export function emailWay(
  deps: { pool: Pool; time: TimeSource; publicUrl?: string | undefined },
  mail: MailSettings,
): NoticeWay {
  const send = mailSender(mail.url);
  const toOwner = async ({ to, recipient: { tenant }, told }: Message): Promise<SendMailOptions> => {
    const { caseId, number, seq } = told[told.length - 1] ?? told[0];
    const answers = (await withTenant(deps.pool, tenant, (client) => lastMailOfCase(client, tenant, caseId))) ?? null;
    // A link of its own for each letter: only its hash is kept, and one that went astray can be revoked.
    const page = deps.publicUrl
      ? `${deps.publicUrl}/o/c/${await createCaseLink(deps.pool, tenant, caseId, { now: deps.time.now(), inLetter: true })}`
      : null;
    const text = { zh: lines(told, 'zh'), en: lines(told, 'en') };
    const letter = { to, caseId, number, seq, text, page, answers };
    return letterOf(letter, mail, await mailSecret(deps.pool, tenant));
  };
  return {
    id: 'email',
    channels: ['email'],
    address: async ({ kind, email, state }) => (kind === 'person' ? email : state && ownerAddress(state)),
    masked: maskEmail,
    send: async (message) =>
      send(message.recipient.kind === 'person' ? toStaff(message, mail.from) : await toOwner(message)),
    isFinal,
  };
}

const lines = (told: readonly Told[], lang: 'zh' | 'en'): string => told.map(({ text }) => text[lang]).join('\n\n');

/** A mailbox outside keeps what it gets: numbers stay masked there as on the page. */
function toStaff({ to, told }: Message, from: string): SendMailOptions {
  const [first] = told;
  const zh = maskInText(first.text.zh);
  const several = told.length > 1;
  const body = several
    ? told.map(({ number, text }) => `[${number}]\n${maskInText(text.zh)}\n${maskInText(text.en)}`).join('\n\n')
    : `${zh}\n\n${maskInText(first.text.en)}`;
  return {
    from,
    to,
    subject: several ? `${told.length} 条通知 · ${told.length} notices` : `[${first.number}] ${zh.slice(0, 60)}`,
    text: `${body}\n`,
    // The message's own, so that one sent twice is recognised as one.
    messageId: `<${first.caseId}.${first.seq}${several ? `.${told.length}` : ''}@huiyin>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
