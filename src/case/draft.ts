import type { Context } from './context.ts';
import type { ActorRef, CaseEvent, CaseEvents, EventType, Values } from './event.ts';
import { evolve } from './evolve.ts';
import type { CaseState } from './state.ts';

/** A decision in the making: the case as it would be, and the facts that made it so. */
export interface Draft {
  state: CaseState;
  readonly events: CaseEvent[];
  readonly ctx: Context;
}

/** Who acted, as the journal keeps it. */
export const refOfActor = ({ kind, personId, name, standsInFor }: ActorRef): ActorRef =>
  standsInFor ? { kind, personId, name, standsInFor } : { kind, personId, name };
/** The one who acts where nobody does: time itself. */
export const clockwork: ActorRef = { kind: 'system', personId: null, name: '' };

/** The clause of the whole procedure, for acts that every procedure has. */
export const clauseOfProcedure = ({ state, ctx }: Draft): string => ctx.pack.procedures[state.procedure]?.clause ?? '';

/** Adds a fact to the draft and folds it in. */
export function emit<T extends EventType>(draft: Draft, type: T, data: CaseEvents[T], personal?: Values): void {
  add(draft, type, data, draft.ctx.now, refOfActor(draft.ctx.actor), personal);
}

/** Adds a fact that the clockwork brings about at its own moment. */
export function emitByClock<T extends EventType>(draft: Draft, type: T, data: CaseEvents[T], at: number): void {
  add(draft, type, data, at, clockwork);
}

function add<T extends EventType>(
  draft: Draft,
  type: T,
  data: CaseEvents[T],
  at: number,
  actor: ActorRef,
  personal?: Values,
): void {
  // The generic ties data to its type; the union of all events cannot express that tie.
  const event = (personal ? { type, at, actor, data, personal } : { type, at, actor, data }) as unknown as CaseEvent;
  draft.events.push(event);
  draft.state = evolve(draft.state, event, draft.state.id);
}
