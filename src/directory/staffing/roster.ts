import {
  CHINA_OFFSET,
  type DayNumber,
  dateOf,
  dayOf,
  type LocalDate,
  parseDate,
  startOfDay,
  weekday,
} from '#clock/civil.ts';
import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Shift } from '../shifts.ts';
import { ownOf } from './of-person.ts';
import type { AbsenceRow, Staffing } from './rows.ts';

/** What a roster is read from: the weekly hours of the organisation, and what was said about staffing. */
export interface RosterSource {
  shifts: ReadonlyMap<string, readonly Shift[]>;
  staffing: Staffing;
}

/** A stretch of work that begins on the day it is listed under. `swapped`: taken over from that person. */
export interface Duty {
  from: Instant;
  to: Instant;
  name: string;
  nameEn: string;
  swappedFrom: string | null;
}

/** When somebody works on a local date: his pattern or else his weekly hours, after agreed swaps, before any absence. */
export function rosterOn(source: RosterSource, personId: string, date: LocalDate): Duty[] {
  const day = parseDate(date);
  if (day === null) throw new Error(`${date} is no date`);
  let own = true;
  const taken: Duty[] = [];
  const take = (from: string): void => {
    taken.push(...planned(source, from, day).map((duty) => ({ ...duty, swappedFrom: from })));
  };
  for (const swap of ownOf(source.staffing, personId).swaps) {
    if (swap.status !== 'agreed') continue;
    const { giverId, takerId, on, inReturnOn } = swap;
    if (on === date && giverId === personId) own = false;
    if (inReturnOn === date && takerId === personId) own = false;
    if (on === date && takerId === personId) take(giverId);
    if (inReturnOn === date && giverId === personId) take(takerId);
  }
  return [...(own ? planned(source, personId, day) : []), ...taken].sort((a, b) => a.from - b.from);
}

/** The duty that runs at `now` and is not interrupted by leave; null when off duty. Its begin counts, its end does not. */
export function onShift(source: RosterSource, personId: string, now: Instant): Duty | null {
  if (absenceAt(source.staffing, personId, now)) return null;
  const today = dayOf(now, CHINA_OFFSET);
  // A night shift belongs to the day it began on, so yesterday's may still run.
  for (const day of [today, today - 1])
    for (const duty of rosterOn(source, personId, dateOf(day))) if (now >= duty.from && now < duty.to) return duty;
  return null;
}

/** When he next begins (or, after leave, resumes) work, at most `days` ahead; null when nothing is planned. */
export function nextDuty(source: RosterSource, personId: string, now: Instant, days = 31): Instant | null {
  const today = dayOf(now, CHINA_OFFSET);
  for (let day = today - 1; day <= today + days; day += 1) {
    const begins = rosterOn(source, personId, dateOf(day))
      .map((duty) => ({ at: presentFrom(source.staffing, personId, Math.max(duty.from, now)), end: duty.to, duty }))
      .filter(({ at, end, duty }) => at < end && (at > now || duty.from > now))
      .map(({ at }) => at);
    if (begins.length > 0) return Math.min(...begins);
  }
  return null;
}

/** The granted leave somebody is on at `now`; null when he is there. */
export function absenceAt(staffing: Staffing, personId: string, now: Instant): AbsenceRow | null {
  const running = ownOf(staffing, personId).absences.filter(
    (one) => one.status === 'granted' && one.from <= now && now < one.to,
  );
  return running.reduce<AbsenceRow | null>((last, one) => (last === null || one.to > last.to ? one : last), null);
}

/** The first moment from `at` on which no leave covers. */
function presentFrom(staffing: Staffing, personId: string, at: Instant): Instant {
  let moment = at;
  for (let away = absenceAt(staffing, personId, moment); away; away = absenceAt(staffing, personId, moment))
    moment = away.to;
  return moment;
}

function planned({ shifts, staffing }: RosterSource, personId: string, day: DayNumber): Duty[] {
  const date = dateOf(day);
  const begin = startOfDay(day, CHINA_OFFSET);
  const duty = (fromMinute: number, toMinute: number, name: string, nameEn: string): Duty => ({
    from: begin + fromMinute * MINUTE,
    to: begin + toMinute * MINUTE + (toMinute <= fromMinute ? DAY : 0),
    name,
    nameEn,
    swappedFrom: null,
  });
  // Of two that overlap the one that began later was said last.
  const assignment = ownOf(staffing, personId).assignments.findLast(
    (one) => one.from <= date && (one.to === null || one.to >= date),
  );
  const pattern = assignment && staffing.patterns.find((one) => one.id === assignment.patternId);
  if (assignment && pattern) {
    const since = day - (parseDate(assignment.anchor) ?? day);
    const at = ((since % pattern.cycleDays) + pattern.cycleDays) % pattern.cycleDays;
    return pattern.parts
      .filter((part) => part.day === at)
      .map((part) => duty(part.fromMinute, part.toMinute, part.name, part.nameEn));
  }
  return (shifts.get(personId) ?? [])
    .filter((shift) => shift.weekday === weekday(day) + 1)
    .map((shift) => duty(shift.fromMinute, shift.toMinute, '', ''));
}
