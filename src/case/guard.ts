import { CHINA_OFFSET, endOfDay, parseDate } from '#clock/civil.ts';
import { durationMs, parseDuration } from '#clock/duration.ts';
import { type Guard, guardPaths } from '#policy/language/guard.ts';
import type { Value } from './event.ts';
import { readPath, type Scope } from './paths.ts';

const isFilled = (value: Value): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

type Condition = (scope: Scope) => boolean;

// Guards are parts of packs: each is turned into a function once, when it is first asked.
const conditions = new WeakMap<Guard, Condition>();

/** Whether a condition of the pack holds. */
export function holds(guard: Guard, scope: Scope): boolean {
  let condition = conditions.get(guard);
  if (!condition) {
    condition = conditionOf(guard);
    conditions.set(guard, condition);
  }
  return condition(scope);
}

function conditionOf(guard: Guard): Condition {
  if ('all' in guard) {
    const parts = guard.all.map(conditionOf);
    return (scope) => parts.every((part) => part(scope));
  }
  if ('any' in guard) {
    const parts = guard.any.map(conditionOf);
    return (scope) => parts.some((part) => part(scope));
  }
  if ('not' in guard) {
    const part = conditionOf(guard.not);
    return (scope) => !part(scope);
  }
  const judge = judgeOf(guard);
  return (scope) => judge(readPath(guard.field, scope), scope);
}

/** How the value of one path is judged. */
function judgeOf(
  guard: Exclude<Guard, { all: Guard[] } | { any: Guard[] } | { not: Guard }>,
): (value: Value, scope: Scope) => boolean {
  if ('is' in guard) return (value) => value === guard.is;
  if ('in' in guard) return (value) => guard.in.some((item) => item === value);
  if ('filled' in guard) return (value) => isFilled(value) === guard.filled;
  if ('atLeast' in guard) return (value, scope) => compare(value, guard.atLeast, scope, (a, b) => a >= b);
  if ('atMost' in guard) return (value, scope) => compare(value, guard.atMost, scope, (a, b) => a <= b);
  if ('includes' in guard) return (value) => Array.isArray(value) && value.includes(guard.includes);
  if ('same' in guard) return (value, scope) => value !== null && value === readPath(guard.same, scope);
  if ('coveredBy' in guard) return (value, scope) => covered(value, readPath(guard.coveredBy, scope));
  if ('under' in guard) {
    const below = `${guard.under}/`;
    return (value) => typeof value === 'string' && (value === guard.under || value.startsWith(below));
  }
  if ('after' in guard) return (value, scope) => isAfter(value, readPath(guard.after, scope));
  return (value, scope) => {
    const within = guard.within.startsWith('setting.') ? String(readPath(guard.within, scope)) : guard.within;
    return liesWithin(value, readPath(guard.of, scope), within);
  };
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
