import type { LocalDate } from '#clock/civil.ts';
import type { Staffing, SubstitutionRow } from './rows.ts';

/** Whom somebody stands in for on a local date. */
export function standsInFor(staffing: Staffing, personId: string, on: LocalDate): SubstitutionRow[] {
  return staffing.substitutions.filter((one) => one.substituteId === personId && runs(one, on));
}

/** Who stands in for somebody on a local date. */
export function substitutesOf(staffing: Staffing, personId: string, on: LocalDate): SubstitutionRow[] {
  return staffing.substitutions.filter((one) => one.personId === personId && runs(one, on));
}

const runs = (one: SubstitutionRow, on: LocalDate): boolean => !one.ended && one.from <= on && one.to >= on;

/** How far somebody may decide: `upToFen` null means any sum. */
export interface Authority {
  upToFen: number | null;
}

/**
 * Up to what sum somebody with these posts decides something of a kind on a local date; undefined: not at all. His own
 * limit goes before those of his posts; of several posts the highest counts.
 */
export function authorityOf(
  staffing: Staffing,
  person: { id: string; posts: readonly string[] },
  decision: string,
  on: LocalDate,
): Authority | undefined {
  const running = staffing.limits.filter(
    (one) => one.decision === decision && one.from <= on && (one.to === null || one.to >= on),
  );
  const named = running.filter((one) => one.personId === person.id);
  const counted =
    named.length > 0 ? named : running.filter((one) => one.post !== null && person.posts.includes(one.post));
  if (counted.length === 0) return undefined;
  const sums = counted.map((one) => one.upToFen);
  return { upToFen: sums.includes(null) ? null : Math.max(...sums.map((sum) => sum ?? 0)) };
}
