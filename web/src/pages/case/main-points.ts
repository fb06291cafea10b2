import type { JournalEntryView } from '../../api/contract.ts';

const MINOR = new Set([
  'clockStarted',
  'clockStopped',
  'noticeIssued',
  'clockPaused',
  'clockResumed',
  'documentIssued',
]);

/** An entry of the timeline, and how often the same was said before it and is left out. */
export interface Point {
  entry: JournalEntryView;
  before: number;
}

/**
 * What matters of a journal, in its order. A clock that speaks again and again while it is late is shown when it first
 * reaches each level, and at last; what lies between is counted.
 */
export function mainPoints(journal: readonly JournalEntryView[]): Point[] {
  const runOf = ({ data }: JournalEntryView): string => `${String(data.clock)} ${String(data.run)}`;
  const breaches = Map.groupBy(
    journal.filter(({ type }) => type === 'clockBreached'),
    runOf,
  );
  return journal.flatMap((entry): Point[] => {
    if (MINOR.has(entry.type)) return [];
    if (entry.type !== 'clockBreached') return [{ entry, before: 0 }];
    const own = breaches.get(runOf(entry)) ?? [];
    const firsts = own.filter((one, i) => own.findIndex(({ data }) => data.level === one.data.level) === i);
    if (firsts.includes(entry)) return [{ entry, before: 0 }];
    return own.at(-1) === entry ? [{ entry, before: own.length - firsts.length - 1 }] : [];
  });
}
