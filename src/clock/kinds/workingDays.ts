import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import type { Calendar } from '../calendar.ts';
import { intervalsOn } from '../calendar.ts';
import type { DayNumber } from '../civil.ts';
import { dayOf, endOfDay, startOfDay } from '../civil.ts';
import type { ClockKind, Run } from '../kind.ts';
import { pausedDays } from '../pauses.ts';
import { runWorking, workedUnpaused, workingDayAfter, workingDayBefore, workingDaysIn } from '../working.ts';

/**
 * Working days, make-up days included; the day it starts on does not count. Ends with the last day (24:00), or when
 * business closes on it. A day at whose end the clock stands still does not count.
 */
export interface WorkingDaysSpan {
  kind: 'workingDays';
  days: number;
  until?: 'endOfDay' | 'closeOfBusiness';
}

/** The last moment of a day that is on time. A night shift's close is cut at 24:00, so later days never end earlier. */
function endsAt(calendar: Calendar, until: WorkingDaysSpan['until']): (day: DayNumber) => Instant {
  const offset = calendar.offsetMinutes;
  if (until !== 'closeOfBusiness') return (day) => endOfDay(day, offset);
  return (day) => {
    const close = intervalsOn(calendar, day).reduce((latest, interval) => Math.max(latest, interval.to), 0);
    return close === 0
      ? endOfDay(day, offset)
      : Math.min(startOfDay(day, offset) + close * MINUTE, endOfDay(day, offset));
  };
}

function dueDay(span: WorkingDaysSpan, run: Run, ends: (day: DayNumber) => Instant): DayNumber {
  const { calendar } = run;
  const first = dayOf(run.start, calendar.offsetMinutes);
  let wanted = span.days;
  let day = workingDayAfter(calendar, first, wanted);
  if (run.pauses.length === 0) return day;
  for (const range of pausedDays(run.pauses, calendar, ends)) {
    if (range.from > day) break;
    wanted += workingDaysIn(calendar, Math.max(range.from, first + 1), range.to);
    day = workingDayAfter(calendar, first, wanted);
  }
  return day;
}

export const workingDays: ClockKind<WorkingDaysSpan> = {
  usesCalendar: true,
  due(span, run) {
    const ends = endsAt(run.calendar, span.until);
    const day = dueDay(span, run, ends);
    const from = dayOf(run.start, run.calendar.offsetMinutes) + 1;
    return { at: ends(day), days: from > day ? null : { from, to: day } };
  },
  /** The share is taken of the working time up to the due moment, so that a warning comes while people are at work. */
  warn(span, run, fraction) {
    const due = workingDays.due(span, run);
    const allowed = workedUnpaused(run.calendar, run.start, due.at, run.pauses);
    const at = runWorking(run.calendar, run.start, Math.floor(allowed * fraction), run.pauses);
    return { at: Math.min(at, due.at), days: due.days };
  },
  /** 0 on the day it started, 1 on the first working day after it, and so on. */
  measure(run, to) {
    const { calendar } = run;
    const first = dayOf(run.start, calendar.offsetMinutes) + 1;
    const last = dayOf(to, calendar.offsetMinutes) + 1;
    let count = workingDaysIn(calendar, first, last);
    for (const range of pausedDays(run.pauses, calendar, endsAt(calendar, 'endOfDay'))) {
      count -= workingDaysIn(calendar, Math.max(range.from, first), Math.min(range.to, last));
    }
    return count;
  },
  amount: (span) => span.days,
  /** The same end of day, that many working days earlier. */
  before(span, at, calendar) {
    const day = workingDayBefore(calendar, dayOf(at, calendar.offsetMinutes), span.days);
    return Math.min(at, endsAt(calendar, span.until)(day));
  },
};
