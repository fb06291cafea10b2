import { CHINA_OFFSET, dateOf, dayOf, localDate } from '#clock/civil.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Snapshot } from '../snapshot.ts';
import { beginsAfter, endingShift, nextOnDuty } from './change-over.ts';
import { absenceAt, rosterOn } from './roster.ts';

/** What is promised for the list at the end of a shift, in minutes. */
export interface ListPromise {
  /** After the end of the shift: until then the list is confirmed. */
  listMinutes: number;
  /** Before that: he is reminded. */
  warnMinutes: number;
  /** After that, and again each time: the next level hears. */
  climbMinutes: number;
}

/** The list that is due for a shift. */
export interface OwedList {
  personId: string;
  began: Instant;
  endedAt: Instant;
  warnsAt: Instant;
  dueAt: Instant;
}

/** After so long a list is asked for no more: the next shift has been there for hours. */
const ASKED = 12 * HOUR;

const momentsOf = (endedAt: Instant, { listMinutes, warnMinutes }: ListPromise) => {
  const dueAt = endedAt + listMinutes * MINUTE;
  return { warnsAt: dueAt - warnMinutes * MINUTE, dueAt };
};

/** The list somebody owes for the shift he is ending; null where nobody of his post and unit takes over, or he only takes a break. */
export function owedBy(source: Snapshot, personId: string, promise: ListPromise, now: Instant): OwedList | null {
  const shift = endingShift(source, personId, now);
  if (!shift || shift.to < now - ASKED || absenceAt(source.staffing, personId, shift.to - 1)) return null;
  if (beginsAfter(source, personId, shift.to) !== null) return null;
  if (!nextOnDuty(source, personId, shift.to, localDate(now)).some((next) => next.samePost && next.sameUnit))
    return null;
  return { personId, began: shift.from, endedAt: shift.to, ...momentsOf(shift.to, promise) };
}

/** Who is to have heard by now: -1 nobody, 0 he himself, 1 his superior, and so on. */
export function levelOf({ warnsAt, dueAt }: OwedList, { climbMinutes }: ListPromise, now: Instant): number {
  if (now < dueAt) return now < warnsAt ? -1 : 0;
  return 1 + Math.floor((now - dueAt) / (climbMinutes * MINUTE));
}

/** When the next level hears of a list that is still missing; null when it is asked for no more by then. */
export function climbsNext({ endedAt, dueAt }: OwedList, { climbMinutes }: ListPromise, now: Instant): Instant | null {
  const climb = climbMinutes * MINUTE;
  const at = now < dueAt ? dueAt : dueAt + (1 + Math.floor((now - dueAt) / climb)) * climb;
  return at <= endedAt + ASKED ? at : null;
}

/** The next moment at which anybody's list may fall due or be reminded of, at the latest in a day: rosters change meanwhile. */
export function nextLook(source: Snapshot, promise: ListPromise, now: Instant): Instant {
  let next = now + DAY;
  const today = dayOf(now, CHINA_OFFSET);
  for (const { id, active, automaton } of source.people)
    for (let day = today - 1; active && !automaton && day <= today + 1; day += 1)
      for (const { to } of rosterOn(source, id, dateOf(day))) {
        const { warnsAt, dueAt } = momentsOf(to, promise);
        const at = warnsAt > now ? warnsAt : dueAt;
        if (at > now && at < next) next = at;
      }
  return next;
}
