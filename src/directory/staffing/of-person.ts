import type { AbsenceRow, HeldSkillRow, PatternAssignmentRow, Staffing, SwapRow } from './rows.ts';

/** What concerns one person. A swap concerns both. */
export interface Own {
  held: HeldSkillRow[];
  assignments: PatternAssignmentRow[];
  swaps: SwapRow[];
  absences: AbsenceRow[];
}

const nothing: Own = { held: [], assignments: [], swaps: [], absences: [] };
// Choosing among hundreds must not read through years of leave for each of them.
const sorted = new WeakMap<Staffing, Map<string, Own>>();

/** The rows that concern a person, in the order of the whole lists. */
export function ownOf(staffing: Staffing, personId: string): Own {
  const known = sorted.get(staffing) ?? sort(staffing);
  sorted.set(staffing, known);
  return known.get(personId) ?? nothing;
}

function sort({ held, assignments, swaps, absences }: Staffing): Map<string, Own> {
  const people = new Map<string, Own>();
  const of = (personId: string): Own => {
    const there = people.get(personId);
    if (there) return there;
    const fresh: Own = { held: [], assignments: [], swaps: [], absences: [] };
    people.set(personId, fresh);
    return fresh;
  };
  for (const one of held) of(one.personId).held.push(one);
  for (const one of assignments) of(one.personId).assignments.push(one);
  for (const one of absences) of(one.personId).absences.push(one);
  for (const one of swaps) {
    of(one.giverId).swaps.push(one);
    of(one.takerId).swaps.push(one);
  }
  return people;
}
