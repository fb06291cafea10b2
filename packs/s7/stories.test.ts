import { describe, test } from 'vitest';
import { fromReworkToTheMemo, lateUnsignedUnplanned, theTapIsMended } from '../s6/shown/stories.ts';
import { pack } from './golden.ts';

describe('The worked case: a dripping tap', () => {
  test('S7-16 S7-17 S7-33 S7-35 S7-41 S7-64 S7-65 · told, sent, mended, signed, receipted, handed back and visited in time', () => {
    theTapIsMended(pack);
  });
});

describe('The same when things go wrong', () => {
  test('S7-33 S7-41 S7-73 · the sixteenth minute is late, unsigned is not charged, an unapproved plan is told on the third day', () =>
    lateUnsignedUnplanned(pack));

  test('S7-93 S7-95 · repaired again, then a large claim; without the memo signed nothing is paid', () =>
    fromReworkToTheMemo(pack));
});
