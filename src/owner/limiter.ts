import { type Instant, MINUTE } from '#kernel/instant.ts';

/** Counts per address. Generous, because a whole building may share one address of the telephone company. */
export interface Limiter {
  /** Minutes to wait; 0 when the act may go ahead, which is then counted. */
  take(who: string, now: Instant): number;
}

const SWEEP_AT = 10_000;

/** At most `most` acts of one address within `windowMs`. Kept in the memory of each process (decision 0120): a restart forgives. */
export function openLimiter(most: number, windowMs = 10 * MINUTE): Limiter {
  const seen = new Map<string, Instant[]>();
  return {
    take(who, now) {
      if (seen.size > SWEEP_AT)
        for (const [key, times] of seen) if ((times.at(-1) ?? 0) <= now - windowMs) seen.delete(key);
      const recent = (seen.get(who) ?? []).filter((at) => at > now - windowMs);
      const [oldest] = recent;
      if (oldest !== undefined && recent.length >= most) {
        seen.set(who, recent);
        return Math.max(1, Math.ceil((oldest + windowMs - now) / MINUTE));
      }
      seen.set(who, [...recent, now]);
      return 0;
    },
  };
}
