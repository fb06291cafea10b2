import { refusal } from '#kernel/refusal.ts';
import { cancelClock } from '../clock-run.ts';
import { type Draft, emit } from '../draft.ts';
import { duties, type Value, type Values } from '../event.ts';
import { formatValue } from '../format-value.ts';
import { holds } from '../guard.ts';
import { readPath } from '../paths.ts';
import { isUsed } from '../render-form.ts';
import { type Ability, type Act, scopeOf } from './ability.ts';
import { issue } from './papers.ts';

/** Begins the next round: what was entered before stays, the conditions look at the new round. */
export const round: Ability = (draft, { spec, step }) => {
  if (spec.round) emit(draft, 'roundStarted', { round: draft.state.round + 1, step, clause: spec.clause });
  return undefined;
};

/** Opens further cases that go their own way and stay linked. */
export const opens: Ability = (draft, act) => {
  for (const item of act.spec.opens) {
    const scope = scopeOf(draft, act);
    if (item.when && !holds(item.when, scope)) continue;
    const each: Value = item.forEach === undefined ? [null] : readPath(item.forEach, scope);
    for (const one of Array.isArray(each) ? each : []) {
      const values: Values = {};
      for (const [field, source] of Object.entries(item.with)) {
        const value = source === 'item' ? one : source.startsWith('=') ? source.slice(1) : readPath(source, scope);
        if (value !== null) values[field] = value;
      }
      const matter = item.matter ?? draft.ctx.pack.procedures[item.procedure]?.matters[0] ?? item.procedure;
      const { procedure, relation, channel } = item;
      emit(draft, 'caseOpened', { caseId: draft.ctx.newId(), procedure, matter, channel, relation, values });
    }
  }
  return undefined;
};

/** Ends the case. Without an outcome nobody has been answered, so it cannot end. */
export const closes: Ability = (draft, act) => {
  if (!act.spec.closes) return undefined;
  const scope = scopeOf(draft, act);
  const path = act.spec.closes.outcome.find((candidate) => readPath(candidate, scope) !== null) ?? '';
  const [root, name = '', field = ''] = path.split('.');
  const spec = root === 'values' ? act.spec.fields[name] : act.procedure.steps[name]?.fields[field];
  const outcome = formatValue(readPath(path, scope), spec, draft.ctx).trim();
  if (outcome === '')
    return refusal(
      'close.withoutOutcome',
      {
        zh: '没有处理结果，不能关闭：先写明结果并告知业主',
        en: 'It cannot be closed without an outcome: record it and tell the owner first',
      },
      { field: name, clause: act.spec.clause },
    );
  emit(draft, 'caseClosed', { outcome, clause: act.spec.clause });
  return undefined;
};

/**
 * Seals the case: every paper that belongs to the dossier is issued in its last form and listed with its digest. A form
 * for what never came about, such as the minutes of a meeting nobody held, stays blank and out of it.
 */
export const archives: Ability = (draft, act) => {
  if (!act.spec.archives) return undefined;
  const dossier = Object.entries(act.procedure.forms)
    .filter(([name, form]) => form.inDossier && isUsed(name, draft.state, draft.ctx))
    .map(([name]) => issue(draft, name))
    .map((paper) => ({ name: paper.title, digest: paper.digest }));
  emit(draft, 'caseArchived', { dossier, clause: act.spec.clause });
  return undefined;
};

/** A case that has reached an end waits for nobody: no clock of it runs on, and nobody is asked to take it over. */
export function endClocks(draft: Draft, act: Act): void {
  if (!act.procedure.states[draft.state.state]?.end) return;
  for (const duty of duties) {
    const offer = draft.state.offers?.[duty];
    if (offer)
      emit(draft, 'dutyOfferEnded', { duty, person: offer.person, said: 'ended', reason: '', clause: act.spec.clause });
  }
  for (const run of draft.state.clocks)
    if (run.status === 'running' || run.status === 'paused') cancelClock(draft, run.clock);
}
