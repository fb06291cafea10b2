import type { Text } from '#kernel/text.ts';

/** A fault in a pack, at its place in the file. */
export interface Problem {
  code: string;
  file: string;
  line: number;
  column: number;
  /** Path inside the pack, e.g. procedures.complaint.steps.contact.by.0 */
  path: string;
  message: Text;
  suggestion?: string;
}

/** Finds the place of a path in the pack's files. */
export type Locate = (path: readonly PropertyKey[]) => { file: string; line: number; column: number };

/** Edit distance, for "did you mean". */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word nearest to a wrong one, if any is near enough to be what was meant. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}
