import type { Pool } from 'pg';
import type { Instant } from '#kernel/instant.ts';

/** Where every moment in the program comes from. */
export interface TimeSource {
  now(): Instant;
}

/** The machine's clock. This file alone reads it. */
export const systemTime: TimeSource = { now: () => Date.now() };

/** The movable clock of a demo company: the machine's clock plus an offset that only grows. */
export interface SandboxTime extends TimeSource {
  /** Moves the clock to `target`. Throws RangeError when that lies in the past: what happened cannot unhappen. */
  moveTo(target: Instant): Promise<void>;
  /** Holds the clock at given moments while overdue timers fire in order; `null` lets it run again. */
  holdAt(moment: Instant | null): void;
}

/** Opens the demo clock. The database itself refuses the row unless it was made for a demo. */
export async function openSandboxTime(pool: Pool): Promise<SandboxTime> {
  await pool.query('insert into huiyin.sandbox_clock (offset_ms) values (0) on conflict do nothing');
  const read = await pool.query<{ offset_ms: number }>('select offset_ms from huiyin.sandbox_clock');
  let offset = read.rows[0]?.offset_ms ?? 0;
  let held: Instant | null = null;
  const now = (): Instant => held ?? Date.now() + offset;
  return {
    now,
    async moveTo(target) {
      const wanted = target - Date.now();
      if (wanted < offset) throw new RangeError('The clock of the demo only moves forward');
      await pool.query('update huiyin.sandbox_clock set offset_ms = $1', [wanted]);
      offset = wanted;
      held = null;
    },
    holdAt(moment) {
      held = moment;
    },
  };
}

/** The clock of an installation that may still become a demo: the machine's, until it is made movable. */
export interface InstallationTime extends TimeSource {
  /** The movable clock; undefined as long as time is the machine's. */
  readonly sandbox: SandboxTime | undefined;
  makeMovable(): Promise<void>;
}

/** Opens the clock of an installation, movable at once for a demo. */
export async function openTime(pool: Pool, movable: boolean): Promise<InstallationTime> {
  let sandbox: SandboxTime | undefined;
  const makeMovable = async (): Promise<void> => {
    sandbox ??= await openSandboxTime(pool);
  };
  if (movable) await makeMovable();
  return {
    now: () => (sandbox ?? systemTime).now(),
    get sandbox() {
      return sandbox;
    },
    makeMovable,
  };
}
