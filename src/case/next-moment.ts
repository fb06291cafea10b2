import type { Instant } from '#kernel/instant.ts';
import type { PersonRef } from './event.ts';
import { nextShiftOffer } from './shift-due.ts';
import type { CaseState, ClockRun } from './state.ts';

const running = (state: CaseState): ClockRun[] => state.clocks.filter((run) => run.status === 'running');

/** When the next clock of the case, or an offer nobody accepted, speaks; null when none runs or all have said everything. */
export function nextMoment(state: CaseState): Instant | null {
  let earliest: Instant | null = null;
  for (const run of running(state)) {
    const at = run.moments[run.fired]?.at;
    if (at !== undefined && (earliest === null || at < earliest)) earliest = at;
  }
  const offer = nextShiftOffer(state);
  return offer && (earliest === null || offer.at < earliest) ? offer.at : earliest;
}

/** The promise that falls due next, or fell due first of those already broken. */
export function nextDeadline(state: CaseState): { clock: string; dueAt: Instant; run: number } | null {
  const [first] = running(state).sort((a, b) => a.dueAt - b.dueAt);
  return first ? { clock: first.clock, dueAt: first.dueAt, run: first.run } : null;
}

/** The one person who answers for the case now. */
export function responsible(state: CaseState): PersonRef | null {
  return state.duties.assignee ?? state.duties.caseOfficer ?? state.duties.firstReceiver;
}
