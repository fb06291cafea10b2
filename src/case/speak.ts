import type { ClockSpec } from '#policy/language/clock.ts';
import { milliseconds } from './clock-run.ts';
import { clockWords } from './clock-words.ts';
import type { Person } from './context.ts';
import { clockwork, type Draft, emitByClock } from './draft.ts';
import type { ClockMoment } from './event.ts';
import { holdersOf } from './roles.ts';
import { nextShiftOffer } from './shift-due.ts';
import { speakOfShift } from './shift-offer.ts';
import type { ClockRun } from './state.ts';
import { take } from './take.ts';

/**
 * Lets every clock speak whose moment has come, in order of time, each at its own moment. A breach becomes a fact here,
 * before whatever else is decided, so being late to notice it never makes it vanish.
 */
export function letClocksSpeak(draft: Draft): void {
  for (;;) {
    const next = earliest(draft);
    const offer = nextShiftOffer(draft.state);
    if (offer && offer.at <= draft.ctx.now && (!next || offer.at < next.moment.at)) speakOfShift(draft, offer);
    else if (next) speak(draft, next.run, next.moment);
    else return;
  }
}

function earliest(draft: Draft): { run: ClockRun; moment: ClockMoment } | null {
  let best: { run: ClockRun; moment: ClockMoment } | null = null;
  for (const run of draft.state.clocks) {
    const moment = run.status === 'running' ? run.moments[run.fired] : undefined;
    if (moment && moment.at <= draft.ctx.now && (best === null || moment.at < best.moment.at)) best = { run, moment };
  }
  return best;
}

function speak(draft: Draft, run: ClockRun, moment: ClockMoment): void {
  const { clock, run: number, dueAt, clause } = run;
  const spec = draft.ctx.pack.procedures[draft.state.procedure]?.clocks[clock];
  if (!spec) throw new Error(`Clock ${clock} of ${draft.state.number} is not in its pack`);
  const listeners = whoHears(draft, moment);
  const told = listeners.map(({ person }) => person.name);
  const { kind, at } = moment;
  if (kind === 'warning') emitByClock(draft, 'clockWarned', { clock, run: number, dueAt, clause }, at);
  else if (kind === 'target')
    emitByClock(draft, 'clockTargetMissed', { clock, run: number, targetAt: run.targetAt ?? dueAt, clause }, at);
  else {
    const again = repeated(spec, run, moment);
    const owedBy = holdersOf(spec.responsible, draft.state, draft.ctx).map((person) => person.name);
    emitByClock(
      draft,
      'clockBreached',
      { clock, run: number, level: moment.level ?? 1, dueAt, clause, owedBy, told, again },
      at,
    );
  }
  const { text } = clockWords(draft.state, spec, run, moment);
  for (const { person, role } of listeners) {
    const to = { kind: 'person', personId: person.id, name: person.name, role } as const;
    emitByClock(draft, 'noticeIssued', { notice: `clock.${kind}`, to, text, clause }, at);
  }
  if (kind === 'limit' && spec.takes !== undefined) takeByItself(draft, spec.takes, at);
}

/** What silence or time brings about: the step is taken at the moment of the limit, wholly or not at all. */
function takeByItself(draft: Draft, step: string, at: number): void {
  const ctx = { ...draft.ctx, now: at, actor: { ...clockwork, posts: [] } };
  const attempt: Draft = { state: draft.state, events: [], ctx };
  if (take(attempt, { type: 'take', step, values: {} })) return;
  draft.events.push(...attempt.events);
  draft.state = attempt.state;
}

/** The next time a repeating clock speaks, once its ladder is used up. */
function repeated(spec: ClockSpec, run: ClockRun, moment: ClockMoment): ClockMoment | null {
  if (spec.repeat === undefined || run.fired + 1 < run.moments.length) return null;
  return { kind: 'repeat', at: moment.at + milliseconds(spec.repeat), tells: moment.tells, level: moment.level ?? 1 };
}

/** Everybody whom a moment tells, each once, under the first role that names him. */
function whoHears(draft: Draft, moment: ClockMoment): { person: Person; role: string }[] {
  const heard = new Map<string, { person: Person; role: string }>();
  for (const role of moment.tells)
    for (const person of holdersOf(role, draft.state, draft.ctx))
      if (!heard.has(person.id)) heard.set(person.id, { person, role });
  return [...heard.values()];
}
