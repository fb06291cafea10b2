import type { PackSpec } from '../language/pack.ts';
import { type Item, itemsOf } from './clauses.ts';

/** One numbered rule of the written text. */
export interface CatalogueRule {
  id: string;
  clause: string;
  kind: string;
  strength: string;
}

export type Covered = 'enforced' | 'guidance' | 'absent';

export interface Coverage {
  rules: { rule: CatalogueRule; covered: Covered; by: Item[] }[];
  count: { [C in Covered]: number };
}

/** Which rules of the written text the pack carries out, which it only tells people, and which it does not know. */
export function coverage(pack: PackSpec, catalogue: readonly CatalogueRule[]): Coverage {
  const items = itemsOf(pack);
  const result: Coverage = { rules: [], count: { enforced: 0, guidance: 0, absent: 0 } };
  for (const rule of catalogue) {
    const by = items.filter((item) => item.rules.includes(rule.id));
    const covered: Covered = by.some((item) => item.kind !== 'guidance')
      ? 'enforced'
      : by.length > 0
        ? 'guidance'
        : 'absent';
    result.rules.push({ rule, covered, by });
    result.count[covered] += 1;
  }
  return result;
}
