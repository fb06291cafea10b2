import type { PackSpec } from '#policy/language/pack.ts';
import type { CaseEvent } from '../event.ts';
import { holds, needsNoEntry } from '../guard.ts';
import { standsIn } from '../its-turn.ts';
import type { CaseState } from '../state.ts';
import type { NamedPolicy } from './policy.ts';

/** The policy by which the program must now find somebody itself; undefined when nobody is wanted, or a clerk picks. */
export function wanting(state: CaseState, pack: PackSpec): NamedPolicy | undefined {
  const procedure = pack.procedures[state.procedure];
  for (const [name, spec] of Object.entries(pack.dispatch)) {
    if (spec.mode === 'suggest' || spec.procedure !== state.procedure) continue;
    const run = state.dispatch?.policy === name ? state.dispatch : undefined;
    if (run?.status === 'declined') return { name, spec };
    const step = procedure?.steps[spec.step];
    if (!procedure || !step || run?.status === 'offered' || run?.status === 'fallback') continue;
    const scope = { state, values: {}, pack };
    const ready = step.needs.every(
      (need) => !needsNoEntry(need.that) || (need.when && !holds(need.when, scope)) || holds(need.that, scope),
    );
    if (ready && standsIn(state, procedure, step)) return { name, spec };
  }
  return undefined;
}

/** Whether these facts may have made somebody wanted. Clocks that speak and notices change nothing. */
export const stirs = (events: readonly Pick<CaseEvent, 'type'>[]): boolean =>
  events.some(({ type }) => STIRRING.includes(type));
const STIRRING: readonly CaseEvent['type'][] = ['caseRegistered', 'stepTaken', 'fieldsChanged', 'dispatchDeclined'];
