import { dayOf, endOfDay as lastMoment } from '../civil.ts';
import { lastCountedDay, measureDays, warnByElapsed } from '../days.ts';
import type { ClockKind } from '../kind.ts';

/**
 * The end (24:00) of a local day: 0 = the day it starts on, 1 = the next day, whatever day that is. If the clock stands
 * still at that moment, the end of the day on which it runs on.
 */
export interface EndOfDaySpan {
  kind: 'endOfDay';
  days?: number;
}

export const endOfDay: ClockKind<EndOfDaySpan> = {
  usesCalendar: true,
  due: (span, run) => ({
    at: lastMoment(
      lastCountedDay(run, span.days ?? 0, () => false),
      run.calendar.offsetMinutes,
    ),
    days: null,
  }),
  warn: (span, run, fraction) => warnByElapsed(run, endOfDay.due(span, run), fraction),
  measure: measureDays,
  amount: (span, run) => measureDays(run, endOfDay.due(span, run).at),
  before: (span, at, { offsetMinutes }) => lastMoment(dayOf(at, offsetMinutes) - (span.days ?? 0), offsetMinutes),
};
