import type { Instant } from '#kernel/instant.ts';
import { HOUR } from '#kernel/instant.ts';

/** A moment as it travels: ISO 8601 in Chinese time, e.g. 2026-03-05T10:00:00+08:00; milliseconds only when there are any. */
export function wire(at: Instant): string {
  const iso = new Date(at + 8 * HOUR).toISOString();
  return `${iso.endsWith('.000Z') ? iso.slice(0, 19) : iso.slice(0, 23)}+08:00`;
}

export const wireOrNull = (at: Instant | null): string | null => (at === null ? null : wire(at));
