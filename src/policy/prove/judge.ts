import type { Guard } from '../language/guard.ts';
import type { PackSpec } from '../language/pack.ts';

/** What is known for certain while a step is looked at without a real case. */
export interface Known {
  pack: PackSpec;
  /** The state after the step, or where the case stands. */
  state: string;
  /** Steps taken on the way so far. */
  taken: ReadonlySet<string>;
  /** Whether a further round has begun. */
  laterRound: boolean;
}

/** What a condition can come to: certainly true, certainly false, or either. */
export type Verdict = true | false | 'either';

const not = (verdict: Verdict): Verdict => (verdict === 'either' ? 'either' : !verdict);

/** Judges a condition as far as settings, states and the steps taken decide it; whatever people may enter is open. */
export function judge(guard: Guard, known: Known): Verdict {
  if ('all' in guard) return conjunction(guard.all.map((part) => judge(part, known)));
  if ('any' in guard) return not(conjunction(guard.any.map((part) => not(judge(part, known)))));
  if ('not' in guard) return not(judge(guard.not, known));
  const [root = '', name = ''] = guard.field.replace(/^sum\./, '').split('.');
  if (root === 'setting' && ('is' in guard || 'in' in guard)) return compare(guard, known.pack.settings[name]?.value);
  if (guard.field === 'case.state' && ('is' in guard || 'in' in guard)) return compare(guard, known.state);
  if (guard.field === 'case.round' && 'atLeast' in guard)
    return Number(guard.atLeast) <= 1 ? true : known.laterRound ? 'either' : false;
  if (['count', 'last', 'latest', 'each'].includes(root) && !known.taken.has(name)) return ofNothing(guard);
  if (root === 'latest' && guard.field.endsWith('.at') && 'filled' in guard) return guard.filled;
  if (root === 'count' && 'atLeast' in guard && Number(guard.atLeast) <= 1) return true;
  return 'either';
}

const conjunction = (verdicts: Verdict[]): Verdict =>
  verdicts.includes(false) ? false : verdicts.includes('either') ? 'either' : true;

function compare(guard: { is: unknown } | { in: unknown[] }, value: unknown): boolean {
  return 'is' in guard ? guard.is === value : guard.in.includes(value);
}

/** A condition on the entries of a step that was never taken. */
function ofNothing(guard: Guard): Verdict {
  if ('is' in guard) return guard.is === 0;
  if ('filled' in guard) return !guard.filled;
  if ('atMost' in guard) return typeof guard.atMost === 'number' ? guard.atMost >= 0 : 'either';
  return false;
}
