import type { LocalDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';

/** A skill or qualification of the company's list. A qualification counts only while its certificate is valid. */
export interface SkillRow {
  code: string;
  kind: 'skill' | 'qualification';
  name: string;
  nameEn: string;
  retired: boolean;
}
/** That somebody has it. Dates are local and inclusive; `expiresOn` null: it does not expire. */
export interface HeldSkillRow {
  id: string;
  personId: string;
  skill: string;
  certificateNumber: string;
  from: LocalDate;
  expiresOn: LocalDate | null;
}

/** Hours of one day of a pattern; an end not after the begin is on the next day. */
export interface PatternPart {
  day: number;
  fromMinute: number;
  toMinute: number;
  name: string;
  nameEn: string;
}
/** A row of days that repeats, e.g. six days of work and one off. */
export interface PatternRow {
  id: string;
  name: string;
  nameEn: string;
  cycleDays: number;
  retired: boolean;
  parts: readonly PatternPart[];
}
/** Somebody works by a pattern; its day 0 falls on `anchor`. */
export interface PatternAssignmentRow {
  id: string;
  personId: string;
  patternId: string;
  from: LocalDate;
  to: LocalDate | null;
  anchor: LocalDate;
}
export interface SwapRow {
  id: string;
  giverId: string;
  takerId: string;
  on: LocalDate;
  inReturnOn: LocalDate | null;
  status: 'asked' | 'agreed' | 'declined' | 'withdrawn';
}

export const absenceKinds = ['annual', 'sick', 'personal', 'compensatory', 'training', 'other'] as const;
export type AbsenceKind = (typeof absenceKinds)[number];
/** `to` is the first moment he is back. */
export interface AbsenceRow {
  id: string;
  personId: string;
  kind: AbsenceKind;
  from: Instant;
  to: Instant;
  reason: string;
  status: 'asked' | 'granted' | 'declined' | 'withdrawn';
}

/** `posts` null: all posts of the person. */
export interface SubstitutionRow {
  id: string;
  personId: string;
  substituteId: string;
  posts: readonly string[] | null;
  from: LocalDate;
  to: LocalDate;
  reason: string;
  ended: boolean;
}

/** Either `post` or `personId` is set. `upToFen` null: any sum. */
export interface AuthorityLimitRow {
  id: string;
  post: string | null;
  personId: string | null;
  decision: string;
  upToFen: number | null;
  from: LocalDate;
  to: LocalDate | null;
}

/** A named part of the premises with the crews that work in it. A place stands for everything beneath it. */
export interface TerritoryRow {
  id: string;
  name: string;
  nameEn: string;
  retired: boolean;
  places: readonly string[];
  crews: readonly { unitId: string; from: LocalDate; to: LocalDate | null }[];
}

/** What a company has said about who can do what, and when. */
export interface Staffing {
  skills: readonly SkillRow[];
  held: readonly HeldSkillRow[];
  patterns: readonly PatternRow[];
  assignments: readonly PatternAssignmentRow[];
  swaps: readonly SwapRow[];
  absences: readonly AbsenceRow[];
  substitutions: readonly SubstitutionRow[];
  limits: readonly AuthorityLimitRow[];
  territories: readonly TerritoryRow[];
  /** Null: as is customary. */
  expiryRules: { daysBefore: readonly number[]; atMinute: number } | null;
}

export const noStaffing: Staffing = {
  skills: [],
  held: [],
  patterns: [],
  assignments: [],
  swaps: [],
  absences: [],
  substitutions: [],
  limits: [],
  territories: [],
  expiryRules: null,
};
