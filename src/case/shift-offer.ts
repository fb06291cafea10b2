import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { dutyFault } from './abilities/assigns.ts';
import { superiorBut } from './away.ts';
import type { HandOnCommand, Person } from './context.ts';
import { clauseOfProcedure, type Draft, emit, emitByClock } from './draft.ts';
import { type CaseEvents, type Duty, duties, type PersonRef } from './event.ts';
import { recused, refOf } from './roles.ts';
import type { CaseState, DutyOffer } from './state.ts';

/** What of a case somebody passes on when he goes off duty. Who first received it stays on record, unless nobody else answers for it. */
export function dutiesAtShiftEnd({ duties: held }: CaseState, personId: string | null): Duty[] {
  const mine = duties.filter((duty) => personId !== null && held[duty]?.id === personId);
  const alone = !held.assignee && !held.caseOfficer;
  return mine.filter((duty) => duty !== 'firstReceiver' || alone);
}

/**
 * At the end of a shift whoever holds duties offers them to the one who comes on duty; until that one accepts, they stay.
 * Everybody may do so with his own. Refuses with handOver.nothingHeld, case.archived, assign.notActive, assign.recused.
 */
export function handOn(draft: Draft, { list, personId, until, remark }: HandOnCommand): Refusal | undefined {
  const { state, ctx } = draft;
  const clause = clauseOfProcedure(draft);
  if (state.archivedAt !== null || ctx.pack.procedures[state.procedure]?.states[state.state]?.end)
    return refusal('case.archived', { zh: '已归档，不再交接', en: 'The case has ended' }, { clause });
  const mine = dutiesAtShiftEnd(state, ctx.actor.personId);
  if (mine.length === 0)
    return refusal('handOver.nothingHeld', { zh: '本件已不在您名下', en: 'Nothing of the case is yours any more' });
  for (const duty of mine) {
    const fault = dutyFault(draft, duty, personId, clause);
    if (fault) return { ...fault, field: 'to' };
  }
  const person = ctx.directory.person(personId);
  if (!person) return undefined;
  const reason = remark.trim() === '' ? '交接班' : `交接班：${remark.trim()}`;
  for (const duty of mine) {
    const previous = state.duties[duty];
    const before = draft.state.offers?.[duty];
    if (!previous) continue;
    if (before) emit(draft, 'dutyOfferEnded', { duty, person: before.person, said: 'replaced', reason, clause });
    emit(draft, 'dutyOffered', { duty, person: refOf(person), previous, reason, clause, shift: { list, until } });
  }
  return undefined;
}

/** Nobody has accepted in time: a fact of the case. Whoever leads the crew is told of the whole list at once, not here. */
export function speakOfShift(draft: Draft, { offer, at }: { offer: DutyOffer; at: Instant }): void {
  const { state } = draft;
  const list = offer.shift?.list ?? '';
  const late = duties.filter((duty) => state.offers?.[duty]?.shift?.list === list);
  const holder = late.map((duty) => state.duties[duty]).find((one) => one !== null) ?? null;
  const above = holder && leadOf(draft, holder);
  const { person, clause } = offer;
  emitByClock(draft, 'dutyOfferLate', { duties: late, person, until: at, told: above?.name ?? null, clause }, at);
}

/** He objects to a line of the list: whoever keeps it hears why, and so does the lead of the crew. */
export function tellOfObjection(draft: Draft, holder: PersonRef, by: PersonRef, reason: string): void {
  const { number } = draft.state;
  const text = {
    zh: `${by.name} 对交接班的 ${number} 有异议，不接手：${reason}。仍由 ${holder.name} 负责`,
    en: `${by.name} objects to taking over ${number}: ${reason}. It stays with ${holder.name}`,
  };
  const above = leadOf(draft, holder);
  for (const one of above && above.id !== holder.id ? [holder, above] : [holder])
    notify(draft, 'shiftObjection', one, text);
}

const leadOf = ({ state, ctx }: Draft, holder: PersonRef): Person | undefined =>
  superiorBut(recused(state, ctx.pack), holder.id, ctx.directory);

function notify(
  draft: Draft,
  notice: string,
  { id, name }: Pick<PersonRef, 'id' | 'name'>,
  text: CaseEvents['noticeIssued']['text'],
): void {
  const to = { kind: 'person', personId: id, name, role: '' } as const;
  emit(draft, 'noticeIssued', { notice, to, text, clause: clauseOfProcedure(draft) });
}
