import type { Instant } from '#kernel/instant.ts';
import type { DayNumber } from './civil.ts';
import { dayOf, endOfDay } from './civil.ts';
import type { Moment, Run } from './kind.ts';
import { pausedBetween, pausedDays, runElapsed } from './pauses.ts';

/** What kinds that count plain days share. */

/** A rest longer than this is a calendar on which nobody ever works, or a pause nobody ended: a bug, not a deadline. */
const LONGEST_REST = 4000;

const stoppedDays = (run: Run): { from: DayNumber; to: DayNumber }[] =>
  run.pauses.length === 0
    ? []
    : pausedDays(run.pauses, run.calendar, (day) => endOfDay(day, run.calendar.offsetMinutes));

/**
 * The day on which `days` days after the starting day have been counted, without those at whose end the clock stands
 * still, and then on to the first day for which `rests` is false and the clock runs.
 */
export function lastCountedDay(run: Run, days: number, rests: (day: DayNumber) => boolean): DayNumber {
  const first = dayOf(run.start, run.calendar.offsetMinutes);
  let day = first + days;
  const ranges = stoppedDays(run);
  for (const range of ranges) {
    if (range.from > day) break;
    day += range.to - Math.max(range.from, days === 0 ? first : first + 1);
  }
  const last = day + LONGEST_REST;
  while (rests(day) || ranges.some((range) => range.from <= day && day < range.to)) {
    day += 1;
    if (day > last) throw new RangeError(`Calendar ${run.calendar.id} has no working time within ${LONGEST_REST} days`);
  }
  return day;
}

/** Days counted up to and including the day of `to`: 0 on the day it started. */
export function measureDays(run: Run, to: Instant): number {
  const { offsetMinutes } = run.calendar;
  const first = dayOf(run.start, offsetMinutes) + 1;
  const last = dayOf(to, offsetMinutes) + 1;
  let count = Math.max(0, last - first);
  for (const range of stoppedDays(run)) {
    count -= Math.max(0, Math.min(range.to, last) - Math.max(range.from, first));
  }
  return count;
}

/** The moment at which a share of the unpaused time from the start to the due moment has run. */
export function warnByElapsed(run: Run, due: Moment, fraction: number): Moment {
  const allowed = Math.max(0, due.at - run.start - pausedBetween(run.pauses, run.start, due.at));
  return { at: Math.min(due.at, runElapsed(run.start, Math.floor(allowed * fraction), run.pauses)), days: due.days };
}
