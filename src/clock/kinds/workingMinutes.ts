import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import { dayOf } from '../civil.ts';
import type { ClockKind, Moment, Run } from '../kind.ts';
import { runWorking, workBackward, workedUnpaused } from '../working.ts';

/** Minutes of working time only; working time inside a pause is added at the end. */
export interface WorkingMinutesSpan {
  kind: 'workingMinutes';
  minutes: number;
}

/** A night shift of the day before can reach into the first day, so that day matters too. */
const looked = (run: Run, at: Instant): Moment => ({
  at,
  days: { from: dayOf(run.start, run.calendar.offsetMinutes) - 1, to: dayOf(at, run.calendar.offsetMinutes) },
});

export const workingMinutes: ClockKind<WorkingMinutesSpan> = {
  usesCalendar: true,
  due: (span, run) => looked(run, runWorking(run.calendar, run.start, span.minutes * MINUTE, run.pauses)),
  warn: (span, run, fraction) =>
    looked(run, runWorking(run.calendar, run.start, Math.floor(span.minutes * MINUTE * fraction), run.pauses)),
  measure: (run, to) => workedUnpaused(run.calendar, run.start, to, run.pauses) / MINUTE,
  amount: (span) => span.minutes,
  before: (span, at, calendar) => workBackward(calendar, at, span.minutes * MINUTE),
};
