import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { dutyFault, giveDuty } from './abilities/assigns.ts';
import { notifies } from './abilities/notifies.ts';
import { startClock, stopClock } from './clock-run.ts';
import type { AcceptCommand } from './context.ts';
import { type Draft, emit } from './draft.ts';
import { type Duty, duties, type PersonRef } from './event.ts';
import { refOf } from './roles.ts';
import { tellOfObjection } from './shift-offer.ts';
import type { CaseState } from './state.ts';

const procedureOf = ({ state, ctx }: Pick<Draft, 'state' | 'ctx'>): ProcedureSpec | undefined =>
  ctx.pack.procedures[state.procedure];

/** Duties on the case that wait for this person to accept them. */
export function offeredTo(state: CaseState, personId: string | null): Duty[] {
  return duties.filter((duty) => personId !== null && state.offers?.[duty]?.person.id === personId);
}

/** Whom a duty is offered to, and until when he is to accept it (null: no limit is set); undefined where it waits for nobody. */
export function waitsFor(
  { procedure, offers, clocks }: CaseState,
  duty: Duty,
  pack: Pick<CompiledPack, 'procedures'>,
): { person: PersonRef; until: Instant | null } | undefined {
  const offer = offers?.[duty];
  if (!offer) return undefined;
  const clock = pack.procedures[procedure]?.handOver?.clock;
  const run = clocks.findLast((one) => one.clock === clock && one.status === 'running');
  return { person: offer.person, until: offer.shift?.until ?? run?.dueAt ?? null };
}

/** Passes a duty on: at once, or, where the procedure asks for the next one's acceptance, once he has accepted it. */
export function passOn(
  draft: Draft,
  duty: Duty,
  personId: string,
  reason: string,
  clause: string,
): Refusal | undefined {
  const { state, ctx } = draft;
  const rule = procedureOf(draft)?.handOver;
  const previous = state.duties[duty];
  // Nobody need accept from nobody, and whoever takes something to himself has accepted it.
  if (!rule || !previous || previous.id === personId || ctx.actor.personId === personId) {
    if (state.offers?.[duty])
      emit(draft, 'dutyOfferEnded', { duty, person: state.offers[duty].person, said: 'replaced', reason, clause });
    const refused = giveDuty(draft, duty, personId, reason, clause);
    if (!refused) stopIfNone(draft);
    return refused;
  }
  const fault = dutyFault(draft, duty, personId, clause);
  if (fault) return fault;
  const person = ctx.directory.person(personId);
  if (!person) return undefined;
  stopClock(draft, rule.clock);
  emit(draft, 'dutyOffered', { duty, person: refOf(person), previous, reason, clause });
  const spec = procedureOf(draft)?.clocks[rule.clock];
  if (spec) startClock(draft, rule.clock, spec, { state: draft.state, values: {}, pack: ctx.pack }, ctx.now);
  tell(draft, rule.notice, personId);
  return undefined;
}

/** The next one accepts what was offered to him: from now on he answers for it. */
export function accept(draft: Draft, _: AcceptCommand): Refusal | undefined {
  const { personId } = draft.ctx.actor;
  const mine = offeredTo(draft.state, personId);
  if (mine.length === 0 || personId === null) return noOffer;
  for (const duty of mine) {
    const offer = draft.state.offers?.[duty];
    const refused = offer && giveDuty(draft, duty, personId, offer.reason, offer.clause);
    if (refused) return refused;
  }
  stopIfNone(draft);
  return undefined;
}

/** He says no: it stays with the one who has it, who is told why; at the change of a shift the lead of the crew is told too. */
export function refuseOffer(draft: Draft, reason: string): Refusal | undefined {
  const { personId } = draft.ctx.actor;
  if (reason === '') return refusal('dispatch.withoutReason', withoutReason, { field: 'reason' });
  const objected = new Map<string, [PersonRef, PersonRef]>();
  for (const duty of offeredTo(draft.state, personId)) {
    const offer = draft.state.offers?.[duty];
    if (!offer) continue;
    const { person, clause, shift } = offer;
    emit(draft, 'dutyOfferEnded', { duty, person, said: 'declined', reason, clause });
    const holder = draft.state.duties[duty];
    const rule = procedureOf(draft)?.handOver;
    if (holder && shift) objected.set(shift.list, [holder, person]);
    else if (holder && rule) tell(draft, rule.declined, holder.id);
  }
  for (const [holder, person] of objected.values()) tellOfObjection(draft, holder, person, reason);
  stopIfNone(draft);
  return undefined;
}

function stopIfNone(draft: Draft): void {
  const rule = procedureOf(draft)?.handOver;
  if (rule && Object.keys(draft.state.offers ?? {}).length === 0) stopClock(draft, rule.clock);
}

function tell(draft: Draft, notice: string, personId: string): void {
  const procedure = procedureOf(draft);
  if (!procedure) return;
  const spec = { ...procedure.intake, notifies: [{ notice, to: ['values.to'] }] };
  notifies(draft, { step: '', spec, procedure, values: { to: personId } });
}

/** Who is asked to take something over, for whoever must be able to look at it. */
export const isAsked = (state: CaseState, personId: string | null): boolean => offeredTo(state, personId).length > 0;

const noOffer = refusal('handOver.notYours', {
  zh: '本件没有等您接手',
  en: 'Nothing on the case waits for you to take it over',
});
const withoutReason = { zh: '请写明不接的理由', en: 'Say why you do not take it' };
