/** One line of the table. */
export interface Line {
  what: string;
  median: string;
  p99: string;
  /** What bare SQL, or the smaller of two, reached in the same run. */
  limit: string;
  share: string;
  target: string;
  met: boolean;
}

/** The lines as a Markdown table, ready for docs/performance.md. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.what,
    line.median,
    line.p99,
    line.limit,
    line.share,
    line.target,
    line.met ? 'met' : 'missed',
  ]);
  const head = ['what', 'median', 'p99', 'beside it', 'share', 'target', ''];
  const all = [head, head.map(() => '---'), ...rows];
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
