import type { Pool } from 'pg';
import { transaction } from '#db/pool.ts';
import { pause } from '#db/process.ts';
import { statement } from '#db/statement.ts';
import type { Handler } from '#handling/handle.ts';
import type { TimeSource } from '#handling/time.ts';
import type { Instant } from '#kernel/instant.ts';
import { fireFew } from './few.ts';
import { type Failure, type FireDeps, fireBatch } from './fire.ts';

export interface TimerDeps extends FireDeps {
  handler: Pick<Handler, 'surroundings' | 'first'>;
  pool: Pool;
  time: TimeSource;
  /** Told of every timer that could not be fired, and of errors of the loop itself. */
  onFailure(failure: Failure): void;
}

/** What the movable clock does around each moment. */
export interface MovedClock {
  at(moment: Instant): void;
  /** Outside effects were ordered: they must be carried out before time goes on. */
  drain(): Promise<void>;
}

export interface FiredDue {
  fired: number;
  /** Different moments at which something fired. */
  moments: number;
  /** Outside effects ordered. */
  jobs: number;
}

export interface Timers {
  /** Says that a timer now exists for this moment; wakes the loop when that is earlier than it sleeps. */
  wake(dueAt: Instant): void;
  /** Fires everything due up to `until` strictly in order of due moments, each at its own moment. For the movable clock. */
  fireDue(until: Instant, clock: MovedClock): Promise<FiredDue>;
  /** Stops after the batch in hand. */
  stop(): Promise<void>;
}

const BATCH = 256;
const LONGEST_SLEEP = 60_000;
/** Milliseconds. So long before its moment a timer is read with its case, so that then it need only be decided and written. */
const AHEAD = 10;
const AFTER_ERROR = 1_000;
const nextWake = statement<{ wake_at: Instant; due_at: Instant }>('timers.next', 'select * from huiyin.next_wake()');

/** Starts the loop that fires timers. It sleeps until the next due moment; any number of processes may run it. */
export function startTimers(deps: TimerDeps): Timers {
  const { pool, time } = deps;
  let stopped = false;
  let sleepsUntil = Infinity;
  let rouse: (() => void) | undefined;
  // While the clock is being moved by hand the loop must not fire out of order.
  let held = 0;

  const sleep = (until: Instant): Promise<void> =>
    new Promise((done) => {
      // A timeout may end within the millisecond before its moment: one more spares a turn for nothing.
      const wait = until <= time.now() ? 0 : Math.min(until - time.now() + 1, LONGEST_SLEEP);
      const timeout = setTimeout(end, wait);
      function end(): void {
        clearTimeout(timeout);
        rouse = undefined;
        sleepsUntil = Infinity;
        done();
      }
      sleepsUntil = until;
      rouse = end;
    });
  const fire = async (now: Instant): Promise<{ claimed: number; jobs: number }> => {
    const { claimed, jobs, failures, published } = await transaction(pool, (client) =>
      fireBatch(client, deps, now, BATCH),
    );
    for (const failure of failures) deps.onFailure(failure);
    // The announcement comes by itself, a moment later: whoever asks now is told already.
    for (const tenant of published) deps.packs.drop(tenant);
    return { claimed, jobs };
  };
  const workOff = async (): Promise<void> => {
    while (!stopped && held === 0 && (await fire(time.now())).claimed === BATCH);
  };
  let woken: Instant = Infinity;
  /** Fires what is due now, or falls due at the moment slept for when that is as good as come; answers the next moment. */
  const turn = async (awaited: Instant): Promise<Instant> => {
    woken = Infinity;
    if (held > 0) return time.now() + LONGEST_SLEEP;
    const begun = time.now();
    const moment = awaited - begun <= AHEAD ? Math.max(awaited, begun) : begun;
    const come = async (): Promise<Instant | null> => {
      // A timeout may end within the millisecond before its moment; reading its case may have outlasted it; a clock
      // moved by hand may meanwhile be far from it.
      if (moment > begun) await pause(Math.max(0, Math.min(moment - time.now(), AHEAD) + 1));
      return held > 0 ? null : time.now();
    };
    if (
      !(await deps.handler.first(() => fireFew(pool, deps, moment, come))) &&
      (await fire(time.now())).claimed === BATCH
    ) {
      // A backlog: one batch is decided here while the database writes the other.
      const [one, other] = await Promise.allSettled([workOff(), workOff()]);
      for (const half of [one, other]) if (half.status === 'rejected') throw half.reason;
      return time.now();
    }
    const next = await nextWake.one(pool);
    return Math.min(next?.wake_at ?? Infinity, woken);
  };
  const run = async (): Promise<void> => {
    for (let until: Instant = 0; !stopped; ) {
      try {
        until = await turn(Math.min(until, woken));
      } catch (cause) {
        deps.onFailure({ tenant: '', key: '', cause: cause instanceof Error ? cause.message : String(cause) });
        until = time.now() + AFTER_ERROR;
      }
      if (!stopped) await sleep(until - AHEAD);
    }
  };
  let loop = run();

  return {
    wake(dueAt) {
      woken = Math.min(woken, dueAt);
      if (dueAt < sleepsUntil) rouse?.();
    },
    async fireDue(until, clock) {
      held += 1;
      let fired = 0;
      let moments = 0;
      let ordered = 0;
      try {
        for (;;) {
          const next = await nextWake.one(pool);
          if (!next || next.wake_at > until) return { fired, moments, jobs: ordered };
          // A postponed timer fires when it wakes, never before the clock has got there.
          const moment = next.wake_at;
          clock.at(moment);
          moments += 1;
          let done = { claimed: BATCH, jobs: 0 };
          let jobs = 0;
          while (done.claimed === BATCH) {
            done = await fire(moment);
            fired += done.claimed;
            jobs += done.jobs;
          }
          ordered += jobs;
          if (jobs > 0) await clock.drain();
        }
      } finally {
        held -= 1;
        rouse?.();
      }
    },
    async stop() {
      stopped = true;
      rouse?.();
      await loop;
      loop = Promise.resolve();
    },
  };
}
