import type { Calendar } from '#clock/calendar.ts';
import { civil, type DayNumber, dayNumber, dayOf, startOfDay, weekday } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import type { ScheduleSpec } from './language/schedule.ts';

/**
 * The first moment after `after` at which a duty of the calendar falls due, in the calendar's local time. Plain dates:
 * a duty that falls on a rest day still exists, its clock decides how long there is for it.
 */
export function nextOccurrence(schedule: ScheduleSpec, after: Instant, calendar: Calendar): Instant {
  const { offsetMinutes } = calendar;
  const [hours = 0, minutes = 0] = schedule.at.split(':').map(Number);
  const at = (day: DayNumber): Instant => startOfDay(day, offsetMinutes) + (hours * 60 + minutes) * MINUTE;
  const today = dayOf(after, offsetMinutes);
  const { every } = schedule;
  if ('months' in every) {
    const { year, month } = civil(today);
    // Counted from January, so that "every 3 months" means the calendar's quarters wherever one begins.
    for (let index = year * 12 + month - 1; ; index += 1) {
      if ((index % 12) % every.months !== 0) continue;
      const due = at(dayNumber(Math.floor(index / 12), (index % 12) + 1, every.day));
      if (due > after) return due;
    }
  }
  for (let day = today; ; day += 1) {
    if ('weekday' in every && weekday(day) + 1 !== every.weekday) continue;
    if (at(day) > after) return at(day);
  }
}
