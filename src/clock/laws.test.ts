import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import { type Calendar, type DayInterval, intervalsOn, isWorkingDay, type SpecialDay } from './calendar.ts';
import { dateOf, dayNumber, dayOf, startOfDay } from './civil.ts';
import type { Pause } from './pauses.ts';
import { countBack, dueAt, fractionAt, measure, type Span } from './span.ts';
import { workedBetween } from './working.ts';

const PATTERNS: DayInterval[][] = [
  [
    { from: 540, to: 720 },
    { from: 810, to: 1080 },
  ],
  [{ from: 1320, to: 1800 }],
  [{ from: 0, to: 1440 }],
  [
    { from: 480, to: 725 },
    { from: 1200, to: 2100 },
  ],
  [{ from: 600, to: 2880 }],
  [{ from: 1, to: 2 }],
  [],
];
const BASE = dayNumber(2026, 12, 1);
const pattern = fc.constantFrom(...PATTERNS);
const working = fc.constantFrom(...PATTERNS.slice(0, -1));
const name = text('某日', 'A day');

const special: fc.Arbitrary<SpecialDay> = fc.oneof(
  fc.constant<SpecialDay>({ kind: 'holiday', name }),
  fc.constant<SpecialDay>({ kind: 'makeUpDay', name }),
  working.map((intervals): SpecialDay => ({ kind: 'makeUpDay', name, intervals })),
);

/** Calendars around two turns of the year, with shifts, lunch breaks, make-up days and holidays anywhere. */
const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    monday: working,
    rest: fc.array(pattern, { minLength: 6, maxLength: 6 }),
    offsetMinutes: fc.constantFrom(480, 0, -210),
    days: fc.array(fc.tuple(fc.integer({ min: -10, max: 430 }), special), { maxLength: 60 }),
  })
  .map(({ monday, rest, offsetMinutes, days }) => ({
    id: 'any',
    version: '1',
    title: name,
    offsetMinutes,
    week: [monday, ...rest],
    days: new Map(days.map(([day, kind]) => [dateOf(BASE + day), kind])),
    years: new Map(),
  }));

const SPREAD = 380 * 1440;
// Whole minutes, single milliseconds and midnights: the edges are where clocks break.
const moments = fc.oneof(
  fc.integer({ min: 0, max: SPREAD }).map((m) => BASE * DAY + m * MINUTE),
  fc.integer({ min: 0, max: SPREAD * MINUTE }).map((ms) => BASE * DAY + ms),
  fc.integer({ min: 0, max: 380 }).map((d) => (BASE + d) * DAY - 480 * MINUTE),
);
const pauses: fc.Arbitrary<Pause[]> = fc.array(
  fc.tuple(moments, fc.integer({ min: 0, max: 6 * 1440 })).map(([from, m]) => ({ from, to: from + m * MINUTE })),
  { maxLength: 6 },
);
/** Pauses near the start, so that they really meet the run. */
const near = (start: number): fc.Arbitrary<Pause[]> =>
  fc.array(
    fc
      .tuple(fc.integer({ min: -2000, max: 15_000 }), fc.integer({ min: 0, max: 5000 }))
      .map(([a, m]) => ({ from: start + a * MINUTE, to: start + (a + m) * MINUTE })),
    { maxLength: 4 },
  );
const minutes = fc.integer({ min: 0, max: 20_000 });
const few = fc.integer({ min: 1, max: 40 });

const addable: fc.Arbitrary<Span> = fc.oneof(
  minutes.map((m): Span => ({ kind: 'elapsed', minutes: m })),
  minutes.map((m): Span => ({ kind: 'workingMinutes', minutes: m })),
  few.map((d): Span => ({ kind: 'workingDays', days: d })),
  few.map((d): Span => ({ kind: 'calendarDays', days: d, rollOver: false })),
  few.map((d): Span => ({ kind: 'endOfDay', days: d })),
);
const spans: fc.Arbitrary<Span> = fc.oneof(
  addable,
  few.map((d): Span => ({ kind: 'workingDays', days: d, until: 'closeOfBusiness' })),
  few.map((d): Span => ({ kind: 'calendarDays', days: d })),
  few.map((d): Span => ({ kind: 'calendarDays', days: d, rollOver: 'publicHolidays' })),
  fc.constant<Span>({ kind: 'endOfDay' }),
  moments.map((at): Span => ({ kind: 'promisedDate', at })),
);
const run = moments.chain((start) => fc.tuple(fc.constant(start), fc.oneof(near(start), pauses)));

/** The same span with its amount replaced. */
function sized(span: Span, amount: number): Span {
  if ('minutes' in span) return { ...span, minutes: amount };
  return span.kind === 'promisedDate' ? span : { ...span, days: amount };
}
const sizeOf = (span: Span): number => ('minutes' in span ? span.minutes : 'days' in span ? (span.days ?? 0) : 0);

test('a span added and then measured gives the span back, whatever the pauses', () => {
  fc.assert(
    fc.property(calendars, run, addable, (calendar, [start, history], span) => {
      const due = dueAt(span, start, calendar, history);
      expect(measure(span.kind, start, due.at, calendar, history)).toBeCloseTo(sizeOf(span), 9);
    }),
    { numRuns: 400 },
  );
});

test('two steps are one', () => {
  fc.assert(
    fc.property(calendars, run, addable, few, (calendar, [start, history], span, more) => {
      const first = dueAt(span, start, calendar, history).at;
      const second = dueAt(sized(span, more), first, calendar, history).at;
      expect(second).toBe(dueAt(sized(span, sizeOf(span) + more), start, calendar, history).at);
    }),
    { numRuns: 400 },
  );
});

test('a later start is never due earlier', () => {
  fc.assert(
    fc.property(
      calendars,
      run,
      fc.integer({ min: 0, max: 9000 * MINUTE }),
      spans,
      (calendar, [start, history], by, span) => {
        expect(dueAt(span, start + by, calendar, history).at).toBeGreaterThanOrEqual(
          dueAt(span, start, calendar, history).at,
        );
      },
    ),
    { numRuns: 600 },
  );
});

test('an added holiday never shortens a deadline', () => {
  fc.assert(
    fc.property(calendars, run, spans, fc.integer({ min: 0, max: 60 }), (calendar, [start, history], span, after) => {
      const date = dateOf(dayOf(start, calendar.offsetMinutes) + after);
      const more = { ...calendar, days: new Map([...calendar.days, [date, { kind: 'holiday', name } as const]]) };
      expect(dueAt(span, start, more, history).at).toBeGreaterThanOrEqual(dueAt(span, start, calendar, history).at);
    }),
    { numRuns: 600 },
  );
});

test('a longer pause never makes a deadline earlier, and nothing falls due in the middle of a pause', () => {
  fc.assert(
    fc.property(
      calendars,
      run,
      spans,
      fc.integer({ min: 0, max: 5000 }),
      (calendar, [start, history], span, longer) => {
        const due = dueAt(span, start, calendar, history).at;
        const [first, ...others] = history;
        if (first) {
          const stretched = [{ from: first.from, to: first.to + longer * MINUTE }, ...others];
          expect(dueAt(span, start, calendar, stretched).at).toBeGreaterThanOrEqual(due);
        }
        if (span.kind !== 'promisedDate')
          expect(history.some((p) => start < p.to && p.from < due && due < p.to)).toBe(false);
      },
    ),
    { numRuns: 600 },
  );
});

test('a warning point never comes after the deadline, nor before the start, nor out of order', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(calendars, run, spans, share, share, (calendar, [start, history], span, a, b) => {
      const due = dueAt(span, start, calendar, history).at;
      const early = fractionAt(span, start, calendar, Math.min(a, b), history).at;
      const late = fractionAt(span, start, calendar, Math.max(a, b), history).at;
      expect(early).toBeLessThanOrEqual(late);
      expect(late).toBeLessThanOrEqual(due);
      expect(early).toBeGreaterThanOrEqual(Math.min(start, due));
    }),
    { numRuns: 600 },
  );
});

test('counting back from a deadline and forward again leads to the same deadline', () => {
  fc.assert(
    fc.property(calendars, moments, addable, few, (calendar, start, span, n) => {
      const due = dueAt(span, start, calendar).at;
      const before = sized(span, Math.min(n, sizeOf(span)));
      const warned = countBack(before, due, calendar);
      expect(warned).toBeLessThanOrEqual(due);
      if (sizeOf(span) > 0) {
        expect(dueAt(before, warned, calendar).at).toBe(due);
        expect(dueAt(before, Math.max(warned, start), calendar).at).toBe(due);
      }
    }),
    { numRuns: 600 },
  );
});

test('working time counted by sums is working time counted minute by minute', () => {
  const works = (calendar: Calendar, at: number): boolean => {
    const day = dayOf(at, calendar.offsetMinutes);
    const minute = (at - startOfDay(day, calendar.offsetMinutes)) / MINUTE;
    return (
      intervalsOn(calendar, day).some((i) => i.from <= minute && minute < i.to) ||
      intervalsOn(calendar, day - 1).some((i) => i.from <= minute + 1440 && minute + 1440 < i.to)
    );
  };
  const start = fc.integer({ min: 20 * 1440, max: 36 * 1440 }).map((m) => BASE * DAY + m * MINUTE);
  fc.assert(
    fc.property(calendars, start, fc.integer({ min: 0, max: 7000 }), (calendar, from, length) => {
      let count = 0;
      for (let m = 0; m < length; m += 1) if (works(calendar, from + m * MINUTE)) count += 1;
      expect(workedBetween(calendar, from, from + length * MINUTE)).toBe(count * MINUTE);
    }),
    { numRuns: 60 },
  );
});

test('working days counted by sums are working days counted one by one', () => {
  fc.assert(
    fc.property(calendars, moments, few, (calendar, start, n) => {
      let day = dayOf(start, calendar.offsetMinutes);
      for (let left = n; left > 0; ) {
        day += 1;
        if (isWorkingDay(calendar, day)) left -= 1;
      }
      const due = dueAt({ kind: 'workingDays', days: n }, start, calendar);
      expect(dayOf(due.at, calendar.offsetMinutes)).toBe(day);
    }),
    { numRuns: 300 },
  );
});
