import { CHINA_OFFSET, type LocalDate, parseDate, startOfDay } from '#clock/civil.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { HeldSkillRow, Staffing } from './rows.ts';
import { isReplaced } from './skills.ts';

/** How many days before a certificate's last day people are told of it (0: on that day), and at what minute of the day. */
export interface ExpiryRules {
  daysBefore: readonly number[];
  atMinute: number;
}

/** What holds until a company says otherwise. */
export const CUSTOMARY_EXPIRY: ExpiryRules = { daysBefore: [30, 7, 0], atMinute: 540 };

/** What is to be told of a certificate next: at which moment, and as the warning of how many days before. */
export interface Telling {
  at: Instant;
  daysBefore: number;
}

/**
 * The next telling of a certificate, seen from `now`. Of warnings whose moment has passed untold only the latest is made
 * up for, at once. Undefined: none comes any more, or a later certificate has taken its place.
 */
export function nextTelling(
  staffing: Staffing,
  held: HeldSkillRow,
  told: ReadonlySet<number>,
  now: Instant,
): Telling | undefined {
  const { expiresOn } = held;
  if (expiresOn === null || isReplaced(staffing, held)) return undefined;
  const { daysBefore, atMinute } = staffing.expiryRules ?? CUSTOMARY_EXPIRY;
  const all = daysBefore
    .map((days): Telling => ({ at: momentOf(expiresOn, days, atMinute), daysBefore: days }))
    .toSorted((a, b) => a.at - b.at);
  const passed = all.findLast(({ at }) => at <= now);
  // What was told of a later moment need not be told of an earlier one.
  if (passed && !all.some(({ at, daysBefore: days }) => at >= passed.at && told.has(days)))
    return { at: now, daysBefore: passed.daysBefore };
  return all.find(({ at, daysBefore: days }) => at > now && !told.has(days));
}

function momentOf(expiresOn: LocalDate, days: number, atMinute: number): Instant {
  const last = parseDate(expiresOn);
  if (last === null) throw new Error(`${expiresOn} is no date`);
  return startOfDay(last - days, CHINA_OFFSET) + atMinute * MINUTE;
}
