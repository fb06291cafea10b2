import { CHINA_OFFSET, dateOf, localDate, parseDate, startOfDay } from '#clock/civil.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import { CUSTOMARY_EXPIRY } from '#directory/staffing/expiry.ts';
import { onShift, rosterOn } from '#directory/staffing/roster.ts';
import { expiring, isValid } from '#directory/staffing/skills.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import type { StaffingView } from './contract/staffing.ts';
import { wire } from './moment.ts';

/** What a viewer may see and do: `manages` for whom he plans, `self` who he is, `administers` whether he keeps the whole. */
export interface StaffingSight {
  manages(personId: string): boolean;
  self: string | null;
  administers: boolean;
}

/** A kind of decision that authority limits are set for. */
export interface Decision {
  code: string;
  title: Text;
  /** Procedures in force that ask for it; without any a limit has no effect yet. */
  askedBy: Text[];
}

/** Staffing of a company for some days, as a viewer may see it: certificates and reasons only of those he leads, and his own. */
export function viewStaffing(
  snapshot: Snapshot,
  { from, days, now, decisions }: { from: string; days: number; now: Instant; decisions: readonly Decision[] },
  sight: StaffingSight,
): StaffingView {
  const { staffing } = snapshot;
  const rules = staffing.expiryRules ?? CUSTOMARY_EXPIRY;
  const today = localDate(now);
  const first = parseDate(from) ?? 0;
  const dates = Array.from({ length: days }, (_, i) => dateOf(first + i));
  const [begin, end] = [startOfDay(first, CHINA_OFFSET), startOfDay(first + days, CHINA_OFFSET)];
  const close = (personId: string): boolean => personId === sight.self || sight.manages(personId);
  const units = new Map(snapshot.units.map((unit) => [unit.id, text(unit.name, unit.nameEn || unit.name)]));
  const codes = new Map(snapshot.units.map((unit) => [unit.id, unit.code]));
  const title = (zh: string, en: string): { zh: string; en: string } => text(zh, en || zh);
  const current = (one: { from: string; to: string | null }): boolean => one.to === null || one.to >= today;
  return {
    days: dates,
    people: snapshot.people
      .filter((person) => person.active && !person.automaton)
      .map((person) => ({
        id: person.id,
        name: person.name,
        unit: units.get(person.unitId ?? '') ?? null,
        manages: sight.manages(person.id),
        onShift: onShift(snapshot, person.id, now) !== null,
        duties: dates.map((day) =>
          rosterOn(snapshot, person.id, day).map((duty) => ({
            from: wire(duty.from),
            to: wire(duty.to),
            title: title(duty.name, duty.nameEn),
            swapped: duty.swappedFrom !== null,
          })),
        ),
        skills: staffing.held
          .filter((one) => one.personId === person.id)
          .map(({ id, skill, certificateNumber, from: since, expiresOn, ...rest }) => ({
            id,
            skill,
            certificateNumber: close(person.id) ? certificateNumber : '',
            from: since,
            expiresOn,
            valid: isValid({ id, skill, certificateNumber, from: since, expiresOn, ...rest }, today),
          })),
      })),
    leave: staffing.absences
      .filter((one) => (one.status === 'asked' || one.status === 'granted') && one.to > begin && one.from < end)
      .map((one) => ({
        id: one.id,
        personId: one.personId,
        kind: close(one.personId) ? one.kind : 'other',
        from: wire(one.from),
        to: wire(one.to),
        reason: close(one.personId) ? one.reason : '',
        status: one.status,
        mayDecide: one.status === 'asked' && sight.manages(one.personId),
      })),
    swaps: staffing.swaps
      .filter(
        (one) =>
          (one.status === 'asked' || one.status === 'agreed') && (one.on >= from || (one.inReturnOn ?? '') >= from),
      )
      .map((one) => ({
        id: one.id,
        giverId: one.giverId,
        takerId: one.takerId,
        on: one.on,
        inReturnOn: one.inReturnOn,
        status: one.status,
        mayDecide: one.status === 'asked' && (one.takerId === sight.self || sight.manages(one.giverId)),
      })),
    skills: staffing.skills
      .filter((one) => !one.retired)
      .map((one) => ({ code: one.code, kind: one.kind, title: title(one.name, one.nameEn) })),
    patterns: staffing.patterns
      .filter((one) => !one.retired)
      .map((one) => ({
        id: one.id,
        title: title(one.name, one.nameEn),
        cycleDays: one.cycleDays,
        parts: one.parts.map((part) => ({
          day: part.day,
          fromMinute: part.fromMinute,
          toMinute: part.toMinute,
          title: title(part.name, part.nameEn),
        })),
      })),
    assignments: staffing.assignments
      .filter(current)
      .map(({ id, personId, patternId, from: since, to }) => ({ id, personId, patternId, from: since, to })),
    substitutions: staffing.substitutions
      .filter((one) => !one.ended && one.to >= today)
      .map(({ id, personId, substituteId, posts, from: since, to, reason }) => ({
        id,
        personId,
        substituteId,
        posts: posts === null ? null : [...posts],
        from: since,
        to,
        reason: close(personId) || substituteId === sight.self ? reason : '',
      })),
    limits: staffing.limits
      .filter(current)
      .map(({ id, post, personId, decision, upToFen }) => ({ id, post, personId, decision, upToFen })),
    territories: staffing.territories
      .filter((one) => !one.retired)
      .map((one) => ({
        id: one.id,
        title: title(one.name, one.nameEn),
        places: [...one.places],
        crews: one.crews
          .filter((crew) => crew.from <= today && current(crew))
          .map((crew) => codes.get(crew.unitId) ?? ''),
      })),
    expiring: expiring(staffing, today)
      .filter(({ held }) => close(held.personId) || sight.administers)
      .map(({ held, daysLeft }) => ({
        personId: held.personId,
        skill: held.skill,
        expiresOn: held.expiresOn ?? '',
        daysLeft,
        // The latest warning that has been reached; null before the first and once it has ended.
        step: daysLeft < 0 ? null : (rules.daysBefore.toSorted((a, b) => a - b).find((one) => daysLeft <= one) ?? null),
      })),
    expiryRules: {
      daysBefore: [...rules.daysBefore],
      atMinute: rules.atMinute,
      isDefault: staffing.expiryRules === null,
    },
    decisions: [...decisions],
  };
}
