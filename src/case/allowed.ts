import type { Refusal } from '#kernel/refusal.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { unmetNeed } from './carry-out.ts';
import type { AllowedCommand, Context } from './context.ts';
import { declinable, isOffered } from './dispatch/orders.ts';
import type { Draft } from './draft.ts';
import type { Value } from './event.ts';
import { CHANGES_NOTHING } from './for-nothing.ts';
import { needsNoEntry } from './guard.ts';
import { isAsked } from './hand-over.ts';
import { inWhoseName } from './in-whose-name.ts';
import { isMain } from './its-turn.ts';
import { noPlace } from './move/fit.ts';
import { moveFault, previewMove } from './move/move.ts';
import { describeRoles, recused } from './roles.ts';
import type { CaseState } from './state.ts';
import { blocked, take } from './take.ts';

/** Every act of the procedure with whether this person can do it now and, if not, what stands in the way. */
export function allowedCommands(state: CaseState, ctx: Context): AllowedCommand[] {
  const procedure = ctx.pack.procedures[state.procedure];
  if (!procedure) throw new Error(`Pack ${ctx.pack.pack} has no procedure ${state.procedure}`);
  const draft: Draft = { state, events: [], ctx };
  const steps = Object.entries(procedure.steps)
    .filter(([, spec]) => !spec.by.every((role) => isSystem(role, ctx)))
    .map(([name, spec]) => {
      const faults = blocked(name, spec, procedure, state, ctx);
      const unmet =
        faults.length > 0
          ? undefined
          : unmetNeed(
              draft,
              { step: name, spec, procedure, values: {} },
              (need) => needsNoEntry(need.that) && (!need.when || needsNoEntry(need.when)),
            );
      const idle = faults.length > 0 || unmet ? undefined : idleAct(name, spec, state, ctx);
      const why = [...faults, ...(unmet ? [unmet] : []), ...(idle ? [idle] : [])];
      const able = inWhoseName(spec.by, ctx.actor, state, ctx);
      return {
        command: 'take' as const,
        step: name,
        title: spec.title,
        clause: spec.clause,
        main: isMain(spec, state, ctx),
        allowed: why.length === 0,
        mine: able !== undefined,
        ...(able?.standsInFor ? { standsInFor: able.standsInFor } : {}),
        why: why.map(shorten),
        preset: preset(spec, state),
      };
    });
  return [...steps, ...always(state, procedure, ctx)];
}

/** The refusal of an act that has nothing to enter, leaves the case where it is and would change nothing. */
function idleAct(name: string, spec: StepSpec, state: CaseState, ctx: Context): Refusal | undefined {
  if (spec.to !== undefined || Object.keys(spec.fields).length > 0) return undefined;
  const refused = take({ state, events: [], ctx }, { type: 'take', step: name, values: {} });
  return refused?.code === CHANGES_NOTHING ? refused : undefined;
}

function isSystem(role: string, ctx: Context): boolean {
  const spec = ctx.pack.roles[role];
  return spec !== undefined && 'party' in spec && spec.party === 'system';
}

const shorten = ({ code, message, who }: Refusal): AllowedCommand['why'][number] => ({
  code,
  message,
  ...(who ? { who } : {}),
});

/** What the case already says about fields that the step may correct. */
function preset(spec: StepSpec, state: CaseState): { [field: string]: Value } {
  const values: { [field: string]: Value } = {};
  for (const [field, source] of Object.entries(spec.sets)) {
    const value = state.values[field];
    if (value !== undefined && value !== null) values[source] = value;
  }
  for (const item of spec.assigns) {
    const holder = state.duties[item.duty];
    if (item.from !== 'actor' && holder) values[item.from] = holder.id;
  }
  return values;
}

/** Acts that every procedure has. */
function always(state: CaseState, procedure: ProcedureSpec, ctx: Context): AllowedCommand[] {
  const common = { step: null, clause: procedure.clause, main: false, preset: {} };
  const list: AllowedCommand[] = [];
  const concerned = ctx.actor.personId !== null && recused(state, ctx.pack).includes(ctx.actor.personId);
  if (ctx.actor.kind === 'staff' && procedure.reassignedBy.length > 0) {
    const able = inWhoseName(procedure.reassignedBy, ctx.actor, state, ctx);
    const mine = able !== undefined;
    const ended = procedure.states[state.state]?.end === true;
    const who = describeRoles(procedure.reassignedBy, state, ctx);
    const why: AllowedCommand['why'] = [];
    if (!mine)
      why.push({
        code: 'role.notYours',
        message: { zh: `改派由${who.zh}办理`, en: `Duties are reassigned by: ${who.en}` },
        who,
      });
    if (ended) why.push({ code: 'case.archived', message: { zh: '已归档，不再改派', en: 'The case has ended' } });
    list.push({
      ...common,
      command: 'reassign',
      title: { zh: '改派', en: 'Reassign' },
      allowed: why.length === 0,
      mine,
      ...(able?.standsInFor ? { standsInFor: able.standsInFor } : {}),
      why,
    });
  }
  if (isOffered(state, ctx.actor.personId))
    list.push({
      ...common,
      command: 'grab',
      title: { zh: '抢单', en: 'Take it' },
      main: true,
      allowed: true,
      mine: true,
      why: [],
    });
  const asked = isAsked(state, ctx.actor.personId);
  if (asked)
    list.push({
      ...common,
      command: 'accept',
      title: { zh: '接手', en: 'Take over' },
      main: true,
      allowed: true,
      mine: true,
      why: [],
    });
  if (asked || declinable({ state, ctx }))
    list.push({
      ...common,
      command: 'decline',
      title: { zh: '婉拒', en: 'Say no' },
      allowed: true,
      mine: true,
      why: [],
    });
  const fit = previewMove(state, ctx);
  if (fit && ctx.actor.kind === 'staff') {
    const denied = moveFault(state, ctx);
    const refused = noPlace(fit, procedure.clause);
    const why = [denied, refused, ...(refused?.also ?? [])].flatMap((fault) => (fault ? [shorten(fault)] : []));
    const title = { zh: `改用新版制度 ${ctx.target?.pack.version}`, en: `Move to version ${ctx.target?.pack.version}` };
    list.push({ ...common, command: 'move', title, allowed: why.length === 0, mine: denied === undefined, why });
  }
  const barred: AllowedCommand['why'] = concerned
    ? [{ code: 'role.recused', message: { zh: '您是本件的被投诉人，须回避', en: 'The case complains of you' } }]
    : [];
  list.push({
    ...common,
    command: 'annotate',
    title: { zh: '加附注', en: 'Add a note' },
    allowed: !concerned,
    mine: !concerned,
    why: barred,
  });
  return list;
}
