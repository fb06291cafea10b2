import { type Refusal, refusal } from '#kernel/refusal.ts';
import type {
  IncidentCommand,
  InformCommand,
  JoinCommand,
  MemberCommand,
  RegisterCommand,
  SplitCommand,
} from './context.ts';
import { clauseOfProcedure, type Draft, emit } from './draft.ts';
import { INCIDENT, LEAD, MEMBER } from './relations.ts';
import { recused } from './roles.ts';
import type { CaseState } from './state.ts';

/** The case this one was joined to; undefined when it stands alone. */
export const leadOf = (state: CaseState): CaseState['links'][number] | undefined =>
  state.links.find(({ relation }) => relation === LEAD);
/** The cases that were joined to this one. */
export const membersOf = (state: CaseState): CaseState['links'] =>
  state.links.filter(({ relation }) => relation === MEMBER);

/** Ties a case that has just begun to the earlier one about the same thing, or to a known outage. */
export function tie(draft: Draft, { joins, incident }: RegisterCommand): void {
  const clause = clauseOfProcedure(draft);
  if (joins) emit(draft, 'caseJoined', { ...joins, reason: '', clause });
  if (incident) emit(draft, 'incidentLinked', { ...incident, clause });
}

/** Joins the case to an earlier one about the same thing: it keeps its number, its person, its promises and its answer. */
export function join(draft: Draft, { lead, reason }: JoinCommand): Refusal | undefined {
  const fault = staffFault(draft);
  if (fault) return fault;
  if (lead.caseId === draft.state.id)
    return refusal('join.itself', { zh: '不能并入自己', en: 'A case cannot be joined to itself' });
  const present = leadOf(draft.state);
  if (present)
    return refusal('join.already', {
      zh: `已并入 ${present.reference}，请先拆分`,
      en: `It is joined to ${present.reference}; split it first`,
    });
  if (membersOf(draft.state).length > 0)
    return refusal('join.isLead', {
      zh: '已有别的案件并入本件，请反过来并',
      en: 'Other cases are joined to this one; join the other way round',
    });
  emit(draft, 'caseJoined', { ...lead, reason: reason.trim(), clause: clauseOfProcedure(draft) });
  return undefined;
}

/** Takes the case out again: both go their own way, and both journals say so. */
export function split(draft: Draft, { reason }: SplitCommand): Refusal | undefined {
  const fault = staffFault(draft);
  if (fault) return fault;
  const present = leadOf(draft.state);
  if (!present?.caseId)
    return refusal('split.alone', { zh: '本件没有并入别的案件', en: 'It is not joined to another case' });
  if (reason.trim() === '')
    return refusal('split.withoutReason', { zh: '请写明拆分原因', en: 'Say why it is split' }, { field: 'reason' });
  const { caseId, reference: number, procedure } = present;
  emit(draft, 'caseSplit', { caseId, number, procedure, reason: reason.trim(), clause: clauseOfProcedure(draft) });
  return undefined;
}

/** Writes down at the earlier case, once, that another was joined to it or split off. Only the system says so. */
export function member(draft: Draft, { caseId, number, procedure, joined }: MemberCommand): Refusal | undefined {
  if (membersOf(draft.state).some((link) => link.caseId === caseId) === joined) return undefined;
  emit(draft, joined ? 'memberJoined' : 'memberSplit', { caseId, number, procedure });
  return undefined;
}

/** Tells the person who asked something in so many words, apart from the steps: an answer to many, news of an outage. */
export function inform(draft: Draft, { notice, text }: InformCommand): Refusal | undefined {
  if (text.zh.trim() === '')
    return refusal('inform.empty', { zh: '请写答复内容', en: 'Write the answer' }, { field: 'text' });
  const { contactName } = draft.state.values;
  const to = {
    kind: 'owner' as const,
    personId: null,
    name: typeof contactName === 'string' ? contactName : '',
    role: 'owner',
  };
  emit(draft, 'noticeIssued', { notice, to, text, clause: clauseOfProcedure(draft) });
  return undefined;
}

/** Ties a running case to a known outage, whose end is then told to its person too. */
export function incident(draft: Draft, { incidentId, title }: IncidentCommand): Refusal | undefined {
  const fault = staffFault(draft);
  if (fault) return fault;
  if (draft.state.links.some((link) => link.relation === INCIDENT && link.reference === title.zh)) return undefined;
  emit(draft, 'incidentLinked', { incidentId, title, clause: clauseOfProcedure(draft) });
  return undefined;
}

function staffFault({ state, ctx }: Draft): Refusal | undefined {
  const { actor, pack } = ctx;
  if (actor.kind === 'system') return undefined;
  if (actor.kind !== 'staff')
    return refusal('role.notYours', { zh: '并案由工作人员办理', en: 'Cases are joined by the staff' });
  if (actor.personId !== null && recused(state, pack).includes(actor.personId))
    return refusal('role.recused', { zh: '您是本件的被投诉人，须回避', en: 'The case complains of you' });
  if (state.archivedAt !== null)
    return refusal('case.archived', { zh: '已归档，不再并案或拆分', en: 'The case is archived' });
  return undefined;
}
