import type { Instant } from '#kernel/instant.ts';
import type { Calendar } from './calendar.ts';
import type { DayNumber } from './civil.ts';
import { dayOf, startOfDay } from './civil.ts';
import type { Pause } from './pauses.ts';
import { tableOf, type YearTable, yearTable } from './tables.ts';

/** The n-th working day after a day (n ≥ 1); n = 0 gives the day itself. */
export function workingDayAfter(calendar: Calendar, day: DayNumber, n: number): DayNumber {
  if (n <= 0) return day;
  let table = tableOf(calendar, day);
  let index = (table.countBefore[day - table.firstDay + 1] ?? 0) + n - 1;
  while (index >= table.workingDays.length) {
    index -= table.workingDays.length;
    table = yearTable(calendar, table.year + 1);
  }
  return table.workingDays[index] ?? day;
}

/** The n-th working day before a day (n ≥ 1); n = 0 gives the day itself. */
export function workingDayBefore(calendar: Calendar, day: DayNumber, n: number): DayNumber {
  if (n <= 0) return day;
  let table = tableOf(calendar, day);
  let index = (table.countBefore[day - table.firstDay] ?? 0) - n;
  while (index < 0) {
    table = yearTable(calendar, table.year - 1);
    index += table.workingDays.length;
  }
  return table.workingDays[index] ?? day;
}

/** How many working days lie in [from, to). */
export function workingDaysIn(calendar: Calendar, from: DayNumber, to: DayNumber): number {
  if (to <= from) return 0;
  let table = tableOf(calendar, from);
  let count = -(table.countBefore[from - table.firstDay] ?? 0);
  while (to > table.firstDay + table.length) {
    count += table.workingDays.length;
    table = yearTable(calendar, table.year + 1);
  }
  return count + (table.countBefore[to - table.firstDay] ?? 0);
}

/** Working milliseconds of the year of `at` that lie before it. */
function workedInYear(table: YearTable, at: Instant, calendar: Calendar): number {
  const day = dayOf(at, calendar.offsetMinutes);
  const index = day - table.firstDay;
  const time = at - startOfDay(day, calendar.offsetMinutes);
  let worked = table.workedBefore[index] ?? 0;
  for (const { from, to } of table.stretches[index] ?? []) {
    if (time <= from) break;
    worked += Math.min(time, to) - from;
  }
  return worked;
}

const total = (table: YearTable): number => table.workedBefore[table.length] ?? 0;

/** Working milliseconds between two moments; 0 when `to` is not after `from`. */
export function workedBetween(calendar: Calendar, from: Instant, to: Instant): number {
  if (to <= from) return 0;
  let table = tableOf(calendar, dayOf(from, calendar.offsetMinutes));
  const last = tableOf(calendar, dayOf(to, calendar.offsetMinutes));
  let worked = workedInYear(last, to, calendar) - workedInYear(table, from, calendar);
  while (table.year < last.year) {
    worked += total(table);
    table = yearTable(calendar, table.year + 1);
  }
  return worked;
}

/** The first index i with sums[i] ≥ wanted (or > wanted); sums rise, never fall. */
function search(sums: Float64Array, wanted: number, beyond: boolean): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const sum = sums[middle] ?? 0;
    if (beyond ? sum > wanted : sum >= wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The earliest moment at which `milliseconds` of working time have run since `start`. */
export function workForward(calendar: Calendar, start: Instant, milliseconds: number): Instant {
  if (milliseconds <= 0) return start;
  let table = tableOf(calendar, dayOf(start, calendar.offsetMinutes));
  let wanted = workedInYear(table, start, calendar) + milliseconds;
  while (wanted > total(table)) {
    wanted -= total(table);
    table = yearTable(calendar, table.year + 1);
  }
  const index = search(table.workedBefore, wanted, false) - 1;
  let left = wanted - (table.workedBefore[index] ?? 0);
  const midnight = startOfDay(table.firstDay + index, calendar.offsetMinutes);
  for (const { from, to } of table.stretches[index] ?? []) {
    if (left <= to - from) return midnight + from + left;
    left -= to - from;
  }
  throw new RangeError(`Calendar ${calendar.id}: the sums of ${table.year} do not match its days`);
}

/** The latest moment from which `milliseconds` of working time still lie before `end`. */
export function workBackward(calendar: Calendar, end: Instant, milliseconds: number): Instant {
  if (milliseconds <= 0) return end;
  let table = tableOf(calendar, dayOf(end, calendar.offsetMinutes));
  let wanted = workedInYear(table, end, calendar) - milliseconds;
  while (wanted < 0) {
    table = yearTable(calendar, table.year - 1);
    wanted += total(table);
  }
  const index = search(table.workedBefore, wanted, true) - 1;
  let left = wanted - (table.workedBefore[index] ?? 0);
  const midnight = startOfDay(table.firstDay + index, calendar.offsetMinutes);
  for (const { from, to } of table.stretches[index] ?? []) {
    if (left < to - from) return midnight + from + left;
    left -= to - from;
  }
  throw new RangeError(`Calendar ${calendar.id}: the sums of ${table.year} do not match its days`);
}

/** As workForward, with the working time inside pauses not counted. Pauses must be settled. */
export function runWorking(
  calendar: Calendar,
  start: Instant,
  milliseconds: number,
  pauses: readonly Pause[],
): Instant {
  let wanted = milliseconds;
  let at = workForward(calendar, start, wanted);
  for (const pause of pauses) {
    if (pause.from >= at) break;
    wanted += workedBetween(calendar, pause.from, pause.to);
    at = workForward(calendar, start, wanted);
  }
  return at;
}

/** Working milliseconds between two moments outside the pauses. Pauses must be settled. */
export function workedUnpaused(calendar: Calendar, from: Instant, to: Instant, pauses: readonly Pause[]): number {
  let worked = workedBetween(calendar, from, to);
  for (const pause of pauses) {
    worked -= workedBetween(calendar, Math.max(pause.from, from), Math.min(pause.to, to));
  }
  return worked;
}
