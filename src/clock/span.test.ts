import { expect, test } from 'vitest';
import { text } from '#kernel/text.ts';
import type { Calendar, SpecialDay } from './calendar.ts';
import { formatLocal } from './civil.ts';
import { describeProvisional } from './provisional.ts';
import { countBack, dueAt, fractionAt, isOnTime, lateFrom, measure, remaining, type Span } from './span.ts';

const OFFICE = [
  { from: 540, to: 720 },
  { from: 810, to: 1080 },
];
const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}+08:00`);
const shown = (span: Span, start: string, pauses: { from: number; to: number }[] = []): string =>
  formatLocal(dueAt(span, at(start), calendar, pauses).at, 480, true);
const pause = (from: string, to: string): { from: number; to: number } => ({ from: at(from), to: at(to) });

// The fixture of S1-22: 1 to 8 October off, Saturday 11 October worked; 2025 is a year in which these weekdays hold.
const days = new Map<string, SpecialDay>([
  ['2025-10-11', { kind: 'makeUpDay', name: text('调休上班', 'Make-up day') }],
]);
for (let d = 1; d <= 8; d += 1) days.set(`2025-10-0${d}`, { kind: 'holiday', name: text('国庆节', 'National Day') });
const calendar: Calendar = {
  id: 'fixture',
  version: '1',
  title: text('夹具日历', 'Fixture'),
  offsetMinutes: 480,
  week: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []],
  days,
  years: new Map([
    [2025, { status: 'announced', notice: 'x' }],
    [2026, { status: 'announced', notice: 'y' }],
    [2027, { status: 'provisional', notice: 'z' }],
  ]),
};

test('S1-11: first contact within 24 hours, through the weekend, on time up to that second', () => {
  const due = dueAt({ kind: 'elapsed', minutes: 1440 }, at('2026-03-07 10:00:00'), calendar);
  expect(due).toEqual({ at: at('2026-03-08 10:00:00'), calendar: null, provisionalYears: [] });
  expect(isOnTime(at('2026-03-08 10:00:00'), due)).toBe(true);
  expect(isOnTime(at('2026-03-08 10:00:00.999'), due)).toBe(true);
  expect(isOnTime(at('2026-03-08 10:00:01'), due)).toBe(false);
  expect(lateFrom(due)).toBe(at('2026-03-08 10:00:01'));
});

test('S1-16: inspection within 48 hours of a report on Friday 16:00 ends on Sunday 16:00', () => {
  expect(shown({ kind: 'elapsed', minutes: 2880 }, '2026-03-06 16:00')).toBe('2026-03-08 16:00:00');
});

test('S1-22: finished on 30 September, three working days end with Saturday 11 October', () => {
  const due = dueAt({ kind: 'workingDays', days: 3 }, at('2025-09-30 15:00'), calendar);
  expect(formatLocal(due.at, 480, true)).toBe('2025-10-11 23:59:59');
  expect(due.calendar).toEqual({ id: 'fixture', version: '1' });
  expect(isOnTime(at('2025-10-11 23:59:59.999'), due)).toBe(true);
  expect(isOnTime(at('2025-10-12 00:00'), due)).toBe(false);
  expect(lateFrom(due)).toBe(at('2025-10-12 00:00'));
});

test('working days may instead end when business closes, and a night shift counts as closing at midnight', () => {
  expect(shown({ kind: 'workingDays', days: 3, until: 'closeOfBusiness' }, '2025-09-30 15:00')).toBe(
    '2025-10-11 18:00:00',
  );
  const night = { ...calendar, week: Array.from({ length: 7 }, () => [{ from: 1320, to: 1800 }]) };
  const due = dueAt({ kind: 'workingDays', days: 1, until: 'closeOfBusiness' }, at('2026-03-02 09:00'), night);
  expect(formatLocal(due.at, 480, true)).toBe('2026-03-03 23:59:59');
});

test('S4-16 and S4-19: calendar days leave out the first day and end at 24:00 of the last', () => {
  expect(shown({ kind: 'calendarDays', days: 3 }, '2026-03-03 09:00')).toBe('2026-03-06 23:59:59');
  expect(shown({ kind: 'calendarDays', days: 15 }, '2026-03-01 09:00')).toBe('2026-03-16 23:59:59');
});

test('calendar days that end in a holiday move to the first day after it, unless the procedure says otherwise', () => {
  expect(shown({ kind: 'calendarDays', days: 3 }, '2025-09-29 09:00')).toBe('2025-10-09 23:59:59');
  expect(shown({ kind: 'calendarDays', days: 3, rollOver: false }, '2025-09-29 09:00')).toBe('2025-10-02 23:59:59');
  expect(shown({ kind: 'calendarDays', days: 3 }, '2026-03-04 09:00')).toBe('2026-03-09 23:59:59');
  expect(shown({ kind: 'calendarDays', days: 3, rollOver: 'publicHolidays' }, '2026-03-04 09:00')).toBe(
    '2026-03-07 23:59:59',
  );
  expect(shown({ kind: 'calendarDays', days: 2 }, '2025-10-09 09:00')).toBe('2025-10-11 23:59:59');
});

test('the same day and the next day end at 24:00, whatever days they are', () => {
  expect(shown({ kind: 'endOfDay' }, '2025-10-01 00:00')).toBe('2025-10-01 23:59:59');
  expect(shown({ kind: 'endOfDay', days: 1 }, '2025-12-31 23:59:59')).toBe('2026-01-01 23:59:59');
});

test('working minutes skip lunch, night, weekend and holiday, and end exactly when work stops', () => {
  expect(shown({ kind: 'workingMinutes', minutes: 60 }, '2026-03-06 11:30')).toBe('2026-03-06 14:00:00');
  expect(shown({ kind: 'workingMinutes', minutes: 60 }, '2026-03-06 17:30')).toBe('2026-03-09 09:30:00');
  expect(shown({ kind: 'workingMinutes', minutes: 30 }, '2026-03-06 17:30')).toBe('2026-03-06 18:00:00');
  expect(shown({ kind: 'workingMinutes', minutes: 60 }, '2025-09-30 17:30')).toBe('2025-10-09 09:30:00');
});

test('a promised date is what was promised, and a pause does not move it', () => {
  const span: Span = { kind: 'promisedDate', at: at('2026-03-20 18:00') };
  expect(dueAt(span, at('2026-03-02 09:00'), calendar, [pause('2026-03-03 09:00', '2026-03-30 09:00')]).at).toBe(
    span.at,
  );
  expect(fractionAt(span, at('2026-03-10 18:00'), calendar, 0.8).at).toBe(at('2026-03-18 18:00'));
  expect(fractionAt(span, at('2026-03-21 18:00'), calendar, 0.8).at).toBe(span.at);
});

test('a pause adds its own length to hours, and only its working time to working hours', () => {
  const overWeekend = [pause('2026-03-06 17:00', '2026-03-09 10:00')];
  expect(shown({ kind: 'elapsed', minutes: 120 }, '2026-03-06 16:00', overWeekend)).toBe('2026-03-09 11:00:00');
  expect(shown({ kind: 'workingMinutes', minutes: 120 }, '2026-03-06 16:30', overWeekend)).toBe('2026-03-09 11:30:00');
});

test('a day counts unless the clock stands still at its end, so nothing falls due during a pause', () => {
  const span: Span = { kind: 'workingDays', days: 2 };
  expect(shown(span, '2026-03-02 09:00')).toBe('2026-03-04 23:59:59');
  expect(shown(span, '2026-03-02 09:00', [pause('2026-03-03 10:00', '2026-03-03 15:00')])).toBe('2026-03-04 23:59:59');
  expect(shown(span, '2026-03-02 09:00', [pause('2026-03-04 10:00', '2026-03-06 15:00')])).toBe('2026-03-06 23:59:59');
  expect(shown({ kind: 'endOfDay' }, '2026-03-02 09:00', [pause('2026-03-02 23:00', '2026-03-03 01:00')])).toBe(
    '2026-03-03 23:59:59',
  );
  expect(
    shown({ kind: 'calendarDays', days: 1 }, '2026-03-02 09:00', [pause('2026-03-03 10:00', '2026-03-06 10:00')]),
  ).toBe('2026-03-06 23:59:59');
});

test('overlapping pauses count once, in whatever order they were recorded, and pauses outside the run not at all', () => {
  const span: Span = { kind: 'elapsed', minutes: 600 };
  const history = [
    pause('2026-03-02 12:00', '2026-03-02 14:00'),
    pause('2026-03-02 11:00', '2026-03-02 13:00'),
    pause('2026-03-01 00:00', '2026-03-02 09:30'),
    pause('2026-03-09 00:00', '2026-03-09 09:00'),
  ];
  expect(shown(span, '2026-03-02 09:00', history)).toBe('2026-03-02 22:30:00');
});

test('warnings: at four fifths of the hours, and for working days while people are at work', () => {
  const hours = fractionAt({ kind: 'elapsed', minutes: 1440 }, at('2026-03-07 10:00'), calendar, 0.8);
  expect(formatLocal(hours.at)).toBe('2026-03-08 05:12');
  const threeDays: Span = { kind: 'workingDays', days: 3 };
  const warned = fractionAt(threeDays, at('2026-03-05 18:00'), calendar, 0.8);
  expect(formatLocal(warned.at)).toBe('2026-03-10 12:00');
  expect(formatLocal(countBack({ kind: 'workingDays', days: 1 }, at('2026-03-09 23:59'), calendar))).toBe(
    '2026-03-06 23:59',
  );
  expect(() => fractionAt(threeDays, 0, calendar, 1.2)).toThrow(RangeError);
});

test('what is left is told in the unit of the clock and turns negative once it is late', () => {
  const span: Span = { kind: 'workingDays', days: 3 };
  expect(remaining(span, at('2025-09-30 15:00'), at('2025-10-05 09:00'), calendar)).toBe(3);
  expect(remaining(span, at('2025-09-30 15:00'), at('2025-10-11 09:00'), calendar)).toBe(0);
  expect(remaining(span, at('2025-09-30 15:00'), at('2025-10-13 09:00'), calendar)).toBe(-1);
  expect(remaining({ kind: 'elapsed', minutes: 60 }, at('2026-03-02 09:00'), at('2026-03-02 09:45'), calendar)).toBe(
    15,
  );
  expect(measure('workingDays', at('2026-03-06 09:00'), at('2026-03-10 09:00'), calendar)).toBe(2);
});

test('a deadline that reaches into a year not yet announced says so in both languages', () => {
  const due = dueAt({ kind: 'workingDays', days: 5 }, at('2026-12-29 09:00'), calendar);
  expect(due.provisionalYears).toEqual([2027]);
  expect(describeProvisional(due)?.zh).toContain('2027 年');
  expect(describeProvisional(due)?.en).toContain('2027');
  const before = dueAt({ kind: 'workingDays', days: 2 }, at('2026-12-29 09:00'), calendar);
  expect(before.provisionalYears).toEqual([]);
  expect(describeProvisional(before)).toBeNull();
  expect(dueAt({ kind: 'workingDays', days: 1 }, at('2031-05-05 09:00'), calendar).provisionalYears).toEqual([2031]);
  expect(dueAt({ kind: 'elapsed', minutes: 99_999 }, at('2026-12-29 09:00'), calendar).provisionalYears).toEqual([]);
});

test('a calendar on which nobody ever works is a fault, not an endless search', () => {
  const never = { ...calendar, week: [[], [], [], [], [], [], []] };
  expect(() => dueAt({ kind: 'workingDays', days: 1 }, at('2026-03-02 09:00'), never)).toThrow(/no working time/);
  expect(() => dueAt({ kind: 'workingMinutes', minutes: 1 }, at('2026-03-02 09:00'), never)).toThrow(/no working time/);
  expect(() => dueAt({ kind: 'calendarDays', days: 1 }, at('2026-03-02 09:00'), never)).toThrow(/no working time/);
});
