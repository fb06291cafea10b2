import { describe, test } from 'vitest';
import { pack } from './golden.ts';
import { fromReworkToTheMemo, lateUnsignedUnplanned, theTapIsMended } from './shown/stories.ts';

describe('The worked case: a dripping tap', () => {
  test('S6-18 S6-19 S6-35 S6-37 S6-43 S6-66 S6-67 · told, sent, mended, signed, receipted, handed back and visited in time', () => {
    theTapIsMended(pack);
  });
});

describe('The same when things go wrong', () => {
  test('S6-35 S6-43 S6-75 · the sixteenth minute is late, unsigned is not charged, an unapproved plan is told on the third day', () =>
    lateUnsignedUnplanned(pack));

  test('S6-95 S6-97 · repaired again, then a large claim; without the memo signed nothing is paid', () =>
    fromReworkToTheMemo(pack));
});
