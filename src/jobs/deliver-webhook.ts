import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { mailSender } from '#channels/email/send.ts';
import type { TimeSource } from '#handling/time.ts';
import { attempt } from '#subscriptions/deliver.ts';
import type { MailSettings } from './deliver-notice.ts';

const payload = z.object({ tenant: z.string(), webhookId: z.string(), deliveryId: z.string() });

/**
 * Sends a message to a program that subscribed. Whatever is no success is tried again, later and later; when a
 * subscription gives up, whoever made it hears of it.
 */
export function deliverWebhook(deps: {
  pool: Pool;
  time: TimeSource;
  mail: MailSettings | null;
  /** Whether addresses inside the company's own network may be sent to. */
  webhookPrivate?: boolean | undefined;
  onFailure(failure: { where: string; what: string; cause: string }): void;
}): Task {
  const send = deps.mail ? mailSender(deps.mail.url) : undefined;
  return async (raw, helpers) => {
    const order = payload.parse(raw);
    const { job } = helpers;
    const done = await attempt(
      { pool: deps.pool, now: () => deps.time.now(), inner: deps.webhookPrivate === true },
      { ...order, lastTry: job.attempts >= job.max_attempts },
    );
    const paused = done.pausedNow;
    if (paused) {
      const words = WORDS[paused.why](paused.label);
      deps.onFailure({ where: 'webhook.paused', what: paused.label, cause: words.en });
      if (send && deps.mail && paused.creatorEmail)
        await send({
          from: deps.mail.from,
          to: paused.creatorEmail,
          subject: words.zh,
          text: `${words.zh}\n\n${words.en}\n`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        }).catch((cause: unknown) =>
          deps.onFailure({ where: 'webhook.paused', what: paused.label, cause: String(cause) }),
        );
    }
    if (done.again)
      throw new Error(`${done.answered?.status ?? 'no answer'}: ${done.answered?.words.slice(0, 200) ?? ''}`);
  };
}

const WORDS = {
  failing: (label: string) => ({
    zh: `订阅“${label}”连续三天投递失败，已自动暂停：请检查对方地址后在“接口与订阅”恢复`,
    en: `The subscription “${label}” failed for three days and was paused; check the address and resume it`,
  }),
  gone: (label: string) => ({
    zh: `订阅“${label}”的对方表示不再接收（410），已暂停`,
    en: `The subscription “${label}” was paused: the other side wants no more (410)`,
  }),
};
