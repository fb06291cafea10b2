import { SECOND } from '#kernel/instant.ts';
import { type ClockSpec, settled } from '#policy/language/clock.ts';
import type { IntakeSpec, ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { milliseconds, rests, timesOf } from '../clock-run.ts';
import type { Context } from '../context.ts';
import type { ClockMoment, MovedClock } from '../event.ts';
import { holds } from '../guard.ts';
import type { Scope } from '../paths.ts';
import type { CaseState, ClockRun } from '../state.ts';
import { type MoveFinding, moveFinding } from './finding.ts';
import type { PastAct } from './past.ts';

interface Live {
  paused: boolean;
  /** What the case and the entry looked like when the clock was started. */
  scope: Scope;
}

/** The clocks that would run now, had the case followed the new version from its first day. */
function liveClocks(acts: readonly PastAct[], fresh: ProcedureSpec, ctx: Context): Map<string, Live> {
  const live = new Map<string, Live>();
  for (const act of acts) {
    const spec: StepSpec | IntakeSpec | undefined = act.step === 'intake' ? fresh.intake : fresh.steps[act.step];
    if (!spec) continue;
    const scope: Scope = { state: act.after, values: act.values, pack: ctx.pack, actor: act.event.actor };
    const due = <T extends { clock: string; when?: Parameters<typeof holds>[0] | undefined }>(
      list: readonly T[],
    ): T[] => list.filter((item) => item.when === undefined || holds(item.when, scope));
    const start = (clock: string): void => {
      const own = fresh.clocks[clock];
      if (own && !live.has(clock) && rests(own, scope)) live.set(clock, { paused: false, scope });
    };
    const stand = (clock: string, paused: boolean): void => {
      const one = live.get(clock);
      if (one) live.set(clock, { ...one, paused });
    };
    for (const { clock } of due(spec.pauses)) stand(clock, true);
    for (const { clock } of due(spec.resumes)) stand(clock, false);
    for (const { clock } of due(spec.restarts)) if (live.delete(clock)) start(clock);
    for (const { clock } of due(spec.cancels)) live.delete(clock);
    for (const { clock } of due(spec.starts)) start(clock);
    for (const { clock } of due(spec.stops)) live.delete(clock);
  }
  return live;
}

export interface ClockVerdict {
  clocks: MovedClock[];
  findings: MoveFinding[];
}

/**
 * How the clocks of the new version take over. A clock both versions have runs on from its own beginning under the new
 * limit; a promise the owner sees is never moved later, nobody becomes late by a limit that was not yet in force, and a
 * breach stays as it is. A clock only the new version has begins now. One only the old version has ends; a promise
 * to the owner must not end so.
 */
export function takeOver(state: CaseState, acts: readonly PastAct[], old: Context, ctx: Context): ClockVerdict {
  const fresh = ctx.pack.procedures[state.procedure];
  const before = old.pack.procedures[state.procedure];
  if (!fresh || !before) return { clocks: [], findings: [] };
  const live = liveClocks(acts, fresh, ctx);
  const verdict: ClockVerdict = { clocks: [], findings: [] };
  for (const run of state.clocks) {
    if (run.status !== 'running' && run.status !== 'paused') continue;
    const [was, spec, here] = [before.clocks[run.clock], fresh.clocks[run.clock], live.get(run.clock)];
    if (spec && here) goOn(verdict, run, { was, spec, here, old, ctx });
    else end(verdict, run, was ?? spec, ctx.now);
  }
  for (const [clock, { scope, paused }] of live) {
    const spec = fresh.clocks[clock];
    const runs = state.clocks.filter((run) => run.clock === clock);
    if (!spec || runs.some((run) => run.status === 'running' || run.status === 'paused')) continue;
    if (paused) {
      verdict.findings.push(
        moveFinding(
          'clock',
          clock,
          'blocks',
          spec.clause,
          `“${spec.title.zh}”在新版中此时应为暂停，本件没有这一期限`,
          `“${spec.title.en}” would stand still now in the new version; this case does not have it`,
        ),
      );
      continue;
    }
    const times = timesOf(spec, ctx.now, scope, ctx);
    if (times === null) continue;
    const start = { clock, run: runs.length + 1, clause: spec.clause, startedAt: ctx.now };
    verdict.clocks.push({ act: 'started', ...start, ...times, limit: null });
    verdict.findings.push(
      moveFinding(
        'clock',
        clock,
        'changes',
        spec.clause,
        `新增期限“${spec.title.zh}”，自改用新版时起算`,
        `New limit “${spec.title.en}”; it runs from the moment of the move`,
      ),
    );
  }
  return verdict;
}

function goOn(
  verdict: ClockVerdict,
  run: ClockRun,
  around: { was: ClockSpec | undefined; spec: ClockSpec; here: Live; old: Context; ctx: Context },
): void {
  const { was, spec, here, old, ctx } = around;
  const say = (kind: MoveFinding['verdict'], zh: string, en: string): void => {
    verdict.findings.push(moveFinding('clock', run.clock, kind, spec.clause, zh, en));
  };
  if (run.status === 'paused' && !here.paused) {
    say(
      'blocks',
      `“${spec.title.zh}”正在暂停，新版中此时不暂停`,
      `“${spec.title.en}” stands still; in the new version it would run`,
    );
    return;
  }
  const pauses = run.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? ctx.now }));
  const natural = timesOf(spec, run.startedAt, here.scope, ctx, pauses);
  const limit = run.limit ?? settled((was ?? spec).limit, old.pack);
  const shown = spec.shownToOwner || was?.shownToOwner === true;
  const keeps =
    natural === null ||
    run.breachedAt !== null ||
    (shown && natural.dueAt > run.dueAt) ||
    (natural.dueAt <= ctx.now && run.dueAt > natural.dueAt);
  const given = { at: run.dueAt, calendar: run.calendar, provisionalYears: run.provisionalYears };
  const times =
    natural === null || keeps ? timesOf({ ...spec, limit }, run.startedAt, here.scope, ctx, pauses, given) : natural;
  if (times === null) {
    say('blocks', `“${spec.title.zh}”在新版中算不出期限`, `“${spec.title.en}” has no date in the new version`);
    return;
  }
  const moved = run.status === 'paused' ? run : { ...times, moments: onward(run, times.moments, spec, ctx.now) };
  const { dueAt, targetAt, moments, calendar, provisionalYears } = moved;
  verdict.clocks.push({
    act: 'goesOn',
    clock: run.clock,
    run: run.run,
    clause: spec.clause,
    startedAt: run.startedAt,
    dueAt,
    targetAt,
    moments,
    calendar,
    provisionalYears,
    limit: keeps ? limit : null,
  });
  if (dueAt !== run.dueAt)
    say('changes', `“${spec.title.zh}”改按新版的期限`, `“${spec.title.en}” follows the limit of the new version`);
  else if (natural !== null && natural.dueAt !== run.dueAt)
    say(
      'changes',
      `“${spec.title.zh}”：已给的期限不变，不按新版${natural.dueAt > run.dueAt ? '推迟' : '提前到已过去的时刻'}`,
      `“${spec.title.en}” keeps the date already given; the new version does not move it ${natural.dueAt > run.dueAt ? 'later' : 'into the past'}`,
    );
  else say('fits', `“${spec.title.zh}”照走`, `“${spec.title.en}” runs on`);
}

/** What the clock has said stays said; what it will say is that of the new version. */
function onward(run: ClockRun, fresh: readonly ClockMoment[], spec: ClockSpec, now: number): ClockMoment[] {
  const said = run.moments.slice(0, run.fired);
  const level = Math.max(0, ...said.map((moment) => moment.level ?? 0));
  const broken = run.breachedAt !== null;
  const ahead = fresh.flatMap((moment): ClockMoment[] => {
    if (moment.level === undefined) return !broken && moment.at > now ? [moment] : [];
    // A level that was added and whose moment is past speaks at once: somebody new must hear of an old breach.
    return moment.level > level ? [{ ...moment, at: Math.max(moment.at, now + SECOND) }] : [];
  });
  const last = spec.ladder.at(-1);
  if (ahead.length === 0 && broken && spec.repeat !== undefined && last) {
    const pending = run.moments.slice(run.fired).find((moment) => moment.kind === 'repeat');
    ahead.push(
      pending ?? { kind: 'repeat', at: now + milliseconds(spec.repeat), tells: last.tells, level: spec.ladder.length },
    );
  }
  return [...said, ...ahead.sort((a, b) => a.at - b.at)];
}

function end(verdict: ClockVerdict, run: ClockRun, spec: ClockSpec | undefined, now: number): void {
  const title = spec?.title ?? { zh: run.clock, en: run.clock };
  if (spec?.shownToOwner) {
    verdict.findings.push(
      moveFinding(
        'clock',
        run.clock,
        'blocks',
        run.clause,
        `已向业主承诺的“${title.zh}”在新版中此时没有`,
        `“${title.en}” was promised to the owner and does not run in the new version`,
      ),
    );
    return;
  }
  const late = run.breachedAt !== null;
  verdict.clocks.push({
    act: 'ended',
    clock: run.clock,
    run: run.run,
    verdict: late ? 'late' : 'cancelled',
    stoppedAt: now,
    clause: run.clause,
  });
  verdict.findings.push(
    moveFinding(
      'clock',
      run.clock,
      'lost',
      run.clause,
      `内部期限“${title.zh}”新版此时没有，到此为止`,
      `The inner limit “${title.en}” does not run in the new version and ends`,
    ),
  );
}
