import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { nearest } from '#policy/problem.ts';
import { carryOut, unmetNeed } from './carry-out.ts';
import type { Context, TakeCommand } from './context.ts';
import { type Draft, emit } from './draft.ts';
import { forNothing } from './for-nothing.ts';
import { holds } from './guard.ts';
import { inWhoseName, lenderAside } from './in-whose-name.ts';
import { notItsTurn, standsIn } from './its-turn.ts';
import type { Scope } from './paths.ts';
import { describeRoles, recused } from './roles.ts';
import type { CaseState } from './state.ts';
import { readValues, splitPersonal } from './values.ts';

/** Why a step is not to be taken by this person in this state; undefined when it may be. */
export function blocked(
  name: string,
  step: StepSpec,
  procedure: ProcedureSpec,
  state: CaseState,
  ctx: Context,
): Refusal[] {
  const faults: Refusal[] = [];
  const { personId } = ctx.actor;
  const able = inWhoseName(step.by, ctx.actor, state, ctx) !== undefined;
  const lender = able ? undefined : lenderAside(step.by, ctx.actor, state, ctx);
  if (personId !== null && recused(state, ctx.pack).includes(personId))
    faults.push(
      refusal(
        'role.recused',
        { zh: '您是本件的被投诉人，须回避', en: 'The case complains of you, so you take no part in it' },
        { clause: step.clause, who: describeRoles(step.by, state, ctx) },
      ),
    );
  else if (lender !== undefined)
    faults.push(
      refusal(
        'role.recused',
        {
          zh: `您代的${lender}须回避本件，不能代办`,
          en: `${lender}, for whom you stand in, takes no part in this case`,
        },
        { clause: step.clause, who: describeRoles(step.by, state, ctx) },
      ),
    );
  else if (!able) {
    const who = describeRoles(step.by, state, ctx);
    faults.push(
      refusal(
        'role.notYours',
        { zh: `“${step.title.zh}”由${who.zh}办理`, en: `“${step.title.en}” is done by: ${who.en}` },
        { clause: step.clause, who },
      ),
    );
  }
  if (state.archivedAt !== null)
    faults.push(
      refusal(
        'case.archived',
        { zh: '已归档，只能加附注', en: 'The case is archived; only notes can be added' },
        { clause: step.clause },
      ),
    );
  else if (!standsIn(state, procedure, step)) faults.push(notItsTurn(name, step, procedure, state, ctx));
  return faults;
}

/** Does one step of the procedure. */
export function take(draft: Draft, command: TakeCommand): Refusal | undefined {
  const { ctx } = draft;
  const procedure = ctx.pack.procedures[draft.state.procedure];
  if (!procedure)
    throw new Error(`Pack ${ctx.pack.pack} ${ctx.pack.version} has no procedure ${draft.state.procedure}`);
  const spec = procedure.steps[command.step];
  if (!spec) {
    const close = nearest(command.step, Object.keys(procedure.steps));
    return refusal(
      'step.unknown',
      {
        zh: `没有“${command.step}”这一步${close ? `，是不是“${close}”？` : ''}`,
        en: `There is no step “${command.step}”${close ? `; did you mean “${close}”?` : ''}`,
      },
      { field: 'step' },
    );
  }
  const [fault, ...also] = blocked(command.step, spec, procedure, draft.state, ctx);
  if (fault) return also.length > 0 ? { ...fault, also } : fault;
  const before = draft.state;
  const facts = draft.events.length;
  const refused = perform(draft, { step: command.step, spec, procedure }, command.values);
  return refused ?? forNothing(before, command.step, spec, draft.events.slice(facts));
}

/** Does a step for somebody of whom it is known that he may. */
export function perform(
  draft: Draft,
  { step, spec, procedure }: { step: string; spec: StepSpec; procedure: ProcedureSpec },
  values: TakeCommand['values'],
): Refusal | undefined {
  const { ctx } = draft;
  const scope = { state: draft.state, values: {}, pack: ctx.pack, actor: ctx.actor };
  const read = readValues(spec.fields, values, scope, ctx, spec.clause);
  if (!read.ok) return read.refusal;
  const act = { step, spec, procedure, values: read.values };
  const unmet = unmetNeed(draft, act);
  if (unmet) return unmet;
  const { plain, personal } = splitPersonal(spec.fields, read.values);
  emit(
    draft,
    'stepTaken',
    {
      step,
      round: draft.state.round,
      from: draft.state.state,
      to: destination(spec, draft, act.values),
      values: plain,
      clause: spec.clause,
      visible: spec.visible,
    },
    personal,
  );
  return carryOut(draft, act);
}

function destination(spec: StepSpec, draft: Draft, values: TakeCommand['values']): string {
  return branchOf(spec, draft.state.state, {
    state: draft.state,
    values,
    pack: draft.ctx.pack,
    actor: draft.ctx.actor,
  });
}

/** The state a step leads to: that of its first branch whose condition holds; without one the case stays where it is. */
export function branchOf(spec: StepSpec, here: string, scope: Scope): string {
  if (spec.to === undefined) return here;
  if (typeof spec.to === 'string') return spec.to;
  return spec.to.find((branch) => branch.when === undefined || holds(branch.when, scope))?.state ?? here;
}
