import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { DispatchSpec } from '#policy/language/dispatch.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { giveDuty } from '../abilities/assigns.ts';
import { notifies } from '../abilities/notifies.ts';
import { startClock, stopClock } from '../clock-run.ts';
import type { DeclineCommand, DispatchCommand, GrabCommand } from '../context.ts';
import { type Draft, emit } from '../draft.ts';
import type { Duty, PersonRef, Values } from '../event.ts';
import { offeredTo, refuseOffer } from '../hand-over.ts';
import { standsIn } from '../its-turn.ts';
import type { CaseState } from '../state.ts';
import { perform } from '../take.ts';
import { wanting } from './open.ts';

interface Found {
  name: string;
  policy: DispatchSpec;
  procedure: ProcedureSpec;
  step: StepSpec;
  duty: Duty;
}

/** A policy with the step and the duty that it fills; undefined for one that is not this procedure's. */
function find({ state, ctx }: Pick<Draft, 'state' | 'ctx'>, name: string): Found | undefined {
  const policy = ctx.pack.dispatch[name];
  const procedure = ctx.pack.procedures[state.procedure];
  const step = policy?.procedure === state.procedure ? procedure?.steps[policy.step] : undefined;
  const duty = step?.assigns.find(({ from }) => from === policy?.field)?.duty;
  return policy && procedure && step && duty ? { name, policy, procedure, step, duty } : undefined;
}

/** The program found somebody, asks several, or found nobody: then the case goes to the named post with its own clock. */
export function dispatch(draft: Draft, { policy: name, candidates, unit, more }: DispatchCommand): Refusal | undefined {
  const found = find(draft, name);
  if (!found || wanting(draft.state, draft.ctx.pack)?.name !== name)
    return refusal('dispatch.notNow', { zh: '现在不需要派单', en: 'Nobody is wanted now' });
  const { policy, duty } = found;
  const previous = draft.state.duties[duty];
  const fitting = candidates.filter((one) => one.fit).map((one) => one.person);
  const grab = policy.mode === 'grab';
  const [best] = fitting;
  const said = best === undefined ? 'nobody' : grab ? 'offered' : 'given';
  const { mode, clause } = policy;
  const decided = { policy: name, duty, mode, said, offered: grab ? fitting : [], candidates, more, clause } as const;
  emit(draft, 'dispatchDecided', { ...decided, chosen: said === 'given' ? (best ?? null) : null });
  if (best === undefined) return fallBack(draft, found);
  if (grab) return offer(draft, found, fitting);
  const because = previous ? `${previous.name}婉拒，按派单规则改派` : '';
  return give(draft, found, best, unit, because);
}

/** Somebody to whom it was offered takes it: the first has it. `load`: what he has in hand now. */
export function grab(draft: Draft, { load, unit }: GrabCommand): Refusal | undefined {
  const { state, ctx } = draft;
  const run = state.dispatch;
  const found = run && find(draft, run.policy);
  const me = run?.offered.find((one) => one.id === ctx.actor.personId);
  if (!run || !found || !me)
    return refusal('dispatch.notOffered', { zh: '本件没有请您抢单', en: 'The case was not offered to you' });
  const { policy } = found;
  if (run.status !== 'offered') {
    const holder = state.duties[found.duty]?.name ?? '';
    return refusal(
      'dispatch.taken',
      { zh: `已由${holder}接走`, en: `${holder} has already taken it` },
      { clause: policy.clause, who: { zh: holder, en: holder } },
    );
  }
  if (policy.cap !== undefined && load >= policy.cap)
    return refusal(
      'dispatch.full',
      {
        zh: `您在办 ${load} 件，已到上限 ${policy.cap} 件，办结一件后再接`,
        en: `You have ${load} open cases, the most is ${policy.cap}: finish one first`,
      },
      { clause: policy.clause },
    );
  return give(draft, found, me, unit, '');
}

/** Somebody says no, with a reason: the assignee before he has taken it on, or one of those to whom it is offered. */
export function decline(draft: Draft, { reason }: DeclineCommand): Refusal | undefined {
  const why = reason.trim();
  if (offeredTo(draft.state, draft.ctx.actor.personId).length > 0) return refuseOffer(draft, why);
  const found = declinable(draft);
  if (!found)
    return refusal('dispatch.notYours', {
      zh: '本件没有等您接单，不需要婉拒',
      en: 'The case does not wait for you to take it on',
    });
  const { clause } = found.policy;
  if (why === '')
    return refusal(
      'dispatch.withoutReason',
      { zh: '请写明不接的理由', en: 'Say why you do not take it' },
      { field: 'reason', clause },
    );
  const before = draft.state.dispatch;
  const { personId, name } = draft.ctx.actor;
  const asked = [draft.state.duties[found.duty], ...(before?.offered ?? [])];
  const person = asked.find((one) => one?.id === personId) ?? { id: personId ?? '', name, unitId: null };
  const left = (before?.status === 'offered' ? before.offered : []).filter((one) => one.id !== personId);
  // Where others are still asked, they are asked on; where a clerk picks, he learns of it at once.
  const then = left.length > 0 ? 'others' : found.policy.mode === 'suggest' ? 'fallback' : 'next';
  emit(draft, 'dispatchDeclined', { policy: found.name, duty: found.duty, person, reason: why, then, clause });
  if (then === 'others') return undefined;
  // He has answered; until the next one is named the other clock runs.
  for (const clock of answerClocks(found)) stopClock(draft, clock);
  startFallback(draft, found);
  return then === 'fallback' ? alarm(draft, found) : undefined;
}

/** The policy under which the actor may say no now. */
export function declinable(draft: Pick<Draft, 'state' | 'ctx'>): Found | undefined {
  const { state, ctx } = draft;
  const { personId } = ctx.actor;
  if (personId === null || ctx.actor.kind !== 'staff') return undefined;
  for (const name of Object.keys(ctx.pack.dispatch)) {
    const found = find(draft, name);
    if (!found) continue;
    const run = state.dispatch?.policy === name ? state.dispatch : undefined;
    if (run?.status === 'offered' && run.offered.some((one) => one.id === personId)) return found;
    const accept = found.policy.accept === undefined ? undefined : found.procedure.steps[found.policy.accept];
    const said = run?.declined.some((one) => one.personId === personId) === true && run.status !== 'given';
    if (accept && !said && state.duties[found.duty]?.id === personId && standsIn(state, found.procedure, accept))
      return found;
  }
  return undefined;
}

/** Whether the case is on offer to the actor. */
export const isOffered = (state: CaseState, personId: string | null): boolean =>
  state.dispatch?.status === 'offered' && state.dispatch.offered.some((one) => one.id === personId);

/** Once somebody has it nobody need be looked for any more, and his own time to take it on begins. */
export function settle(draft: Draft): void {
  const { state, events } = draft;
  const run = state.dispatch;
  const found = run && find(draft, run.policy);
  if (!found || !events.some((event) => event.type === 'dutyAssigned' && event.data.duty === found.duty)) return;
  const { policy, procedure } = found;
  if (policy.fallback) stopClock(draft, policy.fallback.clock);
  const accept = policy.accept === undefined ? undefined : procedure.steps[policy.accept];
  if (!accept || !standsIn(state, procedure, accept)) return;
  const scope = { state: draft.state, values: {}, pack: draft.ctx.pack };
  for (const clock of answerClocks(found)) {
    const spec = procedure.clocks[clock];
    if (spec && state.clocks.some((one) => one.clock === clock)) startClock(draft, clock, spec, scope, draft.ctx.now);
  }
}

/** The clocks that run until he takes it on. */
const answerClocks = ({ policy, procedure }: Found): string[] =>
  policy.accept === undefined ? [] : (procedure.steps[policy.accept]?.stops ?? []).map(({ clock }) => clock);

function give(
  draft: Draft,
  { policy, procedure, step, duty }: Found,
  person: PersonRef,
  unit: string | undefined,
  reason: string,
): Refusal | undefined {
  if (standsIn(draft.state, procedure, step)) {
    const values: Values = { [policy.field]: person.id };
    for (const [name, field] of Object.entries(step.fields)) if (field.type === 'unit' && unit) values[name] = unit;
    return perform(draft, { step: policy.step, spec: step, procedure }, values);
  }
  const refused = giveDuty(draft, duty, person.id, reason, policy.clause);
  if (refused) return refused;
  return notifies(draft, { step: policy.step, spec: step, procedure, values: {} });
}

function offer(draft: Draft, { policy, procedure, step }: Found, fitting: readonly PersonRef[]): Refusal | undefined {
  if (policy.offers === undefined) return undefined;
  const spec = { ...step, notifies: [{ notice: policy.offers, to: ['values.offered'] }] };
  return notifies(draft, { step: policy.step, spec, procedure, values: { offered: fitting.map(({ id }) => id) } });
}

function fallBack(draft: Draft, found: Found): Refusal | undefined {
  startFallback(draft, found);
  return alarm(draft, found);
}

function startFallback(draft: Draft, { policy, procedure }: Found): void {
  const name = policy.fallback?.clock ?? '';
  const spec = procedure.clocks[name];
  if (!spec) throw new Error('The pack let a policy through that has nowhere to go');
  startClock(draft, name, spec, { state: draft.state, values: {}, pack: draft.ctx.pack }, draft.ctx.now);
}

function alarm(draft: Draft, { policy, procedure, step }: Found): Refusal | undefined {
  const { notice = '', to = [] } = policy.fallback ?? {};
  return notifies(draft, { step: policy.step, spec: { ...step, notifies: [{ notice, to }] }, procedure, values: {} });
}
