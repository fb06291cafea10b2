import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { firstRun } from '#directory/first-run.ts';
import { purgeUnused } from '#documents/store.ts';
import type { TimeSource } from '#handling/time.ts';
import { DAY } from '#kernel/instant.ts';

/** Every hour, off the full hour, when timers and people's own programs crowd. */
export const TIDY_UP = '17 * * * * tidy-up ?jobKey=tidy-up&max=3';

// Whoever repeats a request does so within minutes; a month also covers a clerk's tablet found again after a holiday.
const ANSWERS_KEPT = 30 * DAY;
const forget = statement('tidy.forgetAnswers', 'delete from huiyin.idempotency where tenant_id = $1 and at < $2');

// What arrived long ago nobody sends again; what did not arrive stays until somebody has looked.
const DELIVERIES_KEPT = 60 * DAY;
const forgetSent = statement(
  'tidy.forgetSent',
  "delete from huiyin.webhook_delivery where tenant_id = $1 and status = 'sent' and created_at < $2",
);

/** Removes uploads nobody used within a day and answers nobody will ask for again. May run at any time, any number of times. */
export function tidyUp({ pool, time }: { pool: Pool; time: TimeSource }): Task {
  return async () => {
    const { companies } = await firstRun(pool);
    for (const { tenant } of companies) {
      const now = time.now();
      await purgeUnused(pool, tenant, now);
      await withTenant(pool, tenant, (client) => forget.count(client, [tenant, toTimestamp(now - ANSWERS_KEPT)]));
      await withTenant(pool, tenant, (client) =>
        forgetSent.count(client, [tenant, toTimestamp(now - DELIVERIES_KEPT)]),
      );
    }
  };
}
