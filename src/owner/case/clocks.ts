import { sayDuration } from '#case/clock-words.ts';
import type { ClockRun } from '#case/state.ts';
import { ownerly } from '#policy/tell/ownerly.ts';
import { type Html, html } from '../html.ts';
import { clauseOf } from '../promises.ts';
import { sayMoment } from '../time-words.ts';
import type { Visit } from '../visit.ts';
import type { Held } from './held.ts';

/** The promises of this case: the latest run of each clock the owner sees, and every run that was not kept. */
export function promisesOf({ state, procedure }: Held): ClockRun[] {
  const shown = state.clocks.filter((run) => procedure.clocks[run.clock]?.shownToOwner);
  return shown.filter(
    (run) =>
      run.breachedAt !== null ||
      (run.status !== 'cancelled' && !shown.some((other) => other.clock === run.clock && other.run > run.run)),
  );
}

/** The promise that matters now: the first broken one still running, else the next due. */
export const nextPromise = (held: Held): ClockRun | undefined =>
  promisesOf(held)
    .filter((run) => run.status === 'running')
    .sort((a, b) => a.dueAt - b.dueAt)[0];

/** "19 小时 40 分钟" until or since a moment; the script keeps it going. */
function drawLeft(dueAt: number, { now, lang, speak }: Visit): Html {
  const ms = dueAt - now;
  const [left, late] = [speak('left'), speak('lateNow')];
  const words = (ms >= 0 ? left : late).replace('{time}', sayDuration(Math.abs(ms))[lang]);
  return html`<span class="left" data-due="${dueAt}" data-left="${left}" data-late="${late}">${words}</span>`;
}

const isOver = (run: ClockRun, now: number): boolean => run.breachedAt !== null || run.dueAt < now;

/** The box at the top: what is due next, by when, how long that is, and an honest word when it is late. */
export function drawNext(held: Held): Html | null {
  const run = nextPromise(held);
  const spec = run && held.procedure.clocks[run.clock];
  if (!run || !spec) return null;
  const { visit } = held;
  const { speak, lang, now } = visit;
  const over = isOver(run, now);
  return html`<section class="box now${over ? ' over' : ''}"><p class="big">${speak('byWhen', { at: sayMoment(run.dueAt, now, lang) })}</p>
<p>${ownerly(spec.title, lang)} ${clauseOf(run.clause, visit)}</p><p>${drawLeft(run.dueAt, visit)}</p>${over && html`<p>${speak('sorry')}</p>${pressCall(visit)}`}${provisional(run, visit)}</section>`;
}

/** A late promise comes with the number to press. */
const pressCall = ({ telephone, speak }: Visit): Html | null =>
  telephone === null
    ? null
    : html`<a class="button noprint" href="tel:${telephone.replace(/[^\d+]/g, '')}">${speak('press')} ${telephone}</a>`;

/** Whether something he was promised is overdue now. */
export const isLate = (held: Held): boolean => {
  const run = nextPromise(held);
  return run !== undefined && isOver(run, held.visit.now);
};

const provisional = ({ provisionalYears: [year] }: ClockRun, { speak }: Visit): Html | null =>
  year === undefined ? null : html`<p class="hint">${speak('provisional', { year })}</p>`;

/** Every promise with what became of it. */
export function drawClocks(held: Held): Html | null {
  const { visit, procedure } = held;
  const { speak, lang } = visit;
  const runs = promisesOf(held).sort((a, b) => a.startedAt - b.startedAt);
  if (runs.length === 0) return null;
  return html`<h2>${speak('promises')}</h2><ul class="plain prom">${runs.map((run) => {
    const spec = procedure.clocks[run.clock];
    return html`<li><h3>${spec ? ownerly(spec.title, lang) : run.clock} ${clauseOf(run.clause, visit)}</h3>${verdict(run, visit)}</li>`;
  })}</ul>`;
}

function verdict(run: ClockRun, visit: Visit): Html {
  const { speak, lang, now } = visit;
  const moment = (at: number): string => sayMoment(at, now, lang);
  const line = (tone: string, word: string, rest: Html | string): Html =>
    html`<p><span class="word ${tone}">${word}</span> · ${rest}</p>`;
  const stopped = run.stoppedAt ?? now;
  if (run.status === 'kept') return line('kept', speak('kept'), speak('keptAt', { at: moment(stopped) }));
  if (run.status === 'late')
    return line(
      'late',
      speak('late'),
      speak('lateAt', { at: moment(stopped), time: sayDuration(stopped - run.dueAt)[lang] }),
    );
  if (run.status === 'cancelled') return line('late', speak('broken'), speak('brokenAt', { at: moment(run.dueAt) }));
  if (run.status === 'paused')
    return line('paused', speak('paused'), speak('pausedWhy', { why: run.pauses.at(-1)?.reason ?? '' }));
  const aim =
    run.targetAt !== null && run.targetAt > now ? `${speak('targetWhen', { at: moment(run.targetAt) })} · ` : '';
  const rest = html`${aim}${speak('byWhen', { at: moment(run.dueAt) })} · ${drawLeft(run.dueAt, visit)}`;
  return isOver(run, now) ? line('late', speak('late'), rest) : line('', speak('running'), rest);
}
