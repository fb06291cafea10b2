import { MINUTE } from '#kernel/instant.ts';
import type { ClockKind } from '../kind.ts';
import { pausedBetween, runElapsed } from '../pauses.ts';

/** Minutes that run day and night, weekends and holidays included; paused time is added at the end. */
export interface ElapsedSpan {
  kind: 'elapsed';
  minutes: number;
}

export const elapsed: ClockKind<ElapsedSpan> = {
  usesCalendar: false,
  due: (span, run) => ({ at: runElapsed(run.start, span.minutes * MINUTE, run.pauses), days: null }),
  warn: (span, run, fraction) => ({
    at: runElapsed(run.start, Math.floor(span.minutes * MINUTE * fraction), run.pauses),
    days: null,
  }),
  measure: (run, to) => (to <= run.start ? 0 : (to - run.start - pausedBetween(run.pauses, run.start, to)) / MINUTE),
  amount: (span) => span.minutes,
  before: (span, at) => at - span.minutes * MINUTE,
};
