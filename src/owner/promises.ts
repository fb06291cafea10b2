import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { type Html, html } from './html.ts';
import { ownerly } from './ownerly.ts';
import { saySpan } from './time-words.ts';
import type { Visit } from './visit.ts';

/** Clause numbers stand beside every promise, small: the written procedure itself says so. */
export const clauseOf = (clause: string, { speak }: Visit): Html =>
  html`<small class="num">${speak('clause', { n: clause })}</small>`;

/** What the company promises before anything is sent: every clock of the procedure that owners see. */
export function drawPromises(procedure: ProcedureSpec, pack: CompiledPack, look: Visit): Html {
  const { lang, speak } = look;
  const clocks = Object.values(procedure.clocks).filter((clock) => clock.shownToOwner);
  return html`<section class="box" aria-labelledby="promise"><h2 id="promise">${speak('promiseTitle')}</h2>
    <ul>${clocks.map((clock) => {
      const title = ownerly(clock.title, lang);
      const span = saySpan(clock.limit)[lang];
      // Most titles say their time themselves.
      const known = 'promised' in clock.limit || title.includes(span.replace(/内$/, ''));
      return html`<li>${known ? title : `${span}：${title}`} ${clauseOf(clock.clause, look)}</li>`;
    })}</ul><p class="hint">${speak('promiseNote')}</p>
    <details><summary>${speak('principles')}</summary><ul>${pack.principles.map(
      (one) => html`<li>${one.title[lang]} ${clauseOf(one.clause, look)}</li>`,
    )}</ul></details></section>`;
}
