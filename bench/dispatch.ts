import { blank } from '#case/blank.ts';
import type { CandidateFacts } from '#case/dispatch/facts.ts';
import { rank } from '#case/dispatch/rank.ts';
import type { Scope } from '#case/paths.ts';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { type DispatchSpec, dispatchSchema } from '#policy/language/dispatch.ts';
import { type Month, simulate } from './dispatch-month.ts';
import type { Line } from './report.ts';
import { percent, quantile } from './statistics.ts';

export interface DispatchPlan {
  technicians: number;
  matters: number;
  decisions: number;
}

const words = { zh: '派单', en: 'Dispatch' };
/** The policy that is measured: certificate and shift are hard, then load, distance, continuity and turn. */
export const measured: DispatchSpec = dispatchSchema.parse({
  title: words,
  clause: '一',
  procedure: 'repair',
  step: 'dispatch',
  field: 'assignee',
  mode: 'assign',
  cap: 8,
  urgent: { field: 'case.urgency', is: 'urgent' },
  ways: [
    { title: words, when: { field: 'case.kind', is: 'lift' }, skills: ['lift'], shift: 'now' },
    { title: words, when: { field: 'case.kind', is: 'electric' }, skills: ['electric'], shift: 'now' },
    { title: words, when: { field: 'case.kind', is: 'plumbing' }, skills: ['plumbing'], shift: 'now' },
  ],
  score: { urgency: 10, load: 50, distance: 30, continuity: 5, turn: 5 },
});

/** A simulated month under the policy, by turns and by lot; and how long one decision takes. */
export function benchDispatch({ technicians, matters, decisions }: DispatchPlan): Line[] {
  const [policy, turns, lot] = (['policy', 'turns', 'lot'] as const).map((how) =>
    simulate({ technicians, matters, how, policy: measured, seed: 20260301 }),
  ) as [Month, Month, Month];
  const took = timeDecisions(decisions, 500);
  const line = (what: string, median: string, limit: string, target: string, met: boolean, p99 = ''): Line => ({
    what,
    median,
    p99,
    limit,
    share: '',
    target,
    met,
  });
  const beside = (say: (month: Month) => string): string => `by turns ${say(turns)}, by lot ${say(lot)}`;
  const within = ({ within5 }: Month): string => percent(within5);
  const gini = (month: Month): string => month.gini.toFixed(3);
  const travel = (month: Month): string => `${month.travel.toFixed(1)} min`;
  const moves = (month: Month): string => percent(month.moves);
  const at = (list: readonly number[]): string =>
    `${quantile(list, 0.5).toFixed(1)} and ${quantile(list, 0.95).toFixed(1)} min`;
  return [
    line(
      `given out within 5 minutes, ${matters} matters of a month`,
      within(policy),
      beside(within),
      '≥ 95 %',
      policy.within5 >= 0.95,
    ),
    line(
      'time until somebody has it, median and 95 of 100',
      at(policy.waits),
      beside(({ waits }) => at(waits)),
      '95 of 100 ≤ 5 min',
      quantile(policy.waits, 0.95) <= 5,
    ),
    line(
      'time until he sets out for it, median and 95 of 100',
      at(policy.starts),
      beside(({ starts }) => at(starts)),
      '',
      true,
    ),
    line(
      'spread of work between people of one trade and shift (Gini)',
      gini(policy),
      beside(gini),
      'less than by lot',
      policy.gini < lot.gini,
    ),
    line(
      'way to the next matter, on average',
      travel(policy),
      beside(travel),
      'less than both',
      policy.travel < Math.min(turns.travel, lot.travel),
    ),
    line(
      'matters that need another building',
      moves(policy),
      beside(moves),
      'less than both',
      policy.moves < Math.min(turns.moves, lot.moves),
    ),
    line(
      'one decision, 500 candidates, processor time',
      `${quantile(took, 0.5).toFixed(2)} ms`,
      '',
      '≤ 5 ms',
      quantile(took, 0.99) <= 5,
      `${quantile(took, 0.99).toFixed(2)} ms`,
    ),
  ];
}

/** Milliseconds of processor time of single decisions with the reason of everybody, as the journal and the page need it. */
function timeDecisions(count: number, people: number): number[] {
  const now = Date.parse('2026-03-03T10:00:00+08:00');
  const candidates = Array.from(
    { length: people },
    (_, i): CandidateFacts => ({
      person: { id: `p${i}`, name: `技工${i}`, unitId: null },
      holdsPost: i % 50 !== 0,
      inUnit: i % 9 !== 0,
      head: i % 25 === 0,
      skills: new Set(i % 3 === 0 ? ['lift', 'electric'] : ['electric', 'plumbing']),
      inTerritory: i % 2 === 0,
      onShiftUntil: i % 4 === 0 ? null : now + 5 * HOUR,
      nextShift: i % 4 === 0 ? now + 20 * HOUR : null,
      awayUntil: i % 40 === 0 ? now + 50 * HOUR : null,
      recused: false,
      declined: null,
      load: i % 9,
      near: i % 7 === 0 ? 'building' : i % 3 === 0 ? 'estate' : null,
      knows: i % 11 === 0 ? 'place' : null,
      lastTurn: i % 13 === 0 ? null : now - i * MINUTE,
    }),
  );
  // Only the case is looked at by the conditions of this policy.
  const scope = {
    state: { ...blank, values: { kind: 'electric', urgency: 'urgent' } },
    values: {},
    pack: {},
  } as unknown as Scope;
  const decide = (): number => {
    const from = process.threadCpuUsage();
    for (const one of rank(measured, scope, candidates, now).ranked) one.why();
    const { user, system } = process.threadCpuUsage(from);
    return (user + system) / 1000;
  };
  for (let i = 0; i < 200; i += 1) decide();
  return Array.from({ length: count }, decide);
}
