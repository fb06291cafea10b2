import { type Incident, incidentsAt, incidentsOf } from '#inbox/incidents.ts';
import type { OwnerDeps } from './deps.ts';
import type { Whereabouts } from './fields/owner-field.ts';
import { type Html, html, lines } from './html.ts';
import { sayMoment } from './time-words.ts';
import type { Visit } from './visit.ts';

/** Known outages where somebody stands; at the company's own address all of them, because nobody knows where he is. */
export const outagesAt = ({ pool }: OwnerDeps, tenant: string, { here }: Whereabouts): Promise<Incident[]> =>
  here === null ? incidentsOf(pool, tenant, { openOnly: true }) : incidentsAt(pool, tenant, here.premisesId);

/** What is out, where, until when, and what is being done: before anybody has to ask. */
export function drawOutages(outages: readonly Incident[], visit: Visit): Html | null {
  if (outages.length === 0) return null;
  const { lang, now, speak } = visit;
  return html`<section class="box" aria-labelledby="outages"><h2 id="outages">${speak('outages')}</h2>${outages.map(
    ({ title, words, places, expectedEnd, endedAt }) => html`<h3>${title[lang]}</h3>
<p class="meta">${places.map((place) => place.name).join('、')}</p><p>${lines(words[lang])}</p>
<p><b>${
      endedAt !== null
        ? speak('outageOver', { at: sayMoment(endedAt, now, lang) })
        : expectedEnd === null
          ? speak('outageOpen')
          : speak('outageUntil', { at: sayMoment(expectedEnd, now, lang) })
    }</b></p>`,
  )}</section>`;
}
