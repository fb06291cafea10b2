import type { Incident } from '#inbox/incidents.ts';
import type { Text } from '#kernel/text.ts';
import type { FieldScene } from '../fields/owner-field.ts';
import { drawFaults, drawFields, type Faults, type Fields } from '../form.ts';
import { type Html, html } from '../html.ts';
import { call } from '../layout.ts';
import { drawOutages } from '../outages.ts';
import type { Posted } from '../posted.ts';
import { drawPromises } from '../promises.ts';
import type { Visit } from '../visit.ts';
import { type Alike, ANEW, ANSWER, drawAlike } from './alike.ts';
import { sumOf } from './gate.ts';
import type { Offer } from './offers.ts';

/** Everything on the report form. */
export interface ReportForm {
  visit: Visit;
  scene: FieldScene;
  offers: readonly Offer[];
  offer: Offer;
  typed: Posted;
  /** Known outages where he stands. */
  outages: readonly Incident[];
  faults: Faults;
  /** Makes the second sending of the same form the same case. */
  key: string;
  /** Whether so much comes in here that a sum must be answered. */
  ask: boolean;
  /** When the form was first handed out, epoch milliseconds. */
  since: number;
  /** Said above the form, e.g. that it must be sent once more. */
  message?: string | undefined;
  /** What may be the same thing, to be asked about before it is registered. */
  alike?: readonly Alike[] | undefined;
}

/** A box that people do not see and programs fill in. */
export const TRAP = 'website';

/** The form by which somebody reports. */
export function reportPage(form: ReportForm): Html {
  const { visit, scene, offers, offer, typed, faults, key, since, message, alike = [] } = form;
  const { speak, href, path } = visit;
  return html`<h1>${speak('reportTitle')}</h1><p class="lead">${speak('reportLead')}</p><p class="first">${call(visit)}</p>
${drawOutages(form.outages, visit)}${message !== undefined && html`<div class="faults" role="alert" id="faults" tabindex="-1"><p>${message}</p></div>`}${drawFaults(faults, scene)}
<form method="post" action="${href(path)}" enctype="multipart/form-data" data-keep="report" novalidate>
<button class="trap" tabindex="-1" aria-hidden="true">${speak('send')}</button>
<input type="hidden" name="key" value="${key}"><input type="hidden" name="since" value="${since}"><input type="hidden" name="matter" value="${offer.id}">
${alike.length > 0 && drawAlike(alike, visit)}
${offers.length > 1 && drawMatters(form)}
${drawPromises(offer.procedure, offer.pack, visit)}
${drawFields(fieldsOf(offer), { typed, faults, scene })}
<div class="trap" aria-hidden="true"><label>${speak('website')}<input type="text" name="${TRAP}" tabindex="-1" autocomplete="off"></label></div>
${form.ask && drawSum(form)}<p class="hint">${speak('privacyLine')}</p>
<button class="main" data-busy="${speak('sending')}"${alike.length > 0 && html` name="${ANSWER}" value="${ANEW}"`}>${speak(alike.length > 0 ? 'alikeAnew' : 'send')}</button></form>`;
}

/** As many choices as a telephone shows at one look; more of them would push what he came to write off its screen. */
const AT_ONE_LOOK = 6;

/** What it is about: all choices beside each other, or the chosen one with the others folded away. */
function drawMatters({ offers, offer, visit: { speak, lang } }: ReportForm): Html {
  const choice = (each: Offer) =>
    html`<button class="quiet${each.id === offer.id ? ' main' : ''}" name="switch" value="${each.id}" aria-pressed="${each.id === offer.id ? 'true' : 'false'}">${called(each, offers)[lang]}</button>`;
  const others = offers.filter((each) => each.id !== offer.id);
  return html`<fieldset class="field"><legend>${speak('matter')}</legend>${
    offers.length <= AT_ONE_LOOK
      ? html`<div class="row">${offers.map(choice)}</div>`
      : html`<div class="row">${choice(offer)}</div><details><summary>${speak('otherMatter')}</summary><div class="row">${others.map(choice)}</div></details>`
  }</fieldset>`;
}

/** Asked only while far more comes in than people send. */
function drawSum({ visit: { speak, lang }, key, typed }: ReportForm): Html {
  return html`<div class="field"><label for="sum">${speak('ask', sumOf(key, lang))}</label><p class="hint" id="sum.hint">${speak('askTitle')}</p><input id="sum" name="sum" type="text" inputmode="numeric" autocomplete="off" value="${typed.text('sum')}" aria-describedby="sum.hint"></div>`;
}

/** What a choice is called: the matter, and by which procedure where several know a matter of that name. */
function called({ id, title, pack }: Offer, offers: readonly Offer[]): Text {
  const shared = offers.some((other) => other.id !== id && other.title.zh === title.zh);
  return shared
    ? { zh: `${title.zh}（${pack.title.zh}）`, en: `${title.en} (${pack.title.en})` }
    : { zh: title.zh, en: title.en };
}

/** Fields of the intake form. The category is the staff's trade: the person who asks has already chosen what it is about. */
export const fieldsOf = (offer: Offer): Fields =>
  Object.fromEntries(
    Object.entries(offer.procedure.intake.fields).filter(
      ([, spec]) => spec.type !== 'category' || spec.required === true,
    ),
  );
