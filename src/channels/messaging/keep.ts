import type { Pool } from 'pg';
import { openBatcher } from '#handling/batch.ts';
import { uuid7 } from '#handling/uuid.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Incoming } from './messenger.ts';

/**
 * Keeps what a call of a service told, with the jobs that take it up; what came before is not kept twice. Resolves when
 * it lies on the disk: only then may the call be answered.
 */
export type Keep = (tenant: string, kind: string, incoming: readonly Incoming[], now: Instant) => Promise<void>;

// Of a storm, calls that come while others are being written share one statement and one flush of the log.
const MOST = 100;
const ABREAST = 2;

/** Keeps messages in one statement each, or one for many. */
export function openKeeper(pool: Pool): Keep {
  const batcher = openBatcher<readonly object[], void>(
    async (items) => {
      const [first] = items;
      if (!first) return;
      await pool.query('select huiyin.keep_messages($1, $2)', [
        first.group,
        JSON.stringify(items.flatMap(({ input }) => input)),
      ]);
      for (const { resolve } of items) resolve();
    },
    { most: MOST, abreast: ABREAST },
  );
  return (tenant, kind, incoming, now) => {
    if (incoming.length === 0) return Promise.resolve();
    const rows = incoming.map(({ key, sender, what, ...body }) => ({
      kind,
      key,
      sender,
      what,
      body,
      at: now,
      case_id: uuid7(now),
    }));
    return batcher.run(rows, tenant, []);
  };
}
