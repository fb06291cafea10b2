import { expect, test } from 'vitest';
import type { Shift } from './shifts.ts';
import { nextDuty, onShift } from './staffing/roster.ts';
import { noStaffing } from './staffing/rows.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1080 }));
const source = (shifts: readonly Shift[]) => ({ shifts: new Map([['he', shifts]]), staffing: noStaffing });
const shiftAt = (shifts: readonly Shift[], now: number): { endsAt: number } | null => {
  const duty = onShift(source(shifts), 'he', now);
  return duty && { endsAt: duty.to };
};
const nextShift = (shifts: readonly Shift[], now: number): number | null => nextDuty(source(shifts), 'he', now);
const night = [{ weekday: 7, fromMinute: 1200, toMinute: 480 }];

test('the office is on duty from nine sharp until just before six', () => {
  expect(shiftAt(office, at('2026-03-02T09:00:00'))).toEqual({ endsAt: at('2026-03-02T18:00:00') });
  expect(shiftAt(office, at('2026-03-02T08:59:59'))).toBeNull();
  expect(shiftAt(office, at('2026-03-02T18:00:00'))).toBeNull();
  expect(shiftAt(office, at('2026-03-07T10:00:00'))).toBeNull();
});

test('a night shift that began on Sunday still runs on Monday morning, and only then', () => {
  expect(shiftAt(night, at('2026-03-02T07:59:00'))).toEqual({ endsAt: at('2026-03-02T08:00:00') });
  expect(shiftAt(night, at('2026-03-01T20:00:00'))).toEqual({ endsAt: at('2026-03-02T08:00:00') });
  expect(shiftAt(night, at('2026-03-03T07:00:00'))).toBeNull();
});

test('whoever is off duty is known to come next on the right day', () => {
  expect(nextShift(office, at('2026-03-06T18:30:00'))).toBe(at('2026-03-09T09:00:00'));
  expect(nextShift(night, at('2026-03-01T20:00:00'))).toBe(at('2026-03-08T20:00:00'));
  expect(nextShift([], at('2026-03-01T20:00:00'))).toBeNull();
});
