import type { Text } from '#kernel/text.ts';
import { share } from './clock-tally.ts';

/** One line of a Pareto table: highest first, with its share of all and the share of it and everything above. */
export interface ParetoRow {
  key: string;
  title: Text;
  count: number;
  share: number;
  cumulative: number;
}

const MOST = 20;

/** Counts by key, highest first, equal ones by key. What comes after the twentieth is one line, so that shares add up. */
export function pareto(counts: ReadonlyMap<string, number>, titleOf: (key: string) => Text): ParetoRow[] {
  const all = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const total = all.reduce((sum, [, n]) => sum + n, 0);
  const shown = all.length > MOST ? all.slice(0, MOST - 1) : all;
  const rest = all.slice(shown.length).reduce((sum, [, n]) => sum + n, 0);
  const rows: { key: string; title: Text; count: number }[] = shown.map(([key, count]) => ({
    key,
    title: titleOf(key),
    count,
  }));
  if (rest > 0) rows.push({ key: '…', title: { zh: '其余', en: 'The rest' }, count: rest });
  let sum = 0;
  return rows.map((row) => {
    sum += row.count;
    return { ...row, share: share(row.count, total) ?? 0, cumulative: share(sum, total) ?? 0 };
  });
}

/** One more of a key, or several. */
export const more = (counts: Map<string, number>, key: string, by = 1): void => {
  counts.set(key, (counts.get(key) ?? 0) + by);
};
