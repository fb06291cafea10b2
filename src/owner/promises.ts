import type { CompiledPack } from '#policy/compile.ts';
import { type ClockSpec, settled } from '#policy/language/clock.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { ownerly } from '#policy/tell/ownerly.ts';
import { type Html, html } from './html.ts';
import { saySpan } from './time-words.ts';
import type { Visit } from './visit.ts';

/** Clause numbers stand beside every promise, small: the written procedure itself says so. */
export const clauseOf = (clause: string, { speak }: Visit): Html =>
  html`<small class="num">${speak('clause', { n: clause })}</small>`;

/**
 * What the company promises before anything is sent: every clock of the procedure that owners see. Those that run from the
 * first moment stand open, what comes later and the principles behind it one touch away.
 */
export function drawPromises(procedure: ProcedureSpec, pack: CompiledPack, look: Visit): Html {
  const { lang, speak } = look;
  const first = new Set(procedure.intake.starts.map(({ clock }) => clock));
  const shown = Object.entries(procedure.clocks).filter(([, clock]) => clock.shownToOwner);
  const list = (clocks: [string, ClockSpec][]): Html =>
    html`<ul>${clocks.map(([, clock]) => drawPromise(clock, pack, look))}</ul>`;
  return html`<section class="box" aria-labelledby="promise"><h2 id="promise">${speak('promiseTitle')}</h2>
    ${list(shown.filter(([name]) => first.has(name)))}<p class="hint">${speak('promiseNote')}</p>
    <details><summary>${speak('promisesLater')}</summary>${list(shown.filter(([name]) => !first.has(name)))}
    <h3>${speak('principles')}</h3><ul>${pack.principles.map(
      (one) => html`<li>${one.title[lang]} ${clauseOf(one.clause, look)}</li>`,
    )}</ul></details></section>`;
}

function drawPromise(clock: ClockSpec, pack: CompiledPack, look: Visit): Html {
  const title = ownerly(clock.title, look.lang);
  const limit = settled(clock.limit, pack);
  const span = saySpan(limit)[look.lang];
  // Most titles say their time themselves.
  const known = 'promised' in limit || title.includes(span.replace(/内$/, ''));
  const between = look.lang === 'zh' ? '：' : ': ';
  return html`<li>${known ? title : `${span}${between}${title}`} ${clauseOf(clock.clause, look)}</li>`;
}
