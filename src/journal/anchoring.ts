import type { Pool } from 'pg';
import { statement } from '#db/statement.ts';
import type { Instant } from '#kernel/instant.ts';
import { castAnchor } from './anchor.ts';
import { openAnchorKey } from './anchor-key.ts';

export interface Anchoring {
  /** Casts a last anchor and stops. */
  stop(): Promise<void>;
}

/** Milliseconds. */
const EVERY = 60_000;
const LOOK = 2_000;
// An anchor over a whole minute of heavy intake would keep the database and this process busy for seconds.
const ENOUGH = 2_000;

const reached = statement<{ position: number }>('anchor.reached', 'select huiyin.journal_reached() as position');

/**
 * Casts an anchor each minute in which something was written, sooner after many entries, and when the program ends. The
 * day's last is the daily one.
 */
export function startAnchoring(
  pool: Pool,
  dataDir: string,
  now: () => Instant,
  onFailure: (cause: string) => void,
): Anchoring {
  const key = openAnchorKey(dataDir);
  const cast = async (): Promise<void> => {
    try {
      await castAnchor(pool, key, dataDir, now());
    } catch (cause) {
      onFailure(cause instanceof Error ? cause.message : String(cause));
    }
  };
  let covered = 0;
  let looks = 0;
  const look = async (): Promise<void> => {
    looks += 1;
    // When the database does not answer, the cast at the end of the minute says so once.
    const position = await reached.one(pool).then(
      (row) => row?.position ?? covered,
      () => covered,
    );
    if (looks * LOOK < EVERY && position - covered < ENOUGH) return;
    looks = 0;
    covered = position;
    await cast();
  };
  let casting: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    casting = casting.then(look);
  }, LOOK).unref();
  return {
    async stop() {
      clearInterval(timer);
      await casting;
      await cast();
    },
  };
}
