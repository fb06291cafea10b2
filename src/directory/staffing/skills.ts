import { dateOf, type LocalDate, parseDate } from '#clock/civil.ts';
import { ownOf } from './of-person.ts';
import type { HeldSkillRow, Staffing } from './rows.ts';

/** Days before its end from which on a certificate stands in the list of those about to end. */
const LISTED_BEFORE = 60;

/** What somebody has on a local date, with the last day it counts (null: without end). An expired one counts as absent. */
export function skillsOf(staffing: Staffing, personId: string, on: LocalDate): Map<string, LocalDate | null> {
  const having = new Map<string, LocalDate | null>();
  for (const one of ownOf(staffing, personId).held) {
    if (!isValid(one, on)) continue;
    const before = having.get(one.skill);
    if (before === null) continue;
    if (before === undefined || one.expiresOn === null || one.expiresOn > before) having.set(one.skill, one.expiresOn);
  }
  return having;
}

/** Whether somebody has all of these skills and qualifications on a local date. */
export function hasSkills(staffing: Staffing, personId: string, codes: readonly string[], on: LocalDate): boolean {
  if (codes.length === 0) return true;
  const having = skillsOf(staffing, personId, on);
  return codes.every((code) => having.has(code));
}

/** Whether a certificate counts on a local date; its first and last day both do. */
export const isValid = (held: HeldSkillRow, on: LocalDate): boolean =>
  held.from <= on && (held.expiresOn === null || held.expiresOn >= on);

/** A certificate about to end, or ended, that no later one of the same person replaces; `daysLeft` is negative afterwards. */
export interface Expiring {
  held: HeldSkillRow;
  daysLeft: number;
}

/** Certificates that end within `within` days of a local date, and those that have ended; soonest first. */
export function expiring(staffing: Staffing, on: LocalDate, within: number = LISTED_BEFORE): Expiring[] {
  const today = parseDate(on);
  if (today === null) throw new Error(`${on} is no date`);
  const horizon = dateOf(today + within);
  return staffing.held
    .filter((one) => one.expiresOn !== null && one.expiresOn <= horizon && !isReplaced(staffing, one))
    .map((held) => ({ held, daysLeft: (parseDate(held.expiresOn ?? on) ?? today) - today }))
    .sort((a, b) => a.daysLeft - b.daysLeft);
}

/** Whether the same person has the same thing for longer. */
export const isReplaced = (staffing: Staffing, old: HeldSkillRow): boolean =>
  ownOf(staffing, old.personId).held.some(
    (one) =>
      one.skill === old.skill &&
      one.id !== old.id &&
      (one.expiresOn === null || (old.expiresOn !== null && one.expiresOn > old.expiresOn)),
  );
