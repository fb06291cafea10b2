import { HOUR, type Instant } from '#kernel/instant.ts';
import type { CaseFact, RunFact } from './case-facts.ts';

/** How a promise was kept. */
export interface Tally {
  kept: number;
  late: number;
  /** Still running, in time. */
  running: number;
  /** Still running, past its due moment. */
  overdue: number;
  /** Kept among all that are decided, 0–1; an overdue promise can no longer be kept. Null while none is decided. */
  rate: number | null;
}

/** Adds runs up. Runs that lost their purpose are no promise and are left out. */
export interface Tallier {
  add(run: RunFact): void;
  tally(): Tally;
}

export type Standing = 'kept' | 'late' | 'running' | 'overdue' | 'none';

/** Where a run stands at a moment. */
export function standing(run: RunFact, now: Instant): Standing {
  if (run.status === 'kept' || run.status === 'late') return run.status;
  if (run.status === 'cancelled') return 'none';
  return run.breachedAt !== null || (run.status === 'running' && run.dueAt < now) ? 'overdue' : 'running';
}

export function openTallier(now: Instant): Tallier {
  const sums = { kept: 0, late: 0, running: 0, overdue: 0 };
  return {
    add(run) {
      const stands = standing(run, now);
      if (stands !== 'none') sums[stands] += 1;
    },
    tally: () => ({ ...sums, rate: share(sums.kept, sums.kept + sums.late + sums.overdue) }),
  };
}

/** A part of a whole, to four places; null of nothing. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/** The middle value; the mean of the two middle ones of an even number; null of none. Hours to two places. */
export function medianHours(spans: readonly number[]): number | null {
  if (spans.length === 0) return null;
  const sorted = [...spans].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  const middle = sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
  return Math.round((middle / HOUR) * 100) / 100;
}

/** Milliseconds from receipt to the first time a clock was stopped by what it waits for; null when that is to come. */
export function spanTo(fact: CaseFact, clock: string): number | null {
  const done = fact.runs.find((run) => run.clock === clock && (run.status === 'kept' || run.status === 'late'));
  return done?.stoppedAt == null ? null : done.stoppedAt - fact.receivedAt;
}
