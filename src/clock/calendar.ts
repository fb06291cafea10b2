import type { Text } from '#kernel/text.ts';
import type { DayNumber, LocalDate } from './civil.ts';
import { dateOf, weekday } from './civil.ts';

/** Working time of one day, minutes after its local midnight; `to` may exceed 1440 (a night shift), at most 2880. */
export interface DayInterval {
  from: number;
  to: number;
}

/** A date that differs from its plain weekday. */
export interface SpecialDay {
  kind: 'holiday' | 'makeUpDay';
  name: Text;
  /** Only for a make-up day: its own hours. */
  intervals?: readonly DayInterval[];
}

/** Whether a year's holidays are officially known. */
export interface YearStatus {
  status: 'announced' | 'provisional';
  /** The official notice's reference and title, or why there is none yet. */
  notice: string;
}

/** A working calendar. Never changed after it is made: tables are cached per object. */
export interface Calendar {
  id: string;
  /** Stored with every deadline computed from it, so that a deadline can be explained years later. */
  version: string;
  title: Text;
  /** Minutes east of UTC; 480 for China. No summer time. */
  offsetMinutes: number;
  /** Index 0 = Monday … 6 = Sunday; an empty list is a rest day, two intervals leave a lunch break. */
  week: readonly (readonly DayInterval[])[];
  /** Hours of a make-up day that names none; Monday's when absent. */
  makeUpIntervals?: readonly DayInterval[];
  days: ReadonlyMap<LocalDate, SpecialDay>;
  /** A year that is not listed counts as provisional. */
  years: ReadonlyMap<number, YearStatus>;
}

const NONE: readonly DayInterval[] = [];

/** The working intervals that begin on a day; none on a rest day. */
export function intervalsOn(calendar: Calendar, day: DayNumber): readonly DayInterval[] {
  const special = calendar.days.get(dateOf(day));
  if (!special) return calendar.week[weekday(day)] ?? NONE;
  if (special.kind === 'holiday') return NONE;
  return special.intervals ?? calendar.makeUpIntervals ?? calendar.week[0] ?? NONE;
}

/** Whether people work on that day: a make-up day yes, a public holiday or a plain day without hours no. */
export function isWorkingDay(calendar: Calendar, day: DayNumber): boolean {
  return intervalsOn(calendar, day).length > 0;
}

/** Whether the year's holidays are still to be announced. */
export const isProvisional = (calendar: Calendar, year: number): boolean =>
  calendar.years.get(year)?.status !== 'announced';
