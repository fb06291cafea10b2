/** How alike two texts are, by the pairs of characters they share: needs no dictionary and knows no word boundaries. */

const LONGEST = 400;

/** Pairs of neighbouring letters, digits and ideographs with how often each stands there. */
export function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  const runs =
    text
      .normalize('NFKC')
      .toLowerCase()
      .slice(0, LONGEST)
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const run of runs) {
    const signs = [...run];
    for (let i = 0; i + 1 < signs.length; i += 1) {
      const pair = `${signs[i]}${signs[i + 1]}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
  }
  return pairs;
}

// Among a handful of texts it is chance what stands in several; only many tell what is common.
const FEW = 50;

/** Weight of a pair: what stands in half of all texts says little. */
export function rarity(texts: readonly Map<string, number>[]): (pair: string) => number {
  const seen = new Map<string, number>();
  for (const pairs of texts) for (const pair of pairs.keys()) seen.set(pair, (seen.get(pair) ?? 0) + 1);
  return (pair) => Math.log(1 + (texts.length + FEW) / ((seen.get(pair) ?? 0) + FEW / 5));
}

/** Cosine of two texts, 0 to 1, each pair counted by its weight. */
export function likeness(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  weight: (pair: string) => number,
): number {
  const length = (pairs: ReadonlyMap<string, number>): number =>
    Math.sqrt([...pairs].reduce((sum, [pair, n]) => sum + (n * weight(pair)) ** 2, 0));
  let shared = 0;
  for (const [pair, n] of a) shared += n * (b.get(pair) ?? 0) * weight(pair) ** 2;
  const both = length(a) * length(b);
  return both === 0 ? 0 : shared / both;
}
