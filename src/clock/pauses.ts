import type { Instant } from '#kernel/instant.ts';
import type { Calendar } from './calendar.ts';
import type { DayNumber } from './civil.ts';
import { dayOf } from './civil.ts';

/** A stretch during which the clock stood still, `to` exclusive. For one that still lasts, give `to` = now. */
export interface Pause {
  from: Instant;
  to: Instant;
}

const NONE: readonly Pause[] = [];

/** Sorts, cuts at the start, joins overlapping or touching pauses and drops empty ones. */
export function settle(pauses: readonly Pause[], start: Instant): readonly Pause[] {
  if (pauses.length === 0) return NONE;
  const settled: Pause[] = [];
  for (const pause of [...pauses].sort((a, b) => a.from - b.from)) {
    const from = Math.max(pause.from, start);
    if (pause.to <= from) continue;
    const last = settled.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, pause.to);
    else settled.push({ from, to: pause.to });
  }
  return settled;
}

/** Paused milliseconds between two moments; pauses must be settled. */
export function pausedBetween(pauses: readonly Pause[], from: Instant, to: Instant): number {
  let sum = 0;
  for (const pause of pauses) sum += Math.max(0, Math.min(pause.to, to) - Math.max(pause.from, from));
  return sum;
}

/**
 * The moment at which `milliseconds` have run since `start` without the pauses. A pause that begins exactly when the
 * time is used up no longer moves it.
 */
export function runElapsed(start: Instant, milliseconds: number, pauses: readonly Pause[]): Instant {
  let at = start + milliseconds;
  for (const pause of pauses) {
    if (pause.from >= at) break;
    at += pause.to - pause.from;
  }
  return at;
}

/**
 * The days that do not count because the clock stood still at their end, as ranges [from, to). So a pause within one
 * day costs nothing and gives nothing, and no day can fall due during a pause.
 */
export function pausedDays(
  pauses: readonly Pause[],
  calendar: Calendar,
  endsAt: (day: DayNumber) => Instant,
): { from: DayNumber; to: DayNumber }[] {
  const firstEndingAtOrAfter = (at: Instant): DayNumber => {
    const day = dayOf(at, calendar.offsetMinutes);
    return endsAt(day) >= at ? day : day + 1;
  };
  return pauses
    .map((pause) => ({ from: firstEndingAtOrAfter(pause.from), to: firstEndingAtOrAfter(pause.to) }))
    .filter((range) => range.from < range.to);
}
