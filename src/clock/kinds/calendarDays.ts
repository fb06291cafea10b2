import type { Calendar } from '../calendar.ts';
import { isWorkingDay } from '../calendar.ts';
import type { DayNumber } from '../civil.ts';
import { dateOf, dayOf, endOfDay } from '../civil.ts';
import { lastCountedDay, measureDays, warnByElapsed } from '../days.ts';
import type { ClockKind } from '../kind.ts';

/**
 * Calendar days; the day it starts on does not count, ends with the last day (24:00). A last day on which nobody works
 * moves to the next working day: `true` (the default) for every rest day of the calendar, weekends included;
 * 'publicHolidays' only for named holidays; `false` never. A day at whose end the clock stands still does not count.
 */
export interface CalendarDaysSpan {
  kind: 'calendarDays';
  days: number;
  rollOver?: boolean | 'publicHolidays';
}

/** Whether a last day may not stay where it is. */
function restsOn(span: CalendarDaysSpan, calendar: Calendar): (day: DayNumber) => boolean {
  if (span.rollOver === false) return () => false;
  if (span.rollOver === 'publicHolidays') return (day) => calendar.days.get(dateOf(day))?.kind === 'holiday';
  return (day) => !isWorkingDay(calendar, day);
}

export const calendarDays: ClockKind<CalendarDaysSpan> = {
  usesCalendar: true,
  due(span, run) {
    const day = lastCountedDay(run, span.days, restsOn(span, run.calendar));
    // Only the last days were looked up in the calendar; the days before them count whatever they are.
    const from = lastCountedDay(run, span.days, () => false);
    return { at: endOfDay(day, run.calendar.offsetMinutes), days: span.rollOver === false ? null : { from, to: day } };
  },
  warn: (span, run, fraction) => warnByElapsed(run, calendarDays.due(span, run), fraction),
  measure: measureDays,
  amount: (span, run) => measureDays(run, calendarDays.due(span, run).at),
  before: (span, at, { offsetMinutes }) => endOfDay(dayOf(at, offsetMinutes) - span.days, offsetMinutes),
};
