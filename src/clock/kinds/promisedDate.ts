import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import type { ClockKind } from '../kind.ts';

/** A moment two people agreed on. A pause does not move it: only a new agreement does. */
export interface PromisedDateSpan {
  kind: 'promisedDate';
  at: Instant;
}

export const promisedDate: ClockKind<PromisedDateSpan> = {
  usesCalendar: false,
  due: (span) => ({ at: span.at, days: null }),
  warn: (span, run, fraction) => ({
    at: span.at <= run.start ? span.at : run.start + Math.floor((span.at - run.start) * fraction),
    days: null,
  }),
  measure: (run, to) => Math.max(0, to - run.start) / MINUTE,
  amount: (span, run) => Math.max(0, span.at - run.start) / MINUTE,
  before: (_span, at) => at,
};
