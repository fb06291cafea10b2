import type { Instant } from '#kernel/instant.ts';
import { DAY, MINUTE } from '#kernel/instant.ts';

/** A local calendar date, 'YYYY-MM-DD'. */
export type LocalDate = string;

/** Days since 1970-01-01 in local time: the integer all date arithmetic is done in. */
export type DayNumber = number;

/** China standard time, minutes east of UTC; it knows no summer time. */
export const CHINA_OFFSET = 480;

/** The day number of a proleptic Gregorian date (Hinnant's days-from-civil). Month 1–12; the day may overflow. */
export function dayNumber(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The year, month (1–12) and day of a day number. */
export function civil(day: DayNumber): { year: number; month: number; day: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1 };
}

/** 0 = Monday … 6 = Sunday. */
export const weekday = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7;

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** 'YYYY-MM-DD' of a day number. */
export function dateOf(day: DayNumber): LocalDate {
  const { year, month, day: d } = civil(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(d)}`;
}

/** The day number of 'YYYY-MM-DD', or null when it is no real date. */
export function parseDate(date: string): DayNumber | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return null;
  const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return dateOf(day) === date ? day : null;
}

/** The local day an instant lies in. */
export const dayOf = (at: Instant, offsetMinutes: number): DayNumber => Math.floor((at + offsetMinutes * MINUTE) / DAY);

/** The instant a local day begins (00:00). */
export const startOfDay = (day: DayNumber, offsetMinutes: number): Instant => day * DAY - offsetMinutes * MINUTE;

/** The last millisecond of a local day: how "until 24:00" is written, because 24:00 itself is the next day. */
export const endOfDay = (day: DayNumber, offsetMinutes: number): Instant => startOfDay(day + 1, offsetMinutes) - 1;

/** The local date of an instant. */
export const localDate = (at: Instant, offsetMinutes: number = CHINA_OFFSET): LocalDate =>
  dateOf(dayOf(at, offsetMinutes));

/** The instant local midnight (00:00) begins the day `at` lies in. */
export const localMidnight = (at: Instant, offsetMinutes: number = CHINA_OFFSET): Instant =>
  startOfDay(dayOf(at, offsetMinutes), offsetMinutes);

/** 'YYYY-MM-DD HH:mm' (or with seconds) in local time, for people. */
export function formatLocal(at: Instant, offsetMinutes: number = CHINA_OFFSET, withSeconds = false): string {
  const day = dayOf(at, offsetMinutes);
  const seconds = Math.floor((at - startOfDay(day, offsetMinutes)) / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return `${dateOf(day)} ${clock}${withSeconds ? `:${two(seconds % 60)}` : ''}`;
}
