/** One line of the table. */
export interface Line {
  what: string;
  median: string;
  p99: string;
  limit: string;
  share: string;
  target: string;
  met: boolean;
}
