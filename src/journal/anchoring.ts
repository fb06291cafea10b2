import type { Pool } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { castAnchor } from './anchor.ts';
import { openAnchorKey } from './anchor-key.ts';

export interface Anchoring {
  /** Casts a last anchor and stops. */
  stop(): Promise<void>;
}

const EVERY = 60_000;

/** Casts an anchor each minute in which something was written, and when the program ends. The day's last is the daily one. */
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
  let casting: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    casting = casting.then(cast);
  }, EVERY).unref();
  return {
    async stop() {
      clearInterval(timer);
      await casting;
      await cast();
    },
  };
}
