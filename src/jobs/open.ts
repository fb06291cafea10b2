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

/** One set of workers, from its beginning to its end. */
interface Crew {
  id: string;
  stop(): Promise<void>;
  /** Lets go of the sign of life. */
  letGo(): void;
  /** Answers why, when it has ended. */
  ended: Promise<string>;
}

const WORKERS = 4;
const BEGIN_ANEW = 1_000;
const UNLOCK_EVERY = 30_000;
const DRAIN_LIMIT = 30_000;
// Tasks of which nothing in the company’s own books follows.
const FOREIGN = ['deliver-webhook'];

/**
 * Carries out outside work. Connects as the owner of the schema, because the tables of jobs are closed to everybody else.
 * Workers that end by themselves, as when the database is gone just as they book a job as done, begin anew; a job may run
 * twice, so theirs are free at once.
 */
export async function openJobs(
  owner: PoolConfig,
  tasks: TaskList,
  /** When which task is to be done by itself, as a crontab; several processes agree on one of them. */
  crontab: string,
  onFailure: (failure: { task: string; cause: string; last: boolean }) => void,
): Promise<Jobs> {
  // One listens, one is the sign of life; a worker books what it did while it already looks for the next job.
  const pool: Pool = openPool(owner, 2 + 2 * WORKERS);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const crew = async (): Promise<Crew> => {
    const events: WorkerEvents = new EventEmitter();
    let id = '';
    let fatal = '';
    events.once('pool:create', ({ workerPool }) => {
      id = workerPool.id;
    });
    events.on('pool:fatalError', ({ error }) => {
      fatal = causeOf(error);
    });
    events.on('job:error', ({ job, error }) =>
      onFailure({ task: job.task_identifier, cause: causeOf(error), last: job.attempts >= job.max_attempts }),
    );
    const runner = await run({
      pgPool: pool,
      taskList: tasks,
      crontab,
      noHandleSignals: true,
      events,
      logger: silent,
      preset: {
        worker: {
          concurrentJobs: WORKERS,
          pollInterval: 5_000,
          // Unbatched, a job that cannot be booked is a rejection nobody hears, and stopping does not wait for the booking.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
    const stop = (): Promise<void> => runner.stop().catch(() => undefined);
    const ended = runner.promise.then(() => fatal, causeOf);
    const lost = (): void => {
      fatal ||= 'The session that shows that it lives has ended';
      void stop();
    };
    const letGo = await signOfLife(pool, id, lost).catch(async (cause: unknown) => {
      await stop();
      throw cause;
    });
    return { id, stop, letGo, ended };
  };
  let stopped = false;
  await unlockDead(pool);
  let working = await crew();
  /** The next set of workers, once the database is there for one; undefined when none is wanted any more. */
  const successor = async (dead: string, ended: string): Promise<Crew | undefined> => {
    for (let cause = ended; !stopped; ) {
      onFailure({ task: 'workers', cause, last: false });
      await pause(BEGIN_ANEW);
      try {
        await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [[dead]]);
        if (!stopped) return await crew();
      } catch (again) {
        cause = causeOf(again);
      }
    }
    return undefined;
  };
  const watch = async (): Promise<void> => {
    for (let next: Crew | undefined = working; next; ) {
      working = next;
      if (stopped) await working.stop();
      const cause = await working.ended;
      working.letGo();
      next = await successor(working.id, cause);
    }
  };
  const watching = watch();
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
      stopped = true;
      clearInterval(timer);
      await working.stop();
      await watching;
      await pool.end();
    },
  };
}
