import { formatLocal } from '#clock/civil.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Text } from '#kernel/text.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import type { Context } from './context.ts';
import { holds } from './guard.ts';
import { describeRoles } from './roles.ts';
import type { CaseState } from './state.ts';

const MANY = 4;

/** Whether the case stands where a step can be taken. */
export function standsIn(state: CaseState, procedure: ProcedureSpec, step: StepSpec): boolean {
  return step.from.includes(state.state) || (step.from.includes('open') && procedure.states[state.state]?.end !== true);
}

/** Whether the step is the usual way on for the case as it stands. */
export function isMain(spec: StepSpec, state: CaseState, ctx: Context): boolean {
  return typeof spec.main === 'boolean'
    ? spec.main
    : holds(spec.main, { state, values: {}, pack: ctx.pack, actor: ctx.actor });
}

/** Says where the case stands, what comes before this step, who does that and by when. */
export function notItsTurn(
  name: string,
  step: StepSpec,
  procedure: ProcedureSpec,
  state: CaseState,
  ctx: Context,
): Refusal {
  const here = titleOf(state.state, procedure);
  const ways = Object.entries(procedure.steps)
    .filter(([other, spec]) => other !== name && standsIn(state, procedure, spec))
    .map(([, spec]) => spec);
  const usual = ways.filter((spec) => isMain(spec, state, ctx) && targets(spec).length > 0);
  const leads = (spec: StepSpec): boolean => targets(spec).some((target) => step.from.includes(target));
  const near = usual.some(leads) ? usual.filter(leads) : usual.length > 0 ? [] : ways.filter(leads);
  // What merely could lead there (a withdrawal, say) is no advice while the case has a usual way on.
  const next = near.length > 0 ? near : usual;
  const first = either(next.map((spec) => spec.title));
  const last = state.entries[name]?.at(-1);
  const by = next.length === 0 ? null : dueOf(next, state);
  const until = by === null ? { zh: '', en: '' } : { zh: `（最迟 ${by}）`, en: ` (by ${by})` };
  const when = last
    ? { zh: `这一步已于 ${formatLocal(last.at)} 办过`, en: `this was done at ${formatLocal(last.at)}` }
    : itsPlace(step, procedure);
  const path =
    near.length > 0
      ? { zh: `，要先办${first.zh}${until.zh}`, en: `; first: ${first.en}${until.en}` }
      : {
          zh: `，${when.zh}${next.length === 0 ? '' : `；下一步是${first.zh}${until.zh}`}`,
          en: `; ${when.en}${next.length === 0 ? '' : `; next: ${first.en}${until.en}`}`,
        };
  const who = next.length === 0 ? null : describeRoles([...new Set(next.flatMap((spec) => spec.by))], state, ctx);
  return refusal(
    'step.notNow',
    { zh: `现在是“${here.zh}”${path.zh}`, en: `The case stands at “${here.en}”${path.en}` },
    { clause: step.clause, ...(who ? { who } : {}) },
  );
}

/** Where a step belongs; more states than anybody would read are not listed. */
function itsPlace(step: StepSpec, procedure: ProcedureSpec): Text {
  if (step.from.length > MANY) return { zh: '这一步此时不办', en: 'this is not done here' };
  const wanted = either(step.from.map((target) => titleOf(target, procedure)));
  return { zh: `到${wanted.zh}时才可以办`, en: `this can be done at ${wanted.en}` };
}

const titleOf = (state: string, procedure: ProcedureSpec): Text =>
  procedure.states[state]?.title ?? { zh: state, en: state };

const either = (titles: readonly Text[]): Text => ({
  zh: titles.map((title) => `“${title.zh}”`).join('或'),
  en: titles.map((title) => `“${title.en}”`).join(' or '),
});

const targets = (spec: StepSpec): readonly string[] =>
  spec.to === undefined ? [] : typeof spec.to === 'string' ? [spec.to] : spec.to.map((branch) => branch.state);

/** The earliest deadline of a running clock that one of these steps ends. */
function dueOf(steps: readonly StepSpec[], state: CaseState): string | null {
  const ended = new Set(steps.flatMap((spec) => spec.stops.map((stop) => stop.clock)));
  const due = state.clocks.filter((run) => run.status === 'running' && ended.has(run.clock)).map((run) => run.dueAt);
  return due.length === 0 ? null : formatLocal(Math.min(...due));
}
