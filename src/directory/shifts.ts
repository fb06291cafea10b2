import { CHINA_OFFSET, dayOf, startOfDay, weekday } from '#clock/civil.ts';
import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';

/** One weekly duty: weekday 1 = Monday … 7 = Sunday; minutes after local midnight; an end not after the begin is on the next day. */
export interface Shift {
  weekday: number;
  fromMinute: number;
  toMinute: number;
}

/** The shift that runs at `now` (its begin counts, its end does not), with the moment it ends; null when off duty. */
export function shiftAt(shifts: readonly Shift[], now: Instant, offset = CHINA_OFFSET): { endsAt: Instant } | null {
  const today = dayOf(now, offset);
  // A night shift belongs to the day it began on, so yesterday's may still run.
  for (const day of [today, today - 1]) {
    for (const shift of shifts) {
      if (shift.weekday !== weekday(day) + 1) continue;
      const begin = startOfDay(day, offset) + shift.fromMinute * MINUTE;
      const end = startOfDay(day, offset) + shift.toMinute * MINUTE + (shift.toMinute <= shift.fromMinute ? DAY : 0);
      if (now >= begin && now < end) return { endsAt: end };
    }
  }
  return null;
}

/** When the next shift begins, at most a week ahead; null for somebody without shifts. */
export function nextShift(shifts: readonly Shift[], now: Instant, offset = CHINA_OFFSET): Instant | null {
  const today = dayOf(now, offset);
  const begins = shifts.map((shift) => {
    const ahead = (((shift.weekday - 1 - weekday(today)) % 7) + 7) % 7;
    const at = startOfDay(today + ahead, offset) + shift.fromMinute * MINUTE;
    return at > now ? at : at + 7 * DAY;
  });
  return begins.length === 0 ? null : Math.min(...begins);
}
