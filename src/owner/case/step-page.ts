import { renderForm } from '#case/render-form.ts';
import { formatLocal } from '#clock/civil.ts';
import { ownerly } from '#policy/tell/ownerly.ts';
import { controlOf, drawFaults, drawFields, type Faults, fillFields } from '../form.ts';
import { type Html, html } from '../html.ts';
import { Posted } from '../posted.ts';
import { clauseOf } from '../promises.ts';
import { type Action, type Held, seenOf } from './held.ts';
import type { Opening } from './page.ts';
import { drawSections, publicSections } from './paper.ts';
import { drawStory } from './story.ts';

/** The form of one step, drawn from its fields. */
export interface StepForm {
  held: Held;
  action: Action;
  typed: Posted;
  faults: Faults;
  key: string;
  opening?: Opening;
  /** Entries after this one are shown as what has just happened. */
  since?: number;
}

/** What the form begins with: what the case already says, the name for the signature, the paper as it is shown. */
export function beginTyped(held: Held, { spec, preset }: Action): Posted {
  const typed = fillFields(spec.fields, preset);
  for (const [field, { type }] of Object.entries(spec.fields))
    if (type === 'signature' && held.signer !== '') typed.push([`${controlOf(field)}.signer`, held.signer]);
  return new Posted(typed);
}

/** The form under which a signature of this step goes. */
const paperOf = ({ spec }: Action): string | undefined =>
  spec.signs?.form ??
  Object.values(spec.fields).flatMap((field) => (field.type === 'signature' ? String(field.form) : []))[0];

export function stepPage({ held, action, typed, faults, key, opening, since }: StepForm): Html {
  const { visit, base, state, scene } = held;
  const { speak, lang, href } = visit;
  const { name, spec } = action;
  const form = paperOf(action);
  const paper = form === undefined ? undefined : renderForm(form, state, held.ctx);
  const digests = Object.entries(spec.fields)
    .filter(([, field]) => field.type === 'signature')
    .map(([field]) => [`${controlOf(field)}.digest`, [paper?.digest ?? '']] as const);
  const shown = typed.with(Object.fromEntries(digests));
  return html`<p><a href="${href(base)}">← ${speak('back')}</a></p><h1>${ownerly(spec.title, lang)}</h1>
<p class="lead"><span class="num">${state.number}</span> ${clauseOf(spec.clause, visit)}</p>${
    opening &&
    html`<div class="faults" role="alert" id="faults" tabindex="-1"><h2>${opening.title}</h2><p>${opening.words}</p>${since !== undefined && drawStory(held, since)}</div>`
  }${drawFaults(faults, scene)}${paper && drawPaper(paper, held)}
<form method="post" action="${href(`${base}/do/${name}`)}" enctype="multipart/form-data" data-keep="${name}" novalidate>
<input type="hidden" name="key" value="${key}"><input type="hidden" name="seen" value="${seenOf(held)}"><input type="hidden" name="seq" value="${state.seq}">
${drawFields(spec.fields, { typed: shown, faults, scene })}
<button class="main" data-busy="${speak('sending')}">${Object.keys(spec.fields).length === 0 ? ownerly(spec.title, lang) : speak('send')}</button></form>`;
}

/** The paper in full: exactly this is signed, and its digest travels with the signature. */
function drawPaper(paper: ReturnType<typeof renderForm>, held: Held): Html {
  const { speak, lang, now } = held.visit;
  const sections = held.hidesPersonal ? publicSections(paper.sections, paper.form, held.procedure) : paper.sections;
  return html`<p class="hint">${speak('readFirst')}</p><section class="paper" aria-labelledby="paper"><h2 id="paper">${paper.title[lang]}</h2>
<p class="meta">${speak('paperNumber')} <span class="num">${paper.number}</span> · ${formatLocal(now)}</p>${drawSections(sections, held)}</section>`;
}
