import type { Pool } from 'pg';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { withTenant } from '#db/pool.ts';

// Within one process at most one connection waits or works here, so that waiting can never use up the pool.
let last: Promise<unknown> = Promise.resolve();

/** Does a company's work of giving cases to people one after the other, over all processes: each sees what the one before gave. */
export function inTurn<T>(pool: Pool, tenant: string, work: () => Promise<T>): Promise<T> {
  const mine = last.then(() =>
    withTenant(pool, tenant, async (client) => {
      await oneAtATime(client, 'dispatch', tenant);
      return work();
    }),
  );
  last = mine.catch(() => undefined);
  return mine;
}
