import type { FieldSpec } from '#policy/fields/registry.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { flatten } from '#policy/language/taxonomy.ts';
import type { Context } from '../context.ts';
import type { Value } from '../event.ts';
import { holds } from '../guard.ts';
import { standsIn } from '../its-turn.ts';
import type { Scope } from '../paths.ts';
import { branchOf } from '../take.ts';
import { type MoveFinding, moveFinding } from './finding.ts';
import type { PastAct } from './past.ts';

/** Whether one act of the past could have been done as it was under the new version. */
export function judgeAct(act: PastAct, old: ProcedureSpec, fresh: ProcedureSpec, ctx: Context): MoveFinding[] {
  return act.event.type === 'caseRegistered' ? judgeIntake(act, old, fresh, ctx) : judgeStep(act, old, fresh, ctx);
}

function judgeIntake(act: PastAct, old: ProcedureSpec, fresh: ProcedureSpec, ctx: Context): MoveFinding[] {
  const { intake } = fresh;
  const found = judgeFields(act, old.intake.fields, intake.fields, intake.clause, scopeOf(act, ctx));
  if (act.event.type === 'caseRegistered' && act.event.data.state !== intake.state)
    found.push(
      moveFinding(
        'step',
        'intake',
        'blocks',
        intake.clause,
        '新版登记后进入另一个状态',
        'In the new version a case begins in another state',
      ),
    );
  return found;
}

function judgeStep(act: PastAct, old: ProcedureSpec, fresh: ProcedureSpec, ctx: Context): MoveFinding[] {
  if (act.event.type !== 'stepTaken') return [];
  const { from, to, clause } = act.event.data;
  const title = old.steps[act.step]?.title ?? { zh: act.step, en: act.step };
  const spec = fresh.steps[act.step];
  if (!spec)
    return [
      moveFinding(
        'step',
        act.step,
        'blocks',
        clause,
        `已办的“${title.zh}”在新版中没有`,
        `“${title.en}” was done, and the new version does not know it`,
      ),
    ];
  const scope = scopeOf(act, ctx);
  const blocks = (zh: string, en: string): MoveFinding => moveFinding('step', act.step, 'blocks', spec.clause, zh, en);
  const found: MoveFinding[] = [];
  if (!standsIn(act.before, fresh, spec))
    found.push(
      blocks(
        `已办的“${title.zh}”：新版不能在“${stateTitle(old, from, 'zh')}”时办`,
        `“${title.en}” was done at “${stateTitle(old, from, 'en')}”; the new version does not allow it there`,
      ),
    );
  const leads = branchOf(spec, act.before.state, scope);
  if (leads !== to)
    found.push(
      blocks(
        `已办的“${title.zh}”：新版办后到“${stateTitle(fresh, leads, 'zh')}”，本件到了“${stateTitle(old, to, 'zh')}”`,
        `“${title.en}” leads to “${stateTitle(fresh, leads, 'en')}” in the new version; this case went to “${stateTitle(old, to, 'en')}”`,
      ),
    );
  for (const need of spec.needs)
    if ((!need.when || holds(need.when, scope)) && !holds(need.that, scope))
      found.push(
        blocks(
          `已办的“${title.zh}”不合新版的要求：${need.say.zh}`,
          `“${title.en}” would be refused by the new version: ${need.say.en}`,
        ),
      );
  found.push(...judgeFields(act, old.steps[act.step]?.fields ?? {}, spec.fields, spec.clause, scope));
  return found;
}

const scopeOf = (act: PastAct, ctx: Context): Scope => ({
  state: act.before,
  values: act.values,
  pack: ctx.pack,
  actor: act.event.actor,
});

const stateTitle = (procedure: ProcedureSpec, state: string, lang: 'zh' | 'en'): string =>
  procedure.states[state]?.title[lang] ?? state;

type Fields = { [name: string]: FieldSpec };

/** What was entered, held against the fields of the new version. Ranges were judged when it was entered. */
function judgeFields(act: PastAct, old: Fields, fresh: Fields, clause: string, scope: Scope): MoveFinding[] {
  const found: MoveFinding[] = [];
  for (const [name, value] of Object.entries(act.values)) {
    const [was, spec] = [old[name], fresh[name]];
    const label = (spec ?? was)?.label ?? { zh: name, en: name };
    if (!spec)
      found.push(
        moveFinding(
          'field',
          name,
          'lost',
          clause,
          `“${label.zh}”在新版中没有，已填内容留在经过里`,
          `“${label.en}” has no field in the new version; what was entered stays in the journal`,
        ),
      );
    else if ((was && was.type !== spec.type) || !isOffered(spec, value, scope))
      found.push(
        moveFinding(
          'field',
          name,
          'blocks',
          clause,
          `“${label.zh}”已填的内容，新版不接受`,
          `What was entered under “${label.en}” is not accepted by the new version`,
        ),
      );
  }
  for (const [name, spec] of Object.entries(fresh)) {
    if (isFilled(act.values[name])) continue;
    const asked = spec.shown === undefined || holds(spec.shown, scope);
    const required = typeof spec.required === 'boolean' ? spec.required : holds(spec.required, scope);
    if (asked && required)
      found.push(
        moveFinding(
          'field',
          name,
          'blocks',
          clause,
          `新版必填“${spec.label.zh}”，当时没有填`,
          `The new version requires “${spec.label.en}”, which was not entered`,
        ),
      );
  }
  return found;
}

const isFilled = (value: Value | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** Whether a value that was chosen from a list can still be chosen. */
function isOffered(spec: FieldSpec, value: Value, scope: Scope): boolean {
  if (typeof value !== 'string') return true;
  if (spec.type === 'choice' && Array.isArray(spec.options))
    return spec.options.some((option: { value?: unknown }) => option.value === value);
  if (spec.type === 'category' && typeof spec.of === 'string') {
    const terms = scope.pack.taxonomies[spec.of]?.terms ?? [];
    return flatten(terms).some((item) => item.path === value);
  }
  return true;
}
