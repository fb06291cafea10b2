import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { DirectoryCache } from '#directory/cache.ts';
import type { TimeSource } from '#handling/time.ts';
import { attempt } from '#subscriptions/deliver.ts';

const payload = z.object({ tenant: z.string(), webhookId: z.string(), deliveryId: z.string() });

/**
 * Sends a message to a program that subscribed. Whatever is no success is tried again, later and later; when a
 * subscription gives up, whoever made it hears of it.
 */
export function deliverWebhook(deps: {
  pool: Pool;
  directory: Pick<DirectoryCache, 'at'>;
  time: TimeSource;
  /** Whether addresses inside the company's own network may be sent to. */
  webhookPrivate?: boolean | undefined;
  onFailure(failure: { where: string; what: string; cause: string }): void;
}): Task {
  return async (raw, helpers) => {
    const order = payload.parse(raw);
    const { job } = helpers;
    const done = await attempt(
      {
        pool: deps.pool,
        directory: deps.directory,
        now: () => deps.time.now(),
        inner: deps.webhookPrivate === true,
      },
      { ...order, lastTry: job.attempts >= job.max_attempts },
    );
    const paused = done.pausedNow;
    if (paused) deps.onFailure({ where: 'webhook.paused', what: paused.label, cause: paused.words.en });
    if (done.again)
      throw new Error(`${done.answered?.status ?? 'no answer'}: ${done.answered?.words.slice(0, 200) ?? ''}`);
  };
}
