import { durationMs, parseDuration } from '#clock/duration.ts';
import type { Pause } from '#clock/pauses.ts';
import { type Due, dueAt, fractionAt, isOnTime, lateFrom, type Span } from '#clock/span.ts';
import { MINUTE } from '#kernel/instant.ts';
import { type ClockSpec, type SpanSpec, settled } from '#policy/language/clock.ts';
import type { Context } from './context.ts';
import { type Draft, emit } from './draft.ts';
import type { CaseEvents, ClockMoment } from './event.ts';
import { momentOf } from './guard.ts';
import { readPath, type Scope } from './paths.ts';
import type { CaseState, ClockRun } from './state.ts';

type Times = Pick<CaseEvents['clockStarted'], 'dueAt' | 'targetAt' | 'moments' | 'calendar' | 'provisionalYears'>;

// Durations are words of packs: each is read once.
const lengths = new Map<string, number>();

/** Milliseconds of a duration that the pack's schema has already checked. */
export function milliseconds(iso: string): number {
  const known = lengths.get(iso);
  if (known !== undefined) return known;
  const read = parseDuration(iso);
  if (!read.ok) throw new Error(`The pack let a malformed duration through: ${iso}`);
  const length = durationMs(read.value);
  lengths.set(iso, length);
  return length;
}

/** The span in the clock room's terms; null when the promise it rests on has not been made. */
function spanOf(spec: SpanSpec, scope: Scope): Span | null {
  if ('elapsed' in spec) return { kind: 'elapsed', minutes: milliseconds(spec.elapsed) / MINUTE };
  if ('workingMinutes' in spec) return { kind: 'workingMinutes', minutes: spec.workingMinutes };
  if ('workingDays' in spec) return { kind: 'workingDays', days: spec.workingDays, until: spec.until };
  if ('calendarDays' in spec) return { kind: 'calendarDays', days: spec.calendarDays, rollOver: spec.rollOver };
  if ('endOfDay' in spec) return { kind: 'endOfDay', days: spec.endOfDay };
  const at = momentOf(readPath(spec.promised, scope));
  return at === null ? null : { kind: 'promisedDate', at };
}

/** Whether the clock has something to rest on: the promised date it runs to, where it needs one. */
export const rests = (spec: ClockSpec, scope: Scope): boolean =>
  spanOf(settled(spec.limit, scope.pack), scope) !== null;

/**
 * Every moment of a run, computed once: warnings, target, limit, ladder; null without the promise it rests on.
 * @param given a limit that was given already and stays, whatever would be computed now
 */
export function timesOf(
  spec: ClockSpec,
  startedAt: number,
  scope: Scope,
  { calendar }: Pick<Context, 'calendar'>,
  pauses: readonly Pause[] = [],
  given?: Due,
): Times | null {
  const span = spanOf(settled(spec.limit, scope.pack), scope);
  if (span === null) return null;
  const due = given ?? dueAt(span, startedAt, calendar, pauses);
  const targetSpan = spec.target ? spanOf(settled(spec.target, scope.pack), scope) : null;
  const target = targetSpan ? dueAt(targetSpan, startedAt, calendar, pauses) : null;
  const moments: ClockMoment[] = spec.warnAt.map((fraction) => ({
    kind: 'warning',
    at: fractionAt(span, startedAt, calendar, fraction, pauses).at,
    tells: [spec.responsible],
  }));
  if (target) moments.push({ kind: 'target', at: lateFrom(target), tells: [spec.responsible] });
  for (const [level, step] of spec.ladder.entries())
    moments.push({
      kind: level === 0 ? 'limit' : 'ladder',
      at: lateFrom(due) + milliseconds(step.after),
      tells: step.tells,
      level: level + 1,
    });
  moments.sort((a, b) => a.at - b.at);
  return {
    dueAt: due.at,
    targetAt: target?.at ?? null,
    moments,
    calendar: due.calendar,
    provisionalYears: due.provisionalYears,
  };
}

export const runningOf = (state: CaseState, clock: string): ClockRun | undefined =>
  state.clocks.find((run) => run.clock === clock && (run.status === 'running' || run.status === 'paused'));

/** Starts a clock unless it already runs. Without the promised date it rests on, it does not start. */
export function startClock(draft: Draft, clock: string, spec: ClockSpec, scope: Scope, startedAt: number): void {
  if (runningOf(draft.state, clock)) return;
  const times = timesOf(spec, startedAt, scope, draft.ctx);
  if (times === null) return;
  const run = draft.state.clocks.filter((earlier) => earlier.clock === clock).length + 1;
  emit(draft, 'clockStarted', { clock, run, clause: spec.clause, startedAt, ...times });
}

/** Stops a clock: kept when in time, late otherwise. `lateBy` is in milliseconds past the due moment. */
export function stopClock(draft: Draft, clock: string): void {
  const run = runningOf(draft.state, clock);
  if (!run) return;
  const stoppedAt = draft.ctx.now;
  const inTime =
    run.breachedAt === null && isOnTime(stoppedAt, { at: run.dueAt, calendar: null, provisionalYears: [] });
  const verdict = run.status === 'paused' && run.breachedAt === null ? 'kept' : inTime ? 'kept' : 'late';
  const lateBy = verdict === 'late' ? Math.max(0, stoppedAt - run.dueAt) : 0;
  emit(draft, 'clockStopped', { clock, run: run.run, stoppedAt, verdict, lateBy, clause: run.clause });
}

/** Ends a clock that has lost its purpose. One that was already breached ends late: the breach stays on the record. */
export function cancelClock(draft: Draft, clock: string): void {
  const run = runningOf(draft.state, clock);
  if (!run) return;
  const late = run.breachedAt !== null;
  emit(draft, 'clockStopped', {
    clock,
    run: run.run,
    stoppedAt: draft.ctx.now,
    clause: run.clause,
    verdict: late ? 'late' : 'cancelled',
    lateBy: late ? Math.max(0, draft.ctx.now - run.dueAt) : 0,
  });
}

/** Lets a paused clock run on; its moments are computed afresh from the whole history of pauses. */
export function resumeClock(draft: Draft, clock: string, spec: ClockSpec, scope: Scope): void {
  const run = runningOf(draft.state, clock);
  if (run?.status !== 'paused') return;
  const pauses = run.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? draft.ctx.now }));
  // A limit that was given before the case moved to another version still holds.
  const times = timesOf({ ...spec, limit: run.limit ?? spec.limit }, run.startedAt, scope, draft.ctx, pauses);
  if (times === null) return;
  const { dueAt: due, targetAt, moments, provisionalYears } = times;
  emit(draft, 'clockResumed', { clock, run: run.run, dueAt: due, targetAt, moments, provisionalYears });
}
