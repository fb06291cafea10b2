import type { PackSpec } from '../language/pack.ts';
import { type Item, itemsOf } from './clauses.ts';

/** One numbered rule of the written text. */
export interface CatalogueRule {
  id: string;
  clause: string;
  kind: string;
  strength: string;
}

export type Covered = 'enforced' | 'builtIn' | 'guidance' | 'absent';

/** Tests that show a rule, as file:line, by the rule’s id. */
export type Witnesses = { readonly [id: string]: readonly string[] | undefined };

export interface Coverage {
  rules: { rule: CatalogueRule; covered: Covered; by: Item[] }[];
  count: { [C in Covered]: number };
}

/**
 * Which rules of the written text the pack carries out, which the program itself keeps, which the pack only tells people,
 * and which it does not know. What is said to be built in and shown by no test counts as absent.
 */
export function coverage(pack: PackSpec, catalogue: readonly CatalogueRule[], witnesses: Witnesses): Coverage {
  const items = itemsOf(pack);
  const result: Coverage = { rules: [], count: { enforced: 0, builtIn: 0, guidance: 0, absent: 0 } };
  for (const rule of catalogue) {
    const by = items.filter((item) => item.rules.includes(rule.id));
    const kinds = new Set(by.map((item) => item.kind));
    const shown = (witnesses[rule.id] ?? []).length > 0;
    const covered: Covered = [...kinds].some((kind) => kind !== 'guidance' && kind !== 'builtIn')
      ? 'enforced'
      : kinds.has('builtIn') && shown
        ? 'builtIn'
        : kinds.has('guidance')
          ? 'guidance'
          : 'absent';
    result.rules.push({ rule, covered, by });
    result.count[covered] += 1;
  }
  return result;
}
