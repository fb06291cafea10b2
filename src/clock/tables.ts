import { MINUTE } from '#kernel/instant.ts';
import type { Calendar, DayInterval } from './calendar.ts';
import { intervalsOn } from './calendar.ts';
import type { DayNumber } from './civil.ts';
import { civil, dayNumber } from './civil.ts';

/** One calendar year, counted once: sums before each day make every question a look-up. */
export interface YearTable {
  year: number;
  firstDay: DayNumber;
  length: number;
  /** Working milliseconds of the year before its i-th day; one longer than the year. */
  workedBefore: Float64Array;
  /** Working days of the year before its i-th day; one longer than the year. */
  countBefore: Int32Array;
  /** The year's working days in order. */
  workingDays: Int32Array;
  /** Working stretches within each day, [from, to) in milliseconds after its midnight, merged and sorted. */
  stretches: readonly (readonly { from: number; to: number }[])[];
}

/** Years outside are a bug of the caller or a calendar on which nobody ever works; commands accept 1900 to 2999. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 3100;

const cache = new WeakMap<Calendar, Map<number, YearTable>>();

/** The part of a day's own hours before its midnight, and the night shift that reaches in from the day before. */
function stretchesOf(own: readonly DayInterval[], before: readonly DayInterval[]): { from: number; to: number }[] {
  const parts = [
    ...before.filter((i) => i.to > 1440).map((i) => ({ from: Math.max(0, i.from - 1440), to: i.to - 1440 })),
    ...own.filter((i) => i.from < 1440).map((i) => ({ from: i.from, to: Math.min(i.to, 1440) })),
  ].sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of parts) {
    const last = merged.at(-1);
    if (last && from * MINUTE <= last.to) last.to = Math.max(last.to, to * MINUTE);
    else merged.push({ from: from * MINUTE, to: to * MINUTE });
  }
  return merged;
}

function build(calendar: Calendar, year: number): YearTable {
  const firstDay = dayNumber(year, 1, 1);
  const length = dayNumber(year + 1, 1, 1) - firstDay;
  const workedBefore = new Float64Array(length + 1);
  const countBefore = new Int32Array(length + 1);
  const workingDays: number[] = [];
  const stretches: { from: number; to: number }[][] = [];
  let before = intervalsOn(calendar, firstDay - 1);
  for (let i = 0; i < length; i += 1) {
    const own = intervalsOn(calendar, firstDay + i);
    const day = stretchesOf(own, before);
    stretches.push(day);
    let worked = 0;
    for (const { from, to } of day) worked += to - from;
    workedBefore[i + 1] = (workedBefore[i] ?? 0) + worked;
    if (own.length > 0) workingDays.push(firstDay + i);
    countBefore[i + 1] = workingDays.length;
    before = own;
  }
  return { year, firstDay, length, workedBefore, countBefore, workingDays: Int32Array.from(workingDays), stretches };
}

/** The table of one year, built at first use. Throws RangeError outside 1800–3100: nobody works there. */
export function yearTable(calendar: Calendar, year: number): YearTable {
  let years = cache.get(calendar);
  if (!years) {
    years = new Map();
    cache.set(calendar, years);
  }
  let table = years.get(year);
  if (!table) {
    if (year > LAST_YEAR || year < FIRST_YEAR)
      throw new RangeError(`Calendar ${calendar.id} has no working time up to year ${year}`);
    table = build(calendar, year);
    years.set(year, table);
  }
  return table;
}

/** The table of the year a day lies in. */
export function tableOf(calendar: Calendar, day: DayNumber): YearTable {
  return yearTable(calendar, civil(day).year);
}
