import type { PackSpec, Term } from '../api/contract.ts';
import type { Say } from '../words/lang.tsx';

/** The matter's title in whichever pack knows it. */
export function matterTitle(packs: readonly PackSpec[], matter: string, say: Say): string {
  const title = packs.map((pack) => pack.matters[matter]?.title).find(Boolean);
  return title ? say(title) : matter;
}

/** The titles along a taxonomy path, e.g. environment/greening → 环境卫生 / 绿化. */
export function termTitle(packs: readonly PackSpec[], path: string, say: Say, taxonomy?: string): string {
  for (const pack of packs)
    for (const [name, { terms }] of Object.entries(pack.taxonomies)) {
      const trail = taxonomy === undefined || taxonomy === name ? trailOf(terms, path.split('/')) : null;
      if (trail) return trail.map((term) => say(term.title)).join(' / ');
    }
  return path;
}

function trailOf(terms: readonly Term[], ids: readonly string[]): Term[] | null {
  const [id, ...rest] = ids;
  const term = terms.find((each) => each.id === id);
  if (!term) return null;
  if (rest.length === 0) return [term];
  const below = trailOf(term.terms, rest);
  return below ? [term, ...below] : null;
}

/** A role's title, or its name when the pack has none. */
export const roleTitle = (pack: PackSpec, role: string, say: Say): string => {
  const spec = pack.roles[role];
  return spec ? say(spec.title) : role;
};
