import type { Calendar } from '#clock/calendar.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ActorRef, CaseEvent, CaseEvents, DispatchCandidate, Duty, Value, Values, Via } from './event.ts';

/** A member of staff as the engine needs to know him. */
export interface Person {
  id: string;
  name: string;
  unitId: string | null;
  /** Post codes held now, e.g. propertyManager. */
  posts: readonly string[];
  active: boolean;
}

/** Somebody another person stands in for now: in all his posts and duties, or (`posts`) in some posts only. */
export interface Principal {
  person: Person;
  posts: readonly string[] | null;
}

/** What the organisation looks like at the moment of the decision. Pure look-ups over a snapshot. */
export interface Directory {
  person(id: string): Person | undefined;
  /** Active holders of a post, in a fixed order. */
  holders(post: string): readonly Person[];
  superior(personId: string): Person | undefined;
  unit(code: string): { id: string; code: string; name: string } | undefined;
  members(unitCode: string): readonly Person[];
  /** Holders of a post in whose territory the place lies, by the narrowest territory; empty when it lies in nobody's. */
  near(post: string, premisesId: string): readonly Person[];
  /** Names of the estates in which a pack does apply, when the place lies in none of them; null where it applies. */
  outOfScope(pack: string, premisesId: string): readonly string[] | null;
  /** Whom somebody stands in for now. */
  standsInFor(personId: string): readonly Principal[];
  /**
   * Up to what sum (in fen, null: any) somebody with these posts decides something of a kind: his own limit before those
   * of his posts. Undefined: the company has set no limit for this kind at all; 0: for others, but not for him.
   */
  authority(person: Pick<Person, 'id' | 'posts'>, decision: string): { upToFen: number | null } | undefined;
}

/** Who acts. `system` is the clockwork; `owner` is the person who asked, whatever his name. */
export interface Actor extends ActorRef {
  posts: readonly string[];
}

/** Everything a decision may look at besides the case itself. Nothing in it changes while deciding. */
export interface Context {
  now: Instant;
  actor: Actor;
  pack: CompiledPack;
  calendar: Calendar;
  directory: Directory;
  /** SHA-256 in lower-case hexadecimal over UTF-8. */
  digest(text: string): string;
  /** A fresh id for a case that is opened along the way. */
  newId(): string;
  /** Only where a case may be moved to another version. */
  target?: MoveTarget | undefined;
}

/** The version a case may be moved to, with the case's own past. */
export interface MoveTarget {
  pack: CompiledPack;
  calendar: Calendar;
  journal: readonly CaseEvent[];
  /** Posts that answer for the procedures: their holders move cases. */
  movers: readonly string[];
}

/** Begins a case. `number` was drawn for it beforehand. */
export interface RegisterCommand {
  type: 'register';
  number: string;
  procedure?: string;
  matter: string;
  channel: string;
  /** The way it truly came by, where the pack has no channel of its own for it. */
  via?: Via;
  /** When the matter reached the company; the moment of registering when absent. */
  receivedAt?: Instant;
  values: Values;
  origin?: { relation: string; caseId: string | null; reference: string };
  /** An earlier case about the same thing. */
  joins?: { caseId: string; number: string; procedure: string };
  /** A known outage that it belongs to. */
  incident?: { incidentId: string; title: { zh: string; en: string } };
}

/** Joins the case to an earlier one about the same thing. */
export interface JoinCommand {
  type: 'join';
  lead: { caseId: string; number: string; procedure: string };
  reason: string;
}

/** Takes it out again. */
export interface SplitCommand {
  type: 'split';
  reason: string;
}

/** Another case was joined to this one or split off. Only the system says so. */
export interface MemberCommand {
  type: 'member';
  caseId: string;
  number: string;
  procedure: string;
  joined: boolean;
}

/** Says something to the person who asked, apart from the steps. */
export interface InformCommand {
  type: 'inform';
  notice: string;
  text: { zh: string; en: string };
}

/** A message reached whom it was for by no way at all. Only the system says so. */
export interface UndeliveredCommand {
  type: 'undelivered';
  /** The member of staff it was for; null when it was for the person who asked. */
  to: string | null;
  /** What it said. */
  title: { zh: string; en: string };
  /** Why it did not arrive. */
  why: string;
}

/** The case belongs to a known outage. */
export interface IncidentCommand {
  type: 'incident';
  incidentId: string;
  title: { zh: string; en: string };
}

/** A telephone call about the case has ended. Only the system says so. */
export interface CallCommand {
  type: 'call';
  call: CaseEvents['callKept'];
}

/** Does one step of the procedure. */
export interface TakeCommand {
  type: 'take';
  step: string;
  values: Values;
}

/** Passes a duty to another person, with a reason. */
export interface ReassignCommand {
  type: 'reassign';
  duty: Duty;
  personId: string;
  reason: string;
}

/** Somebody is found, or nobody, by a policy of the pack. Only the system says so. `more`: looked at besides. */
export interface DispatchCommand {
  type: 'dispatch';
  policy: string;
  candidates: readonly DispatchCandidate[];
  more: number;
  /** The department of the first who fits. */
  unit?: string | undefined;
}

/** Takes a case that is on offer. `load`: open cases the actor has, `unit`: his department; both are looked up for him. */
export interface GrabCommand {
  type: 'grab';
  load: number;
  unit?: string | undefined;
}

/** Whoever goes off duty offers what he holds of the case to the one who comes on duty. */
export interface HandOnCommand {
  type: 'handOn';
  /** Id of the list it stands on. */
  list: string;
  personId: string;
  /** Until when the next one should accept. */
  until: Instant;
  remark: string;
}

/** Accepts the duties that somebody wants to pass on. */
export interface AcceptCommand {
  type: 'accept';
}

/** Says no to a case that one was given or offered. */
export interface DeclineCommand {
  type: 'decline';
  reason: string;
}

/** Adds a note; the only thing that can still be done to an archived case. */
export interface AnnotateCommand {
  type: 'annotate';
  text: string;
  /** Sequence number of the entry that the note puts right. */
  correctionOf?: number;
  visible?: boolean;
  /** Ids of uploads that belong to the note. */
  files?: string[];
}

/** Whoever holds a duty went on leave and nobody stands in for him. Only the system says so. */
export interface AwayCommand {
  type: 'away';
  personId: string;
  until: Instant;
}

/** A case that was opened from this one has ended. Only the system says so. */
export interface LinkedEndCommand {
  type: 'linkedEnd';
  caseId: string;
  outcome: string;
  /** It ended where its matter came to nothing. */
  failed?: boolean;
}

/** Lets a running case follow another version of its pack. */
export interface MoveCommand {
  type: 'move';
  /** The version it is to follow. */
  version: string;
  reason: string;
}

/** Lets every clock speak whose moment has come. */
export interface TickCommand {
  type: 'tick';
}

export type Command =
  | RegisterCommand
  | TakeCommand
  | ReassignCommand
  | DispatchCommand
  | GrabCommand
  | DeclineCommand
  | AcceptCommand
  | HandOnCommand
  | AnnotateCommand
  | LinkedEndCommand
  | MoveCommand
  | JoinCommand
  | SplitCommand
  | MemberCommand
  | InformCommand
  | IncidentCommand
  | AwayCommand
  | UndeliveredCommand
  | CallCommand
  | TickCommand;

/** One act that exists in the procedure, whether it can be done now, and if not, why and by whom it can be helped. */
export interface AllowedCommand {
  command: Exclude<
    Command['type'],
    | 'tick'
    | 'linkedEnd'
    | 'join'
    | 'split'
    | 'member'
    | 'inform'
    | 'incident'
    | 'call'
    | 'away'
    | 'undelivered'
    | 'dispatch'
    | 'handOn'
  >;
  step: string | null;
  title: { zh: string; en: string };
  clause: string;
  main: boolean;
  allowed: boolean;
  /** Whether the actor's role could ever do it on this case: what to show greyed out, and what to leave out. */
  mine: boolean;
  /** In whose name the actor would do it. */
  standsInFor?: { id: string; name: string };
  why: { code: string; message: { zh: string; en: string }; who?: { zh: string; en: string } }[];
  /** Values to begin the form with, e.g. what the case already says. */
  preset: { [field: string]: Value };
}
