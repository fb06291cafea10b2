import { cancelClock, resumeClock, runningOf, startClock, stopClock } from '../clock-run.ts';
import type { Draft } from '../draft.ts';
import { emit } from '../draft.ts';
import { holds } from '../guard.ts';
import { readPath } from '../paths.ts';
import { type Ability, type Act, scopeOf } from './ability.ts';

interface Named {
  clock: string;
  when?: Parameters<typeof holds>[0] | undefined;
  from?: string | undefined;
}

const applies = (item: Named, draft: Draft, act: Act): boolean =>
  item.when === undefined || holds(item.when, scopeOf(draft, act));

function start(item: Named, draft: Draft, act: Act): void {
  const spec = act.procedure.clocks[item.clock];
  if (!spec) throw new Error(`The pack let an unknown clock through: ${item.clock}`);
  const from = item.from === undefined ? null : readPath(item.from, scopeOf(draft, act));
  startClock(draft, item.clock, spec, scopeOf(draft, act), typeof from === 'number' ? from : draft.ctx.now);
}

export const starts: Ability = (draft, act) => {
  for (const item of act.spec.starts) if (applies(item, draft, act)) start(item, draft, act);
  return undefined;
};

export const stops: Ability = (draft, act) => {
  for (const item of act.spec.stops) if (applies(item, draft, act)) stopClock(draft, item.clock);
  return undefined;
};

export const cancels: Ability = (draft, act) => {
  for (const item of act.spec.cancels) if (applies(item, draft, act)) cancelClock(draft, item.clock);
  return undefined;
};

/** Only a clock that runs is started afresh: progress reported before the clock exists starts nothing. */
export const restarts: Ability = (draft, act) => {
  for (const item of act.spec.restarts) {
    if (!applies(item, draft, act) || !runningOf(draft.state, item.clock)) continue;
    stopClock(draft, item.clock);
    start(item, draft, act);
  }
  return undefined;
};

export const pauses: Ability = (draft, act) => {
  for (const item of act.spec.pauses) {
    if (!applies(item, draft, act)) continue;
    const { clock, reason } = item;
    const run = runningOf(draft.state, clock);
    if (run?.status === 'running')
      emit(draft, 'clockPaused', { clock, run: run.run, reason: String(act.values[reason] ?? '') });
  }
  return undefined;
};

export const resumes: Ability = (draft, act) => {
  for (const item of act.spec.resumes) {
    const spec = act.procedure.clocks[item.clock];
    if (spec && applies(item, draft, act)) resumeClock(draft, item.clock, spec, scopeOf(draft, act));
  }
  return undefined;
};
