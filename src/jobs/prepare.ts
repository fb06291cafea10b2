import { Logger, runMigrations } from 'graphile-worker';
import type { PoolConfig } from 'pg';
import { openPool } from '#db/pool.ts';

/** Says nothing: failures of jobs are told by `openJobs`. */
export const silent = new Logger(() => () => undefined);

/** Makes or updates the tables of outside work. Run it after our own migrations, as the owner of the schema. */
export async function prepareJobs(owner: PoolConfig): Promise<void> {
  const pool = openPool(owner, 1);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: silent });
  } finally {
    await pool.end();
  }
}
