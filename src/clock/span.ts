import type { Instant } from '#kernel/instant.ts';
import { SECOND } from '#kernel/instant.ts';
import type { Calendar } from './calendar.ts';
import { isProvisional } from './calendar.ts';
import { civil } from './civil.ts';
import type { ClockKind, Moment, Run } from './kind.ts';
import { type CalendarDaysSpan, calendarDays } from './kinds/calendarDays.ts';
import { type ElapsedSpan, elapsed } from './kinds/elapsed.ts';
import { type EndOfDaySpan, endOfDay } from './kinds/endOfDay.ts';
import { type PromisedDateSpan, promisedDate } from './kinds/promisedDate.ts';
import { type WorkingDaysSpan, workingDays } from './kinds/workingDays.ts';
import { type WorkingMinutesSpan, workingMinutes } from './kinds/workingMinutes.ts';
import { type Pause, settle } from './pauses.ts';

/** Every kind of clock: one line each. */
interface Spans {
  elapsed: ElapsedSpan;
  workingMinutes: WorkingMinutesSpan;
  workingDays: WorkingDaysSpan;
  calendarDays: CalendarDaysSpan;
  endOfDay: EndOfDaySpan;
  promisedDate: PromisedDateSpan;
}
const KINDS: { [K in keyof Spans]: ClockKind<Spans[K]> } = {
  elapsed,
  workingMinutes,
  workingDays,
  calendarDays,
  endOfDay,
  promisedDate,
};

export type SpanKind = keyof Spans;
export type Span = Spans[SpanKind];

/** The names of all kinds, for schemas and random walks. */
export const SPAN_KINDS: readonly SpanKind[] = Object.keys(KINDS).filter((name): name is SpanKind => name in KINDS);

/**
 * A deadline. `at` is always the last moment that is on time, so one comparison serves every kind: `moment <= due.at`.
 * Time kinds: exactly start + N. Day kinds: the last millisecond before 24:00 (or the moment business closes).
 */
export interface Due {
  at: Instant;
  /** The calendar it was computed from; null when none was needed. */
  calendar: { id: string; version: string } | null;
  /** Years not yet announced whose days the answer depends on, rising. */
  provisionalYears: number[];
}

// The list's type ties every name to the span of the same name; the compiler cannot follow that through a union.
const kindOf = <S extends Span>(span: S): ClockKind<S> => KINDS[span.kind] as unknown as ClockKind<S>;

const runOf = (start: Instant, calendar: Calendar, pauses: readonly Pause[]): Run => ({
  start,
  calendar,
  pauses: settle(pauses, start),
});

function toDue(moment: Moment, calendar: Calendar, usesCalendar: boolean): Due {
  const provisionalYears: number[] = [];
  if (moment.days) {
    const last = civil(moment.days.to).year;
    for (let year = civil(moment.days.from).year; year <= last; year += 1) {
      if (isProvisional(calendar, year)) provisionalYears.push(year);
    }
  }
  return {
    at: moment.at,
    calendar: usesCalendar ? { id: calendar.id, version: calendar.version } : null,
    provisionalYears,
  };
}

/** When a span that starts at `start` falls due. Pauses are the whole history; those after the due moment do nothing. */
export function dueAt(span: Span, start: Instant, calendar: Calendar, pauses: readonly Pause[] = []): Due {
  const kind = kindOf(span);
  return toDue(kind.due(span, runOf(start, calendar, pauses)), calendar, kind.usesCalendar);
}

/** The moment at which `fraction` (0…1, else RangeError) of the time allowed has run: for warning points. */
export function fractionAt(
  span: Span,
  start: Instant,
  calendar: Calendar,
  fraction: number,
  pauses: readonly Pause[] = [],
): Due {
  if (!(fraction >= 0 && fraction <= 1))
    throw new RangeError(`A warning point lies between 0 and 1, not at ${fraction}`);
  const kind = kindOf(span);
  return toDue(kind.warn(span, runOf(start, calendar, pauses), fraction), calendar, kind.usesCalendar);
}

/** How much of a kind's own unit ran between two moments: minutes for time kinds and promises, days for day kinds. */
export function measure(
  kind: SpanKind,
  from: Instant,
  to: Instant,
  calendar: Calendar,
  pauses: readonly Pause[] = [],
): number {
  return KINDS[kind].measure(runOf(from, calendar, pauses), to);
}

/** What is left at `now`, in the span's own unit; negative once more has run than was allowed. */
export function remaining(
  span: Span,
  start: Instant,
  now: Instant,
  calendar: Calendar,
  pauses: readonly Pause[] = [],
): number {
  const kind = kindOf(span);
  const run = runOf(start, calendar, pauses);
  return kind.amount(span, run) - kind.measure(run, now);
}

/**
 * The moment that lies `span` before `at`, for warnings given as "one working day before it falls due". It can lie
 * before the start of a clock that began on a rest day: then the warning is due at once.
 */
export function countBack(span: Span, at: Instant, calendar: Calendar): Instant {
  return kindOf(span).before(span, at, calendar);
}

/** Whether something done at `moment` was on time; to the second, as deadlines are written. */
export const isOnTime = (moment: Instant, due: Due): boolean => Math.floor(moment / SECOND) * SECOND <= due.at;

/** The first moment that is late: when a timer for the breach must fire. */
export const lateFrom = (due: Due): Instant => (Math.floor(due.at / SECOND) + 1) * SECOND;
