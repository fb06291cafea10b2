import { refusal } from '#kernel/refusal.ts';
import type { Context } from '../context.ts';
import { type Draft, emit } from '../draft.ts';
import type { Duty } from '../event.ts';
import { holdersOf, recused, refOf } from '../roles.ts';
import type { Ability } from './ability.ts';

const dutyNames: Record<Duty, { zh: string; en: string }> = {
  firstReceiver: { zh: '首接人', en: 'first receiver' },
  assignee: { zh: '责任人', en: 'assignee' },
  caseOfficer: { zh: '跟进人', en: 'case officer' },
  followUpVisitor: { zh: '回访人', en: 'follow-up visitor' },
};

/** Why somebody cannot have a duty; undefined when he can. */
export function dutyFault(draft: Draft, duty: Duty, personId: string, clause: string): ReturnType<Ability> {
  const { ctx, state } = draft;
  const name = dutyNames[duty];
  const person = ctx.directory.person(personId);
  if (!person?.active)
    return refusal(
      'assign.notActive',
      {
        zh: `${name.zh}必须是在岗人员，请另选`,
        en: `The ${name.en} must be an active member of staff; choose another`,
      },
      { field: duty, clause },
    );
  if (recused(state, ctx.pack).includes(personId))
    return refusal(
      'assign.recused',
      {
        zh: `${person.name}是被投诉人，须回避，不能担任${name.zh}`,
        en: `${person.name} is complained of and must not be the ${name.en}`,
      },
      { field: duty, clause, who: others(draft, duty, ctx) },
    );
  return undefined;
}

/** Gives a duty to one named, active person who is not himself concerned. A change of hands needs a reason. */
export function giveDuty(
  draft: Draft,
  duty: Duty,
  personId: string,
  reason: string,
  clause: string,
): ReturnType<Ability> {
  const fault = dutyFault(draft, duty, personId, clause);
  if (fault) return fault;
  const { ctx, state } = draft;
  const person = ctx.directory.person(personId);
  if (!person) return undefined;
  const previous = state.duties[duty];
  if (previous?.id === personId) return undefined;
  if (previous && reason.trim() === '')
    return refusal(
      'assign.withoutReason',
      {
        zh: `由${previous.name}改派给${person.name}，请写明理由`,
        en: `Say why it passes from ${previous.name} to ${person.name}`,
      },
      { field: 'reason', clause },
    );
  emit(draft, 'dutyAssigned', { duty, person: refOf(person), previous, reason, clause });
  return undefined;
}

function others(draft: Draft, duty: Duty, ctx: Context): { zh: string; en: string } {
  const role = Object.entries(ctx.pack.roles).find(([, spec]) => 'superiorOf' in spec && spec.superiorOf === duty)?.[0];
  const names = role
    ? holdersOf(role, draft.state, ctx)
        .slice(0, 3)
        .map((person) => person.name)
    : [];
  return { zh: names.join('、'), en: names.join(', ') };
}

/** Puts named people in charge. */
export const assigns: Ability = (draft, { spec, values, procedure, step }) => {
  for (const item of spec.assigns) {
    if (item.ifVacant && draft.state.duties[item.duty]) continue;
    const chosen = item.from.startsWith('role:')
      ? byRole(draft, item.from.slice(5))
      : item.from === 'actor'
        ? draft.ctx.actor.personId
        : values[item.from];
    if (chosen === undefined && item.from.startsWith('role:')) return nobody(draft, item.from.slice(5), spec.clause);
    if (typeof chosen !== 'string') continue;
    const role =
      item.from === 'actor' || item.from.startsWith('role:') ? undefined : roleOfField(procedure, step, item.from);
    const allowed = role === undefined ? undefined : holdersOf(role, draft.state, draft.ctx);
    if (
      role !== undefined &&
      allowed &&
      !recused(draft.state, draft.ctx.pack).includes(chosen) &&
      !allowed.some((person) => person.id === chosen)
    ) {
      const title = draft.ctx.pack.roles[role]?.title ?? { zh: role, en: role };
      return refusal(
        'assign.notHolder',
        { zh: `所选人员不是${title.zh}，请从名单中选`, en: `That person is not ${title.en}; choose from the list` },
        { field: item.from, clause: spec.clause },
      );
    }
    const reason = item.reason === undefined ? '' : String(values[item.reason] ?? '');
    const refused = giveDuty(draft, item.duty, chosen, reason, spec.clause);
    if (refused)
      return {
        ...refused,
        ...(item.from === 'actor'
          ? {}
          : { field: refused.field === 'reason' ? (item.reason ?? item.from) : item.from }),
      };
  }
  return undefined;
};

/** Spreads cases evenly over the holders of a role: the same case always falls to the same person. */
function byRole(draft: Draft, role: string): string | undefined {
  const holders = holdersOf(role, draft.state, draft.ctx);
  if (holders.length < 2) return holders[0]?.id;
  return holders[Number.parseInt(draft.ctx.digest(draft.state.id).slice(0, 8), 16) % holders.length]?.id;
}

function nobody(draft: Draft, role: string, clause: string): ReturnType<Ability> {
  const title = draft.ctx.pack.roles[role]?.title ?? { zh: role, en: role };
  return refusal(
    'assign.nobody',
    {
      zh: `目前没有人担任${title.zh}，请管理员先在人员里任命`,
      en: `Nobody holds the role ${title.en}; the administrator must appoint somebody first`,
    },
    { clause },
  );
}

function roleOfField(procedure: Parameters<Ability>[1]['procedure'], step: string, field: string): string | undefined {
  const fields = step === 'intake' ? procedure.intake.fields : procedure.steps[step]?.fields;
  const role = fields?.[field]?.role;
  return typeof role === 'string' ? role : undefined;
}
