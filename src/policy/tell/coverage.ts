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

/** What is only said: it obliges nobody, unless a test shows that it is kept. */
const SAID: readonly Item['kind'][] = ['principle', 'builtIn', 'guidance'];
/** What carries a rule out most plainly comes first. */
const PLAINLY: readonly Item['kind'][] = [
  'step',
  'clock',
  'table',
  'schedule',
  'form',
  'notice',
  'metric',
  'setting',
  'routing',
];
const rank = ({ kind }: Item): number => (PLAINLY.includes(kind) ? PLAINLY.indexOf(kind) : PLAINLY.length);

/**
 * Which rules of the written text the pack carries out, which the program itself keeps, which the pack only tells people,
 * and which it does not know. A principle alone is told; what is said to be built in and shown by no test counts as absent.
 */
export function coverage(pack: PackSpec, catalogue: readonly CatalogueRule[], witnesses: Witnesses): Coverage {
  const items = itemsOf(pack);
  const result: Coverage = { rules: [], count: { enforced: 0, builtIn: 0, guidance: 0, absent: 0 } };
  for (const rule of catalogue) {
    const by = items.filter((item) => item.rules.includes(rule.id)).sort((a, b) => rank(a) - rank(b));
    const kinds = new Set(by.map((item) => item.kind));
    const shown = (witnesses[rule.id] ?? []).length > 0;
    const covered: Covered = [...kinds].some((kind) => !SAID.includes(kind))
      ? 'enforced'
      : shown && (kinds.has('builtIn') || kinds.has('principle'))
        ? 'builtIn'
        : kinds.has('guidance') || kinds.has('principle')
          ? 'guidance'
          : 'absent';
    result.rules.push({ rule, covered, by });
    result.count[covered] += 1;
  }
  return result;
}
