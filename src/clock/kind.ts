import type { Instant } from '#kernel/instant.ts';
import type { Calendar } from './calendar.ts';
import type { DayNumber } from './civil.ts';
import type { Pause } from './pauses.ts';

/** What a clock runs on. Pauses are settled: sorted, disjoint, none empty. */
export interface Run {
  start: Instant;
  calendar: Calendar;
  pauses: readonly Pause[];
}

/** A moment a kind computed, and the days of the calendar it looked at to find it. */
export interface Moment {
  at: Instant;
  /** First and last day whose kind (working or not) the moment depends on; null when the calendar played no part. */
  days: { from: DayNumber; to: DayNumber } | null;
}

/** One kind of clock. A new kind is one file with one of these and one line in the list of span.ts. */
export interface ClockKind<S> {
  /** Whether the answer depends on the calendar at all (its days or its time zone). */
  usesCalendar: boolean;
  /** The last moment that is on time. */
  due(span: S, run: Run): Moment;
  /** The moment at which `fraction` (0…1) of the time allowed has run; never after the due moment. */
  warn(span: S, run: Run, fraction: number): Moment;
  /** How much of the kind's own unit ran between two moments: minutes for time kinds, days for day kinds. */
  measure(run: Run, to: Instant): number;
  /** How much of its own unit the span allows, counted from the start of the run. */
  amount(span: S, run: Run): number;
  /** The moment that lies this span before `at`, for "N before it falls due". */
  before(span: S, at: Instant, calendar: Calendar): Instant;
}
