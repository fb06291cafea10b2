import type { Actor, Command, RegisterCommand } from '#case/context.ts';
import type { CaseEvent } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import { digestText } from '#journal/chain.ts';

/** An event with its place in the case's journal. */
export type NumberedEvent = CaseEvent & { seq: number };

interface Common {
  tenant: string;
  actor: Actor;
  /** The same key gives the same answer, however often it is sent. */
  idempotencyKey?: string | undefined;
}

/** Begins a case under the current version of a pack. */
export interface RegisterRequest extends Common {
  pack: string;
  command: Omit<RegisterCommand, 'number'>;
  /** Only for requests that must have a known id, such as linked cases. */
  caseId?: string;
}

/** Gives an order on an existing case. */
export interface CommandRequest extends Common {
  caseId: string;
  command: Exclude<Command, { type: 'register' }>;
  /** The sequence number the requester last saw; refused when the case has moved on. */
  ifMatch?: number | undefined;
}

export type Request = RegisterRequest | CommandRequest;

export const isRegister = (request: Request): request is RegisterRequest => request.command.type === 'register';

/** What became of a request. */
export interface Handled {
  caseId: string;
  number: string;
  /** Entries `fromSeq`+1 … `seq` are the answer to this request. */
  fromSeq: number;
  seq: number;
  state: CaseState;
  events: NumberedEvent[];
  /** True when this is the first answer to an earlier request with the same key. */
  repeated: boolean;
}

/** What a key stands for: the same key with another request is a mistake of the sender. */
export function requestDigest(request: Request): string {
  const { command, actor } = request;
  const target = isRegister(request) ? request.pack : request.caseId;
  return digestText(canonical([target, command, actor.kind, actor.personId]));
}

/** JSON with sorted keys, so that the order in which a client writes them does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
