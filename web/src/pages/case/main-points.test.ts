import { expect, test } from 'vitest';
import { mainPoints } from './main-points.ts';

/** An entry of a journal, as far as the timeline looks at it. */
const entry = (seq: number, type: string, data: { [name: string]: string | number } = {}) => ({
  seq,
  type,
  data,
  at: '2026-03-05T10:00:00+08:00',
  actor: { kind: 'system' as const, personId: null, name: '' },
  clause: null,
  hash: '',
  prevHash: '',
  sentence: { zh: '', en: '' },
  erased: false,
});
const late = (seq: number, clock: string, level: number) => entry(seq, 'clockBreached', { clock, run: 1, level });

test('a clock that speaks every day is shown when it first reaches each level and at last, and what lies between is counted', () => {
  const journal = [
    entry(1, 'caseRegistered'),
    entry(2, 'clockStarted'),
    late(3, 'handling', 1),
    late(4, 'report', 1),
    late(5, 'handling', 2),
    ...[6, 7, 8, 9].map((seq) => late(seq, 'handling', 2)),
  ];
  expect(mainPoints(journal).map(({ entry: { seq }, before }) => [seq, before])).toEqual([
    [1, 0],
    [3, 0],
    [4, 0],
    [5, 0],
    [9, 3],
  ]);
});
