import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Calendar } from '#clock/calendar.ts';
import { dayOf, formatLocal, weekday } from '#clock/civil.ts';
import { DAY } from '#kernel/instant.ts';
import { scheduleSchema } from './language/schedule.ts';
import { nextOccurrence } from './schedule.ts';

const china: Calendar = {
  id: 'test',
  version: '1',
  title: { zh: '测试', en: 'Test' },
  offsetMinutes: 480,
  week: [],
  days: new Map(),
  years: new Map(),
};
const duty = (every: object, at = '09:00') =>
  scheduleSchema.parse({ title: { zh: '开箱', en: 'Open' }, clause: '三.1', opens: 'inspection', at, every });
const local = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

test('the letterbox is opened at nine every day, and never twice on the same day', () => {
  const daily = duty({ days: 1 });
  expect(formatLocal(nextOccurrence(daily, local('2026-02-28 08:59'), china))).toBe('2026-02-28 09:00');
  expect(formatLocal(nextOccurrence(daily, local('2026-02-28 09:00'), china))).toBe('2026-03-01 09:00');
});

test('a duty at half past midnight belongs to the local day, not to the day in Greenwich', () => {
  expect(formatLocal(nextOccurrence(duty({ days: 1 }, '00:30'), local('2026-11-21 23:50'), china))).toBe(
    '2026-11-22 00:30',
  );
});

test('a weekly duty falls on its weekday', () => {
  expect(formatLocal(nextOccurrence(duty({ weekday: 1 }), local('2026-11-22 10:00'), china))).toBe('2026-11-23 09:00');
  expect(formatLocal(nextOccurrence(duty({ weekday: 7 }), local('2026-11-22 10:00'), china))).toBe('2026-11-29 09:00');
});

test('a monthly report is due on the tenth, also over the turn of the year', () => {
  expect(formatLocal(nextOccurrence(duty({ months: 1, day: 10 }), local('2026-12-10 09:00'), china))).toBe(
    '2027-01-10 09:00',
  );
});

test('a quarterly duty falls in January, April, July and October', () => {
  const quarterly = duty({ months: 3, day: 5 });
  expect(formatLocal(nextOccurrence(quarterly, local('2026-01-05 09:00'), china))).toBe('2026-04-05 09:00');
  expect(formatLocal(nextOccurrence(quarterly, local('2026-10-20 09:00'), china))).toBe('2027-01-05 09:00');
});

test('occurrences always lie ahead, follow the pattern and leave none out', () => {
  const pattern = fc.oneof(
    fc.constant({ days: 1 }),
    fc.record({ weekday: fc.integer({ min: 1, max: 7 }) }),
    fc.record({ months: fc.constantFrom(1, 2, 3, 4, 6, 12), day: fc.integer({ min: 1, max: 28 }) }),
  );
  const start = local('2020-01-01 00:00');
  fc.assert(
    fc.property(pattern, fc.integer({ min: 0, max: 4000 * DAY }), (every, offset) => {
      const schedule = duty(every);
      const first = nextOccurrence(schedule, start + offset, china);
      expect(first).toBeGreaterThan(start + offset);
      expect(nextOccurrence(schedule, first - 1, china)).toBe(first);
      if ('weekday' in every) expect(weekday(dayOf(first, 480)) + 1).toBe(every.weekday);
      if ('days' in every) expect(first - (start + offset)).toBeLessThanOrEqual(DAY);
    }),
  );
});
