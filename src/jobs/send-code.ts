import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Send } from '#channels/contract.ts';
import { mailSender } from '#channels/email/send.ts';
import { sendCodeTo } from '#channels/messaging/send.ts';
import { type CodeWay, drawCode } from '#directory/account/sent-code.ts';
import type { StepPurpose } from '#directory/account/step.ts';
import { loadSnapshot } from '#directory/snapshot.ts';
import { MINUTE } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import type { MailSettings } from './deliver-notice.ts';
import type { MessagingDeps } from './messages.ts';

const payload = z.object({ tenant: z.string(), stepId: z.string() });

/** A code on its way to somebody. */
interface CodeLetter {
  tenant: string;
  to: string;
  company: string;
  code: string;
  /** How long it can be used. */
  minutes: number;
  purpose: StepPurpose;
}

/** Every way a code can travel on this installation; a further one is one entry. */
type CodeSenders = { [way in CodeWay]?: Send<CodeLetter> };

/** The ways that can be set up: e-mail with the program's settings, short messages by whichever company has connected them. */
export const codeSenders = (mail: MailSettings | null, messaging: MessagingDeps | null): CodeSenders => ({
  ...(mail ? { email: codeByMail(mail) } : {}),
  ...(messaging ? { sms: ({ tenant, to, code }) => sendCodeTo(messaging, tenant, to, code) } : {}),
});

/**
 * Sends the code of a step. It is drawn here, so that neither the queue nor a log ever holds it; sent twice, the later one
 * counts. Nothing is sent for nobody, or when nobody waits for it any more.
 */
export function sendCode(deps: { pool: Pool; senders: CodeSenders }): Task {
  return async (raw) => {
    const { tenant, stepId } = payload.parse(raw);
    const now = Date.now();
    const drawn = await drawCode(deps.pool, tenant, stepId, now);
    if (!drawn) return;
    const { code, contact: to, purpose } = drawn;
    const send = drawn.way === 'email' ? deps.senders.email : deps.senders.sms;
    if (!send) throw new Error(`no way to send a code by ${drawn.way}`);
    const { name: company } = await loadSnapshot(deps.pool, tenant);
    await send({
      tenant,
      to,
      company,
      code,
      purpose,
      minutes: Math.max(1, Math.floor((drawn.expiresAt - now) / MINUTE)),
    });
  };
}

const FOR: { [purpose in StepPurpose]: Text } = {
  signInCode: text('登录', 'sign in'),
  proveContact: text('验证这个地址', 'prove this address'),
  ownerCode: text('查看您的事项', 'see your case'),
  secondFactor: text('登录', 'sign in'),
  signInPasskey: text('登录', 'sign in'),
  addPasskey: text('登录', 'sign in'),
};

function codeByMail(mail: MailSettings): Send<CodeLetter> {
  const send = mailSender(mail.url);
  return async ({ to, company, code, minutes, purpose }) => {
    const what = FOR[purpose];
    await send({
      from: mail.from,
      to,
      subject: `${company} 验证码`,
      text: [
        `您的验证码：${code}`,
        `用于${what.zh}，${minutes} 分钟内有效。任何人向您索要都不要给；若不是您本人操作，忽略此信即可。`,
        `Your code to ${what.en} is ${code}, good for ${minutes} minute(s). Give it to nobody; ignore this letter if it was not you who asked.`,
        '',
      ].join('\n\n'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  };
}
