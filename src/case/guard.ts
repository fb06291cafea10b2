import { CHINA_OFFSET, endOfDay, parseDate } from '#clock/civil.ts';
import { durationMs, parseDuration } from '#clock/duration.ts';
import { type Guard, guardPaths } from '#policy/language/guard.ts';
import type { Value } from './event.ts';
import { readPath, type Scope } from './paths.ts';

const isFilled = (value: Value): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** Whether a condition of the pack holds. */
export function holds(guard: Guard, scope: Scope): boolean {
  if ('all' in guard) return guard.all.every((part) => holds(part, scope));
  if ('any' in guard) return guard.any.some((part) => holds(part, scope));
  if ('not' in guard) return !holds(guard.not, scope);
  const value = readPath(guard.field, scope);
  if ('is' in guard) return value === guard.is;
  if ('in' in guard) return guard.in.some((item) => item === value);
  if ('filled' in guard) return isFilled(value) === guard.filled;
  if ('atLeast' in guard) return compare(value, guard.atLeast, scope, (a, b) => a >= b);
  if ('atMost' in guard) return compare(value, guard.atMost, scope, (a, b) => a <= b);
  if ('includes' in guard) return Array.isArray(value) && value.includes(guard.includes);
  if ('same' in guard) return value !== null && value === readPath(guard.same, scope);
  if ('coveredBy' in guard) return covered(value, readPath(guard.coveredBy, scope));
  if ('under' in guard)
    return typeof value === 'string' && (value === guard.under || value.startsWith(`${guard.under}/`));
  if ('after' in guard) return isAfter(value, readPath(guard.after, scope));
  const within = guard.within.startsWith('setting.') ? String(readPath(guard.within, scope)) : guard.within;
  return liesWithin(value, readPath(guard.of, scope), within);
}

function compare(
  value: Value,
  bound: number | string,
  scope: Scope,
  holdsFor: (a: number, b: number) => boolean,
): boolean {
  const limit = typeof bound === 'number' ? bound : readPath(bound, scope);
  return typeof value === 'number' && typeof limit === 'number' && holdsFor(value, limit);
}

function covered(wanted: Value, done: Value): boolean {
  const names = Array.isArray(done) ? done : [done];
  return Array.isArray(wanted) && wanted.every((item) => names.includes(item));
}

function isAfter(value: Value, other: Value): boolean {
  const [a, b] = [momentOf(value), momentOf(other)];
  return a !== null && b !== null && a > b;
}

/** A date counts to its end, a moment as it stands; days are whole local days. */
function liesWithin(value: Value, from: Value, duration: string): boolean {
  const span = parseDuration(duration);
  const at = momentOf(value);
  if (!span.ok || at === null || typeof from !== 'number') return false;
  const dayOf = typeof value === 'string' ? Math.floor((from + CHINA_OFFSET * 60_000) / 86_400_000) : null;
  const end = dayOf === null ? from + durationMs(span.value) : endOfDay(dayOf + span.value.days, CHINA_OFFSET);
  return at <= end;
}

/** The last moment a promise allows: a date means its 24:00, a moment itself. */
export function momentOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  const day = typeof value === 'string' ? parseDate(value) : null;
  return day === null ? null : endOfDay(day, CHINA_OFFSET);
}

/** Whether a condition can be judged before anything is entered. */
export const needsNoEntry = (guard: Guard): boolean => guardPaths(guard).every((path) => !path.startsWith('values.'));
