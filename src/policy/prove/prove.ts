import type { PackSpec } from '../language/pack.ts';
import { explore } from './explore.ts';
import type { Finding } from './finding.ts';
import { laws } from './laws.ts';

export interface Proof {
  findings: Finding[];
  /** Ways a case can stand that were looked at, per procedure. */
  explored: { [procedure: string]: number };
  /** Procedures too large to be looked at whole; for them nothing is proved. */
  incomplete: string[];
}

/** Proves that a pack leaves nobody without an answer, a person and a date, or shows the shortest way by which it does. */
export function prove(pack: PackSpec): Proof {
  const proof: Proof = { findings: [], explored: {}, incomplete: [] };
  for (const [name, procedure] of Object.entries(pack.procedures)) {
    const explored = explore(pack, procedure);
    proof.explored[name] = explored.standings.length;
    if (explored.incomplete) proof.incomplete.push(name);
    for (const law of laws) proof.findings.push(...law({ pack, name, procedure, explored }));
  }
  return proof;
}
