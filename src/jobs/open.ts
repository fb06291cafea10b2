import { EventEmitter } from 'node:events';
import { run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Pool, PoolConfig } from 'pg';
import { openPool } from '#db/pool.ts';
import { pause } from '#db/process.ts';
import { silent } from './prepare.ts';
import { signOfLife, unlockDead } from './unlock.ts';

export interface Jobs {
  /**
   * Waits until nothing is left that could be done now, but for what only waits on other people’s programs. False when
   * that took longer than half a minute.
   */
  drain(): Promise<boolean>;
  stop(): Promise<void>;
}

const WORKERS = 4;
const UNLOCK_EVERY = 30_000;
const DRAIN_LIMIT = 30_000;
// Tasks of which nothing in the company’s own books follows.
const FOREIGN = ['deliver-webhook'];

/** Carries out outside work. Connects as the owner of the schema, because the tables of jobs are closed to everybody else. */
export async function openJobs(
  owner: PoolConfig,
  tasks: TaskList,
  /** When which task is to be done by itself, as a crontab; several processes agree on one of them. */
  crontab: string,
  onFailure: (failure: { task: string; cause: string; last: boolean }) => void,
): Promise<Jobs> {
  // One listens, one is the sign of life, the rest work.
  const pool: Pool = openPool(owner, 5);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const events: WorkerEvents = new EventEmitter();
  const lives: Promise<() => void>[] = [];
  events.on('pool:create', ({ workerPool }) => lives.push(signOfLife(pool, workerPool.id)));
  events.on('job:error', ({ job, error }) =>
    onFailure({
      task: job.task_identifier,
      cause: error instanceof Error ? error.message : String(error),
      last: job.attempts >= job.max_attempts,
    }),
  );
  await unlockDead(pool);
  const runner = await run({
    pgPool: pool,
    taskList: tasks,
    crontab,
    concurrency: WORKERS,
    noHandleSignals: true,
    events,
    logger: silent,
    pollInterval: 5_000,
  });
  // Whoever fails to unlock now tries again half a minute later.
  const timer = setInterval(() => void unlockDead(pool).catch(() => undefined), UNLOCK_EVERY).unref();
  return {
    async drain() {
      for (const end = performance.now() + DRAIN_LIMIT; performance.now() < end; await pause(10)) {
        const left = await pool.query<{ n: number }>(
          `select count(*)::int as n from graphile_worker._private_jobs
           where attempts < max_attempts and (run_at <= now() or locked_at is not null)
             and task_id not in (select id from graphile_worker._private_tasks where identifier = any ($1))`,
          [FOREIGN],
        );
        if (left.rows[0]?.n === 0) return true;
      }
      return false;
    },
    async stop() {
      clearInterval(timer);
      await runner.stop();
      for (const life of lives) (await life)();
      await pool.end();
    },
  };
}
