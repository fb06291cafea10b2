import type { PackSpec, Term } from '../api/contract.ts';
import type { Say } from '../words/lang.tsx';

export interface FoundTerm {
  path: string;
  title: string;
  /** The word by which it was found, when it is not in the title. */
  by: string | null;
}

interface Flat {
  path: string;
  trail: Term[];
}

const flat = (terms: readonly Term[], trail: Term[] = []): Flat[] =>
  terms.flatMap((term) => {
    const here = [...trail, term];
    return [{ path: here.map(({ id }) => id).join('/'), trail: here }, ...flat(term.terms, here)];
  });

/** Terms that fit what was typed, by title or by the words people use for them; the closest first. */
export function findTerms(pack: PackSpec, taxonomy: string, typed: string, say: Say): FoundTerm[] {
  const wanted = typed.trim().toLowerCase();
  return flat(pack.taxonomies[taxonomy]?.terms ?? [])
    .flatMap(({ path, trail }): (FoundTerm & { rank: number })[] => {
      const title = trail.map((term) => say(term.title)).join(' / ');
      const own = trail.at(-1);
      const names = [own?.title.zh, own?.title.en].map((name) => name?.toLowerCase() ?? '');
      if (wanted === '') return [{ path, title, by: null, rank: trail.length }];
      if (names.some((name) => name.startsWith(wanted))) return [{ path, title, by: null, rank: 0 }];
      const word = own?.words.find(
        (each) => each.toLowerCase().includes(wanted) || wanted.includes(each.toLowerCase()),
      );
      if (word !== undefined) return [{ path, title, by: word, rank: 1 }];
      return title.toLowerCase().includes(wanted) || path.includes(wanted) ? [{ path, title, by: null, rank: 2 }] : [];
    })
    .sort((a, b) => (wanted === '' ? 0 : a.rank - b.rank));
}
