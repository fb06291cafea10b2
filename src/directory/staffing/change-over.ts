import { CHINA_OFFSET, dateOf, dayOf } from '#clock/civil.ts';
import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import type { Snapshot } from '../snapshot.ts';
import { absenceAt, type Duty, nextDuty, onShift, rosterOn } from './roster.ts';

/** Whoever may come on duty after somebody: when, and what he has in common with him. */
export interface NextOnDuty {
  personId: string;
  /** When the shift began or begins in which he takes over. */
  begins: Instant;
  sameUnit: boolean;
  samePost: boolean;
}

/** The shift somebody is ending: the one that runs, or the last that ended within a day; null where none is planned. */
export function endingShift(source: Snapshot, personId: string, now: Instant): Duty | null {
  const running = onShift(source, personId, now);
  if (running) return running;
  const today = dayOf(now, CHINA_OFFSET);
  const ended = [today, today - 1]
    .flatMap((day) => rosterOn(source, personId, dateOf(day)))
    .filter((duty) => duty.to <= now && duty.to > now - DAY);
  return ended.reduce<Duty | null>((last, one) => (last === null || one.to > last.to ? one : last), null);
}

/** When somebody is there to take over at the end of another's shift: on duty then, or within two hours; null otherwise. */
export function beginsAfter(source: Snapshot, personId: string, end: Instant): Instant | null {
  if (absenceAt(source.staffing, personId, end)) return null;
  const there = onShift(source, personId, end);
  if (there) return there.from;
  const next = nextDuty(source, personId, end, 1);
  return next !== null && next <= end + 2 * HOUR ? next : null;
}

/** Colleagues of the same unit or post who are there when his shift ends, those most like him first. */
export function nextOnDuty(source: Snapshot, personId: string, end: Instant, today: string): NextOnDuty[] {
  const held = source.posts.filter((one) => one.from <= today && (one.to === null || one.to >= today));
  const mine = new Set(held.filter((one) => one.personId === personId).map(({ post }) => post));
  const alike = new Set(held.filter(({ post }) => mine.has(post)).map((one) => one.personId));
  const unitId = source.people.find((one) => one.id === personId)?.unitId ?? null;
  const found = source.people.flatMap((person): NextOnDuty[] => {
    if (!person.active || person.automaton || person.id === personId) return [];
    const sameUnit = unitId !== null && person.unitId === unitId;
    const samePost = alike.has(person.id);
    const begins = sameUnit || samePost ? beginsAfter(source, person.id, end) : null;
    return begins === null ? [] : [{ personId: person.id, begins, sameUnit, samePost }];
  });
  const likeness = ({ sameUnit, samePost }: NextOnDuty): number => (samePost ? 2 : 0) + (sameUnit ? 1 : 0);
  return found.sort((a, b) => likeness(b) - likeness(a) || b.begins - a.begins || (a.personId < b.personId ? -1 : 1));
}
