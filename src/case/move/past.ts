import type { CaseEvent, EventType, Values } from '../event.ts';
import { evolve } from '../evolve.ts';
import type { CaseState } from '../state.ts';

/** One act of a case's past, with the case right before it and as it stood when its clocks were looked at. */
export interface PastAct {
  /** Name of the step; `intake` for the registration. */
  step: string;
  event: Extract<CaseEvent, { type: 'caseRegistered' | 'stepTaken' }>;
  values: Values;
  /** The case before the act; for the registration, right after it was written down. */
  before: CaseState;
  /** With what the act itself changed: fields, decisions, duties, round. */
  after: CaseState;
}

/** What an act changes before its clocks are started and stopped. */
const OWN: readonly EventType[] = ['fieldsChanged', 'tableDecided', 'dutyAssigned', 'roundStarted'];

/** The acts of a journal in their order. */
export function pastActs(caseId: string, journal: readonly CaseEvent[]): PastAct[] {
  const acts: PastAct[] = [];
  let state: CaseState | null = null;
  let open: PastAct | null = null;
  for (const event of journal) {
    const before: CaseState | null = state;
    state = evolve(state, event, caseId);
    if (event.type === 'caseRegistered' || event.type === 'stepTaken') {
      const step = event.type === 'stepTaken' ? event.data.step : 'intake';
      const values = { ...event.data.values, ...event.personal };
      open = { step, event, values, before: before ?? state, after: state };
      acts.push(open);
    } else if (open && OWN.includes(event.type)) open.after = state;
    else open = null;
  }
  return acts;
}
