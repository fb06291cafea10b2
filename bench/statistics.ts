/** The value below which the share `q` (0–1) of all lies; 0 of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/** The middle one: a run disturbed from outside does not count. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
