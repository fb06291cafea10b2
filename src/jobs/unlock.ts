import type { Pool, PoolClient } from 'pg';
import { isFree, oneAtATimeForSession } from '#db/one-at-a-time.ts';

/*
 * A worker proves that it lives by an advisory lock of its session, which dies with it. Jobs of a worker whose lock is
 * gone are free again after half a minute instead of four hours.
 */
// A worker takes its lock right after it is made; it may already have claimed a job by then.
const GRACE = `interval '30 seconds'`;

/** Takes the sign of life of one worker pool; `onLost` is told when its session ends by itself. Answers how to let go of it. */
export async function signOfLife(pool: Pool, workerPoolId: string, onLost?: () => void): Promise<() => void> {
  const client: PoolClient = await pool.connect();
  const lost = (): void => onLost?.();
  client.once('error', lost);
  const letGo = (): void => {
    client.off('error', lost);
    client.on('error', () => undefined);
    client.release(true);
  };
  try {
    await oneAtATimeForSession(client, 'worker', workerPoolId);
  } catch (cause) {
    letGo();
    throw cause;
  }
  return letGo;
}

/** Frees the jobs and queues of workers that are dead. Answers their ids. */
export async function unlockDead(pool: Pool): Promise<string[]> {
  const found = await pool.query<{ id: string }>(
    `select locked_by as id from graphile_worker._private_jobs where locked_at < now() - ${GRACE} and locked_by is not null
     union select locked_by from graphile_worker._private_job_queues where locked_at < now() - ${GRACE} and locked_by is not null`,
  );
  const dead: string[] = [];
  for (const { id } of found.rows) {
    if (await isFree(pool, 'worker', id)) dead.push(id);
  }
  if (dead.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
  return dead;
}
