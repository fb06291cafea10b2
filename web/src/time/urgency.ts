import type { Instant } from '@room/kernel/instant.ts';

export type Urgency = 'late' | 'soon' | 'ample';

/** Late after the end, soon in the last fifth of the span, ample before. */
export function urgency(startedAt: Instant, dueAt: Instant, now: Instant): Urgency {
  if (now > dueAt) return 'late';
  return dueAt - now < (dueAt - startedAt) / 5 ? 'soon' : 'ample';
}
