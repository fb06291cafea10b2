/** Character pairs: the only way found to search Chinese, letters and digits with full recall at a millisecond. */

const LONGEST = 6_000;

/** Runs of letters, digits and ideographs; everything else separates. */
function runs(text: string): string[][] {
  const normal = text.normalize('NFKC').toLowerCase();
  return (normal.slice(0, LONGEST).match(/[\p{L}\p{N}]+/gu) ?? []).map((run) => [...run]);
}

const quoted = (lexeme: string): string => `'${lexeme}'`;

/** The texts of a case as a PostgreSQL tsvector literal of character pairs with their positions. */
export function searchVector(texts: readonly string[]): string {
  const places = new Map<string, number[]>();
  let position = 0;
  for (const text of texts) {
    for (const run of runs(text)) {
      // The last character stands alone too, so that every single character is the beginning of some lexeme.
      const pairs = run.map((ch, i) => ch + (run[i + 1] ?? ''));
      for (const pair of pairs) {
        position += 1;
        if (position > 16_000) break;
        const known = places.get(pair);
        if (known) known.push(position);
        else places.set(pair, [position]);
      }
      // A phrase must not run over from one word to the next.
      position += 1;
    }
  }
  return [...places].map(([pair, at]) => `${quoted(pair)}:${at.slice(0, 200).join(',')}`).join(' ');
}

/** A PostgreSQL tsquery for all the words; null when there is nothing to look for. Single characters match as beginnings. */
export function searchQuery(words: string): string | null {
  const terms = runs(words.slice(0, 200)).map((run) => {
    const [only = ''] = run;
    if (run.length === 1) return `${quoted(only)}:*`;
    return `(${run
      .slice(1)
      .map((ch, i) => quoted((run[i] ?? '') + ch))
      .join(' <-> ')})`;
  });
  return terms.length === 0 ? null : terms.join(' & ');
}
