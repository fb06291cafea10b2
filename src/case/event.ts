import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { SpanSpec } from '#policy/language/clock.ts';

/** The four duties that procedures mix up, kept as four fields (first receiver, assignee, case officer, follow-up visitor). */
export const duties = ['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor'] as const;
export type Duty = (typeof duties)[number];

/** A value of a form field as it travels on the wire and lies in the journal. Instants are epoch milliseconds. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Values = { [field: string]: Value };

/** Who did it. `personId` is null for the system's own acts and for an owner who gave no account. */
export interface ActorRef {
  kind: 'staff' | 'owner' | 'outside' | 'system';
  personId: string | null;
  name: string;
  /** In whose name he acted, as that person's substitute. */
  standsInFor?: { id: string; name: string } | undefined;
}

export interface PersonRef {
  id: string;
  name: string;
  unitId: string | null;
}

/** A moment at which a running clock speaks: before its end, at its end, and after it, level by level. */
export interface ClockMoment {
  kind: 'warning' | 'target' | 'limit' | 'ladder' | 'repeat';
  at: Instant;
  /** Roles (duties or organisational roles of the pack) that are told. */
  tells: string[];
  /** 1 for the first step of the ladder. */
  level?: number;
}

/** What became of one clock when its case moved to another version. */
export type MovedClock =
  | {
      act: 'goesOn' | 'started';
      clock: string;
      run: number;
      clause: string;
      startedAt: Instant;
      dueAt: Instant;
      targetAt: Instant | null;
      /** Those it has spoken at, then those to come. */
      moments: ClockMoment[];
      calendar: { id: string; version: string } | null;
      provisionalYears: number[];
      /** The limit of the earlier version, where that one still holds. */
      limit: SpanSpec | null;
    }
  | { act: 'ended'; clock: string; run: number; verdict: 'late' | 'cancelled'; stoppedAt: Instant; clause: string };

export interface Recipient {
  kind: 'person' | 'owner';
  personId: string | null;
  name: string;
  role: string;
}

export interface DocumentRow {
  label: Text;
  value: string;
  /** Attachments shown in this row. */
  attachments?: string[];
}
export interface DocumentSection {
  title: Text;
  rows: DocumentRow[];
}

/** Somebody who was looked at, with why he was chosen or passed over. */
export interface DispatchCandidate {
  person: PersonRef;
  fit: boolean;
  score: number;
  why: Text;
}

/** A way in that the pack does not name, with what people call it. */
export interface Via {
  id: string;
  title: Text;
}

/** Every fact that can befall a case. Past tense; never edited, only followed by another. */
export interface CaseEvents {
  caseRegistered: {
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
    values: Values;
    /** The case, meeting or message that this one grew out of. */
    origin?: { relation: string; caseId: string | null; reference: string };
    clause: string;
  };
  stepTaken: {
    step: string;
    round: number;
    from: string;
    to: string;
    values: Values;
    clause: string;
    /** Whether the person who asked sees this act on the case's page. */
    visible: boolean;
  };
  fieldsChanged: { step: string; changes: { field: string; before: Value; after: Value }[] };
  tableDecided: {
    table: string;
    title: Text;
    because: Text;
    changes: { field: string; before: Value; after: Value }[];
    clause: string;
  };
  dutyAssigned: { duty: Duty; person: PersonRef; previous: PersonRef | null; reason: string; clause: string };
  /** Somebody wants to pass a duty on. Until the next one accepts, the one who has it answers for it. */
  dutyOffered: {
    duty: Duty;
    person: PersonRef;
    previous: PersonRef;
    reason: string;
    clause: string;
    /** At the end of a shift: the list it stands on, and until when it should be accepted. */
    shift?: { list: string; until: Instant };
  };
  /** At the change of a shift nobody accepted in time. `told`: who leads the crew; null where nobody does. */
  dutyOfferLate: { duties: readonly Duty[]; person: PersonRef; until: Instant; told: string | null; clause: string };
  /** He said no, it was passed on otherwise, or the case has ended. */
  dutyOfferEnded: {
    duty: Duty;
    person: PersonRef;
    said: 'declined' | 'replaced' | 'ended';
    reason: string;
    clause: string;
  };
  /** By a policy of the pack somebody was found, several were asked, or nobody fits; with what spoke for or against each. */
  dispatchDecided: {
    policy: string;
    duty: Duty;
    mode: 'suggest' | 'assign' | 'round' | 'grab';
    said: 'given' | 'offered' | 'nobody';
    chosen: PersonRef | null;
    offered: readonly PersonRef[];
    candidates: readonly DispatchCandidate[];
    /** How many more were looked at. */
    more: number;
    clause: string;
  };
  /** Somebody said no. `then`: others are still asked, the next is looked for, or whoever answers for it decides. */
  dispatchDeclined: {
    policy: string;
    duty: Duty;
    person: PersonRef;
    reason: string;
    then: 'others' | 'next' | 'fallback';
    clause: string;
  };
  clockStarted: {
    clock: string;
    run: number;
    clause: string;
    startedAt: Instant;
    targetAt: Instant | null;
    dueAt: Instant;
    moments: ClockMoment[];
    calendar: { id: string; version: string } | null;
    provisionalYears: number[];
  };
  clockStopped: {
    clock: string;
    run: number;
    stoppedAt: Instant;
    verdict: 'kept' | 'late' | 'cancelled';
    lateBy: number;
    clause: string;
  };
  clockPaused: { clock: string; run: number; reason: string };
  clockResumed: {
    clock: string;
    run: number;
    dueAt: Instant;
    targetAt: Instant | null;
    moments: ClockMoment[];
    provisionalYears: number[];
  };
  clockWarned: { clock: string; run: number; dueAt: Instant; clause: string };
  clockTargetMissed: { clock: string; run: number; targetAt: Instant; clause: string };
  clockBreached: {
    clock: string;
    run: number;
    level: number;
    dueAt: Instant;
    clause: string;
    /** Names of the people whose it was to do; journals older than this do not say. */
    owedBy?: string[];
    /** Names of the people who were told. */
    told: string[];
    again: ClockMoment | null;
  };
  /** `short` is what goes by ways with little room. */
  noticeIssued: { notice: string; to: Recipient; text: Text; clause: string; short?: Text };
  /** The sections as shown travel in `personal`. */
  documentIssued: { form: string; number: string; title: Text; digest: string; clause: string };
  documentSigned: {
    form: string;
    digest: string;
    signer: string;
    method: string;
    attachment: string | null;
    witness: string | null;
    clause: string;
  };
  signatureVoided: { form: string; digest: string; reason: Text };
  roundStarted: { round: number; step: string; clause: string };
  caseOpened: { caseId: string; procedure: string; matter: string; channel: string; relation: string; values: Values };
  linkedCaseEnded: { caseId: string; relation: string; outcome: string; failed?: true };
  /** From here on the case follows another version of its pack. */
  caseMoved: { from: string; to: string; reason: string; clocks: MovedClock[]; clause: string };
  /** The case is about the same thing as an earlier one; it keeps its own number, person and answer. */
  caseJoined: { caseId: string; number: string; procedure: string; reason: string; clause: string };
  caseSplit: { caseId: string; number: string; procedure: string; reason: string; clause: string };
  /** The other side of the same: another case was joined to this one, or split off again. */
  memberJoined: { caseId: string; number: string; procedure: string };
  memberSplit: { caseId: string; number: string; procedure: string };
  incidentLinked: { incidentId: string; title: Text; clause: string };
  /** A telephone call that this case came of or that was about it. `by`: who answered; rings null: nobody counted. */
  callKept: {
    callId: string;
    by: string | null;
    beganAt: Instant;
    answeredAt: Instant | null;
    endedAt: Instant;
    rings: number | null;
  };
  caseClosed: { outcome: string; clause: string };
  caseArchived: { dossier: { name: Text; digest: string }[]; clause: string };
  noteAdded: { text: string; correctionOf: number | null; visible: boolean; files?: string[] };
}

export type EventType = keyof CaseEvents;

/** One fact with its kind, moment, doer and, apart, whatever in it is personal and may one day have to be erased. */
export type CaseEvent = {
  [T in EventType]: { type: T; at: Instant; actor: ActorRef; data: CaseEvents[T]; personal?: Values };
}[EventType];
