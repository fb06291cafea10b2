import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '#kernel/instant.ts';
import { civil, dateOf, dayNumber, formatLocal, localDate, localMidnight, parseDate, weekday } from './civil.ts';
import { durationMs, parseDuration } from './duration.ts';

test('dates agree with the proleptic Gregorian calendar from 1600 to 2999', () => {
  fc.assert(
    fc.property(fc.integer({ min: dayNumber(1600, 1, 1), max: dayNumber(2999, 12, 31) }), (day) => {
      const date = new Date(day * DAY);
      expect(dateOf(day)).toBe(date.toISOString().slice(0, 10));
      expect((weekday(day) + 1) % 7).toBe(date.getUTCDay());
      const { year, month, day: d } = civil(day);
      expect(dayNumber(year, month, d)).toBe(day);
      expect(parseDate(dateOf(day))).toBe(day);
    }),
    { numRuns: 2000 },
  );
});

test('a date that does not exist is not a date', () => {
  for (const wrong of [
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '26-4-1',
    '2026/04/01',
    '',
    '2026-04-01T00',
  ]) {
    expect(parseDate(wrong)).toBeNull();
  }
  expect(parseDate('2028-02-29')).not.toBeNull();
});

test('local time is eight hours ahead of UTC and does not depend on the machine', () => {
  const at = Date.parse('2026-12-31T16:00:00Z');
  expect(localDate(at)).toBe('2027-01-01');
  expect(localDate(at - 1)).toBe('2026-12-31');
  expect(localMidnight(at + 5)).toBe(at);
  expect(formatLocal(at + 61_000, 480, true)).toBe('2027-01-01 00:01:01');
  expect(formatLocal(at, 0)).toBe('2026-12-31 16:00');
});

test.each([
  ['PT24H', 86_400_000],
  ['P3D', 259_200_000],
  ['PT15M', 900_000],
  ['P1DT1H30M', 91_800_000],
  ['P2W', 1_209_600_000],
  ['PT0.5S', 500],
])('%s is read as %i milliseconds', (source, ms) => {
  const read = parseDuration(source);
  expect(read.ok && durationMs(read.value)).toBe(ms);
});

test.each(['', 'P', 'PT', 'P1DT', '24H', 'P1Y', 'P1M', 'PT1.5H', '-PT1H', 'pt1h', 'PT1H ', 'PT99999999999H'])(
  '%j is refused as a duration, with examples in both languages',
  (source) => {
    const read = parseDuration(source);
    expect(read.ok ? null : read.refusal.code).toBe('duration.invalid');
    expect(read.ok ? '' : read.refusal.message.zh).toContain('PT24H');
    expect(read.ok ? '' : read.refusal.message.en).toContain('PT24H');
  },
);
