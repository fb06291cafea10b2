import type { Refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { voidOutdatedSignatures } from './abilities/papers.ts';
import { annotate } from './annotate.ts';
import { away } from './away.ts';
import { call } from './call.ts';
import type { Command, Context } from './context.ts';
import { decline, dispatch, grab, settle } from './dispatch/orders.ts';
import type { Draft } from './draft.ts';
import type { CaseEvent } from './event.ts';
import { accept as takeOver } from './hand-over.ts';
import { inWhoseName, rolesFor } from './in-whose-name.ts';
import { incident, inform, join, member, split, tie } from './joining.ts';
import { lawBroken } from './laws.ts';
import { linkedEnd } from './linked-end.ts';
import { move } from './move/move.ts';
import { reassign } from './reassign.ts';
import { register } from './register.ts';
import { handOn } from './shift-offer.ts';
import { letClocksSpeak } from './speak.ts';
import type { CaseState } from './state.ts';
import { take } from './take.ts';
import { undelivered } from './undelivered.ts';

type Handlers = {
  [T in Exclude<Command['type'], 'register'>]: (
    draft: Draft,
    command: Extract<Command, { type: T }>,
  ) => Refusal | undefined;
};

const handlers: Handlers = {
  take,
  reassign,
  dispatch,
  grab,
  decline,
  accept: takeOver,
  handOn,
  annotate,
  linkedEnd,
  move,
  join,
  split,
  member,
  inform,
  incident,
  away,
  undelivered,
  call,
  tick: () => undefined,
};

/**
 * What follows from an order given on a case: the facts that come about, or why it cannot be done. Clocks whose moment
 * has come speak first, so a breach is on record before anything that happens after it.
 * @param caseId id of the case to be; only read for `register`.
 */
export function decide(
  state: CaseState | null,
  command: Command,
  ctx: Context,
  caseId = ctx.newId(),
): Result<CaseEvent[]> {
  if (command.type === 'register') {
    const draft = register(command, ctx, caseId);
    if ('code' in draft) return refuse(draft);
    tie(draft, command);
    letClocksSpeak(draft);
    return lawful(draft);
  }
  if (state === null) throw new Error(`${command.type} needs a case`);
  const draft: Draft = { state, events: [], ctx };
  letClocksSpeak(draft);
  // The table pairs every type with its own handler; the index forgets the pairing.
  const handler = handlers[command.type] as (draft: Draft, command: Command) => Refusal | undefined;
  const actor = inWhoseName(rolesFor(command, draft.state, ctx), ctx.actor, draft.state, ctx) ?? ctx.actor;
  const acting: Draft = actor === ctx.actor ? draft : { ...draft, ctx: { ...ctx, actor } };
  const refused = handler(acting, command);
  if (refused) return refuse(refused);
  settle(acting);
  if (acting.events.length > 0) voidOutdatedSignatures(acting, state);
  return lawful(acting);
}

function lawful(draft: Draft): Result<CaseEvent[]> {
  const procedure = draft.ctx.pack.procedures[draft.state.procedure];
  const broken = procedure && draft.events.length > 0 ? lawBroken(draft.state, procedure) : undefined;
  return broken ? refuse(broken) : accept(draft.events);
}
