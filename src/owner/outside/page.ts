import { renderForm } from '#case/render-form.ts';
import type { CaseState } from '#case/state.ts';
import { formatLocal } from '#clock/civil.ts';
import { maskInText } from '#directory/mask.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { drawSections, publicSections } from '../case/paper.ts';
import { ownerFields } from '../fields/registry.ts';
import { type Html, html } from '../html.ts';
import type { Asked } from './held.ts';
import { say } from './words.ts';

/** What a party outside needs: what it is about, the papers issued to it, what it may do, until when. */
export function outsidePage({ held, page }: Asked): Html {
  const { visit, state, pack, actions, base } = held;
  const { lang, company, href } = visit;
  const matter = pack.matters[state.matter]?.title[lang] ?? '';
  const role = pack.roles[page.role]?.title[lang] ?? page.role;
  return html`<h1>${say(lang, 'asked', { company, party: page.party })}</h1>
<p class="lead">${say(lang, 'lead', { number: state.number, matter })}</p><p>${say(lang, 'as', { role })}</p>
${page.expiresAt !== null && html`<section class="box now"><p class="big">${say(lang, 'until', { at: formatLocal(page.expiresAt) })}</p></section>`}
<h2>${say(lang, 'about')}</h2>${drawFacts(held)}${drawPapers({ held, page })}
<nav aria-labelledby="can"><h2 id="can">${say(lang, 'can')}</h2>${actions.map(
    ({ name, spec, main }) =>
      html`<a class="button${main ? ' main' : ''}" href="${href(`${base}/do/${name}`)}">${spec.title[lang]}</a>`,
  )}</nav>`;
}

/** What the case says of itself, without a word about the person who asked. */
function drawFacts({ state, procedure, scene, visit }: Asked['held']): Html {
  const rows = Object.entries(procedure.intake.fields).flatMap(([field, spec]) => {
    const value = state.values[field];
    if (value === undefined || value === null || spec.personal || !spec.visible) return [];
    const shown = typeof value === 'string' ? maskInText(value) : value;
    const words = ownerFields[spec.type].show(shown, spec, scene);
    return words === '' ? [] : [html`<dt>${spec.label[visit.lang]}</dt><dd>${words}</dd>`];
  });
  return html`<dl>${rows}</dl>`;
}

/** Papers that this role signs or that a step it can now answer has issued, as they were frozen. */
function drawPapers({ held, page }: Asked): Html | null {
  const papers = papersFor(held.state, held.procedure, page.role);
  if (papers.length === 0) return null;
  const { lang } = held.visit;
  return html`<h2>${say(lang, 'papers')}</h2>${papers.map(({ form, number, issuedAt }) => {
    const paper = renderForm(form, held.state, held.ctx);
    return html`<section class="paper"><h3>${paper.title[lang]}</h3><p class="meta"><span class="num">${number}</span> · ${formatLocal(issuedAt)}</p>${drawSections(
      publicSections(paper.sections, form, held.procedure),
      held,
    )}</section>`;
  })}`;
}

export function papersFor(state: CaseState, procedure: ProcedureSpec, role: string): CaseState['documents'] {
  const latest = new Map(state.documents.filter((paper) => !paper.voided).map((paper) => [paper.form, paper] as const));
  const own = new Set(
    Object.entries(procedure.steps).flatMap(([, step]) =>
      step.by.includes(role)
        ? Object.values(step.fields).flatMap((field) => (field.type === 'signature' ? [String(field.form)] : []))
        : nextStates(step).some((to) => procedure.states[to]?.waitsFor.includes(role))
          ? step.issues
          : [],
    ),
  );
  return [...latest.values()].filter(({ form }) => own.has(form) || procedure.forms[form]?.signedBy === role);
}

const nextStates = ({ to }: StepSpec): string[] =>
  to === undefined ? [] : typeof to === 'string' ? [to] : to.map(({ state }) => state);
