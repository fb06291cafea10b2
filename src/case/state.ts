import type { Instant } from '#kernel/instant.ts';
import type { SpanSpec } from '#policy/language/clock.ts';
import type { ActorRef, ClockMoment, Duty, PersonRef, Value, Values, Via } from './event.ts';

/** One run of a clock. A clock that is started again gets a new run; the earlier run stays as it ended. */
export interface ClockRun {
  clock: string;
  run: number;
  clause: string;
  startedAt: Instant;
  targetAt: Instant | null;
  dueAt: Instant;
  moments: ClockMoment[];
  /** How many of `moments` have fired. */
  fired: number;
  /** Moments of past and present pauses; `to` is null while paused. */
  pauses: { from: Instant; to: Instant | null; reason: string }[];
  status: 'running' | 'paused' | 'kept' | 'late' | 'cancelled';
  /** Set for good at the first breach; nothing clears it. */
  breachedAt: Instant | null;
  stoppedAt: Instant | null;
  calendar: { id: string; version: string } | null;
  provisionalYears: number[];
  /** The limit given under an earlier version, where it still holds after the case moved to another. */
  limit?: SpanSpec;
}

/** What was entered at one step, once. */
export interface Entry {
  seq: number;
  step: string;
  round: number;
  at: Instant;
  by: ActorRef;
  values: Values;
  visible: boolean;
}

export interface SignedDocument {
  form: string;
  number: string;
  digest: string;
  issuedAt: Instant;
  signature: { signer: string; method: string; at: Instant; attachment: string | null; witness: string | null } | null;
  voided: boolean;
}

/** Where the search for somebody stands: several are asked, the next is wanted, nobody fits, or somebody has it. */
export interface DispatchRun {
  policy: string;
  duty: Duty;
  status: 'offered' | 'declined' | 'fallback' | 'given';
  at: Instant;
  /** Who may take it, while it is offered. */
  offered: PersonRef[];
  /** Who said no, and why. */
  declined: { personId: string; reason: string }[];
}

/** A duty that somebody is asked to take over. */
export interface DutyOffer {
  person: PersonRef;
  reason: string;
  clause: string;
  at: Instant;
  /** At the change of a shift: the list it stands on, until when it should be accepted, and whether that has passed. */
  shift?: { list: string; until: Instant; late?: true };
}

/** The present of one case: the fold of its journal and nothing else. */
export interface CaseState {
  id: string;
  /** Number of events folded in; the next event has seq + 1. */
  seq: number;
  number: string;
  pack: string;
  packVersion: string;
  procedure: string;
  matter: string;
  channel: string;
  /** The way it truly came by, where the pack has no channel of its own for it. */
  via?: Via;
  receivedAt: Instant;
  registeredAt: Instant;
  state: string;
  enteredAt: Instant;
  round: number;
  /** Intake values with later corrections; the journal keeps every earlier wording. */
  values: { [field: string]: Value };
  duties: { [D in Duty]: PersonRef | null };
  entries: { [step: string]: Entry[] };
  clocks: ClockRun[];
  documents: SignedDocument[];
  /** Cases that belong together; `outcome` is known once a case opened from here has ended, `failed` when it came to nothing. */
  links: {
    caseId: string | null;
    procedure: string;
    relation: string;
    reference: string;
    outcome: string | null;
    failed?: true;
  }[];
  /** Duties that wait for the next one to accept them. */
  offers?: { [D in Duty]?: DutyOffer };
  /** How somebody was found for it by a policy of dispatch; absent before the first time. */
  dispatch?: DispatchRun;
  notes: { seq: number; at: Instant; by: ActorRef; text: string; visible: boolean; files?: string[] }[];
  outcome: string | null;
  closedAt: Instant | null;
  archivedAt: Instant | null;
}
