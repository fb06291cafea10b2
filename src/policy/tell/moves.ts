import type { PackSpec } from '../language/pack.ts';
import type { ProcedureSpec } from '../language/procedure.ts';
import { explore } from '../prove/explore.ts';

/** One way from a state to another: every step that can really take it. */
export interface Move {
  from: string;
  to: string;
  steps: string[];
}

/** The moves that can come about, as the proof finds them: a branch whose condition can never hold is none. */
export function movesOf(pack: PackSpec, procedure: ProcedureSpec): Move[] {
  const explored = explore(pack, procedure);
  const moves = new Map<string, Move>();
  for (const [i, list] of explored.next.entries())
    for (const { to: j, step } of list) {
      const from = explored.standings[i]?.state ?? '';
      const to = explored.standings[j]?.state ?? '';
      if (from === to) continue;
      const move = moves.get(`${from} ${to}`) ?? { from, to, steps: [] };
      if (!move.steps.includes(step)) move.steps.push(step);
      moves.set(`${from} ${to}`, move);
    }
  return [...moves.values()];
}
