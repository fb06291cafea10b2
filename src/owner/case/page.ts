import { responsible } from '#case/next-moment.ts';
import { maskEmail, maskPhone } from '#directory/mask.ts';
import { ownerly } from '#policy/tell/ownerly.ts';
import { ownerFields } from '../fields/registry.ts';
import type { Fields } from '../form.ts';
import { type Html, html } from '../html.ts';
import { drawOutages } from '../outages.ts';
import { drawClocks, drawNext, isLate } from './clocks.ts';
import type { Action, Held } from './held.ts';
import { drawAdd, type NoteDraft } from './note.ts';
import { drawStory, latestWord } from './story.ts';
import { drawTold } from './told.ts';

/** What the page says first: thanks, a conflict, or that a step is no longer needed. */
export interface Opening {
  title: string;
  words: string;
  alert?: boolean;
}

/** The page of a case: where it stands, who answers for it, what was promised, what happened, what he can do now. */
export function casePage(held: Held, key: string, opening: Opening | undefined, draft: NoteDraft, fresh = false): Html {
  const { state, procedure, visit } = held;
  const { speak, lang } = visit;
  const here = procedure.states[state.state];
  const stands = here ? (here.owner ?? here.title)[lang] : state.state;
  const open = here?.end !== true;
  return html`${
    opening &&
    html`<div class="box ${opening.alert ? 'faults' : 'thanks'}" role="${opening.alert ? 'alert' : 'status'}"><h2>${opening.title}</h2><p>${opening.words}</p></div>`
  }<h1>${fresh ? html`${speak('receivedTitle')} <span class="num">${state.number}</span>` : stands}</h1>${
    !fresh &&
    html`
<p class="lead">${speak('number')} <b class="num">${state.number}</b></p>`
  }
${open && drawNext(held)}${
  fresh && html`<section class="box thanks noprint"><h2>${speak('saveTitle')}</h2><p>${speak('saveText')}</p></section>`
}${state.outcome !== null && html`<section class="box"><h2>${speak('ended')}</h2><p>${state.outcome}</p></section>`}
${drawOutages(held.outages, visit)}${drawActions(held)}${drawWho(held)}${drawClocks(held)}
<h2>${speak('happened')}</h2>${drawStory(held)}
${drawTold(held)}<h2>${speak('yourWords')}</h2>${drawWords(procedure.intake.fields, held)}
${held.canAdd && drawAdd(held, key, draft)}${drawAnytime(held)}`;
}

function drawActions(held: Held): Html {
  const { visit, procedure, state } = held;
  const { speak, href } = visit;
  const ended = procedure.states[state.state]?.end === true || state.closedAt !== null;
  const now = held.actions.filter((action) => !action.anytime).sort((a, b) => Number(b.main) - Number(a.main));
  if (now.length > 0)
    return html`${now.some((action) => action.main) && drawLatest(held)}<nav aria-labelledby="can"><h2 id="can">${speak('canDo')}</h2>${now.map((action) => drawAction(action, held))}</nav>`;
  return ended
    ? html`<p>${speak('endedHow')}</p><a class="button" href="${href('/o', { company: visit.tenant })}">${speak('reportAgain')}</a>`
    : html`${!isLate(held) && html`<p>${speak(owesAnswer(held) ? 'nothingToDo' : 'nothingMore')}</p>`}`;
}

/** Whether something that he was promised is still to come; of what he withdrew or signed nothing is. */
const owesAnswer = ({ state, procedure }: Held): boolean =>
  state.clocks.some(({ clock, stoppedAt }) => stoppedAt === null && procedure.clocks[clock]?.shownToOwner === true);

/** When something is asked of him, what it is about stands right above. */
function drawLatest(held: Held): Html | null {
  const latest = latestWord(held);
  return latest === undefined ? null : html`<section class="box"><h2>${latest.title}</h2>${latest.body}</section>`;
}

/** What can be done at almost any time stands at the end: it must not look like what is asked of him now. */
function drawAnytime(held: Held): Html | null {
  const always = held.actions.filter((action) => action.anytime);
  if (always.length === 0) return null;
  return html`<nav aria-labelledby="always"><h2 id="always">${held.visit.speak('always')}</h2>${always.map((action) => drawAction(action, held))}</nav>`;
}

const drawAction = ({ name, spec, main }: Action, { visit, token }: Held): Html =>
  html`<a class="button${main ? ' main' : ''}" href="${visit.href(`/o/c/${token}/do/${name}`)}">${ownerly(spec.title, visit.lang)}</a>`;

function drawWho({ state, visit, ctx, procedure }: Held): Html | null {
  const { speak, telephone } = visit;
  const person = responsible(state);
  if (procedure.states[state.state]?.end && person === null) return null;
  const unit =
    person &&
    Object.values(state.values).find(
      (value) => typeof value === 'string' && ctx.directory.unit(value)?.id === person.unitId,
    );
  return html`<h2>${speak('who')}</h2><p><b>${person?.name ?? speak('noOne')}</b>${
    typeof unit === 'string' && ` · ${ctx.directory.unit(unit)?.name ?? ''}`
  }</p>${telephone !== null && html`<p>${speak('centre')}<br><a class="tel" href="tel:${telephone.replace(/[^\d+]/g, '')}">${telephone}</a></p>`}`;
}

/** His own words, as they stand now. Numbers are masked: whoever gets hold of the address learns none. */
function drawWords(fields: Fields, { state, scene, visit }: Held): Html {
  const rows = Object.entries(fields).flatMap(([field, spec]) => {
    const value = state.values[field];
    if (value === undefined || value === null || !(spec.visible || spec.personal)) return [];
    const text = typeof value === 'string' ? value : '';
    const shown =
      spec.type === 'phone'
        ? maskPhone(text)
        : spec.type === 'email'
          ? maskEmail(text)
          : ownerFields[spec.type].show(value, spec, scene);
    return shown === '' ? [] : [html`<dt>${spec.label[visit.lang]}</dt><dd>${shown}</dd>`];
  });
  return html`<dl>${rows}</dl>`;
}
