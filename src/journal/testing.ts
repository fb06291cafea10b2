import type { Pool } from 'pg';
import { until } from '#db/process.ts';

/**
 * Waits until everything written so far counts as finished for certain, so that an anchor covers it: transactions of other
 * databases of the same server hold the horizon back too. False when that took longer than 15 seconds.
 */
export function allFinished(pool: Pool): Promise<boolean> {
  return until(
    async () => {
      const { rows } = await pool.query<{ done: boolean }>(
        'select max(written_in) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint as done from huiyin.journal',
      );
      return rows[0]?.done === true;
    },
    15_000,
    50,
  );
}
