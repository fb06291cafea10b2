import type { Instant } from '#kernel/instant.ts';
import { HOUR, MINUTE } from '#kernel/instant.ts';

/** What an exchange says of a call. */
export const HEARD = ['ringing', 'answered', 'ended', 'recording'] as const;
export type Heard = (typeof HEARD)[number];

/** What became of a call that no case came of. */
export const REASONS = ['answered', 'wrongNumber', 'silent', 'internal', 'calledBack', 'unreachable', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** A call as its events make it, whatever order they were heard in. */
export interface Call {
  id: string;
  exchangeId: string;
  /** Figures only; null: withheld. */
  caller: string | null;
  dialled: string | null;
  estateId: string | null;
  estate: string | null;
  beganAt: Instant;
  rangAt: Instant | null;
  answeredAt: Instant | null;
  /** Null: nobody counted them and no time tells. */
  rings: number | null;
  /** Who sits at the telephone that answered. */
  answeredBy: string | null;
  /** Who answered, as far as known: at that telephone, or else who took the call over. */
  answeredByName: string | null;
  endedAt: Instant | null;
  recording: string | null;
  /** Beginnings of addresses at which recordings of this exchange may be listened to. */
  recordings: string[];
  takenBy: string | null;
  takenByName: string | null;
  takenAt: Instant | null;
  caseId: string | null;
  caseNumber: string | null;
  reason: Reason | null;
  note: string | null;
  settledAt: Instant | null;
  settledBy: string | null;
  callBackMinutes: number;
  headAfterMinutes: number;
  /** How far it climbed because nobody called back, in order. */
  escalations: { at: Instant; to: string[]; top: boolean }[];
}

/** The task by which a missed call climbs. */
export const CALL_BACK = 'call-back';

export type CallPhase = 'ringing' | 'talking' | 'answered' | 'missed';

// An exchange that went away says nothing more: after these spans its calls are taken to be over.
export const LONGEST_RING = 10 * MINUTE;
const LONGEST_TALK = 4 * HOUR;

/** Where a call stands at a moment. */
export function phaseOf(call: Pick<Call, 'beganAt' | 'answeredAt' | 'endedAt'>, now: Instant): CallPhase {
  const { beganAt, answeredAt, endedAt } = call;
  if (answeredAt !== null) return endedAt === null && now - answeredAt < LONGEST_TALK ? 'talking' : 'answered';
  return endedAt === null && now - beganAt < LONGEST_RING ? 'ringing' : 'missed';
}

/** By when whoever was missed is to be called back; null for calls that were answered. */
export const callBackBy = (call: Call, now: Instant): Instant | null =>
  phaseOf(call, now) === 'missed' ? (call.endedAt ?? call.beganAt) + call.callBackMinutes * MINUTE : null;

/** When the next in line hears of it: counted from when the last one heard. Null for what is settled, answered, or has climbed to the top. */
export const climbsAt = (call: Call, now: Instant): Instant | null => {
  const due = callBackBy(call, now);
  const last = call.escalations.at(-1);
  if (due === null || call.settledAt !== null || last?.top) return null;
  return last ? last.at + call.headAfterMinutes * MINUTE : due;
};

/** Whether a recording may be offered as a link: only https, only where the exchange's own settings say. */
export function mayListen({ recording, recordings }: Pick<Call, 'recording' | 'recordings'>): boolean {
  if (recording === null || !URL.canParse(recording)) return false;
  // Compared after the address was read, so that `https://host/a/../b` is judged by where it leads.
  const { href, protocol, username } = new URL(recording);
  return protocol === 'https:' && username === '' && recordings.some((beginning) => href.startsWith(beginning));
}

/** A telephone number as figures, without the country's code and punctuation; null when there is none. */
export function figuresOf(number: string | null | undefined): string | null {
  const figures = (number ?? '').replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
  return figures === '' ? null : figures.slice(0, 32);
}
