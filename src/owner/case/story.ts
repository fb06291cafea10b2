import type { ActorRef, Values } from '#case/event.ts';
import type { Instant } from '#kernel/instant.ts';
import { ownerly } from '#policy/tell/ownerly.ts';
import { ownerFields } from '../fields/registry.ts';
import type { Fields } from '../form.ts';
import { type Html, html, lines } from '../html.ts';
import { clauseOf } from '../promises.ts';
import { sayMoment } from '../time-words.ts';
import type { Word } from '../words.ts';
import type { Held } from './held.ts';
import { noteFiles } from './note.ts';

/** One thing that happened, as the person who asked may read it. */
export interface Chapter {
  at: Instant;
  seq: number;
  title: string;
  by: string;
  clause: string;
  missed: boolean;
  /** Whether a member of staff wrote it for him to read. */
  answer: boolean;
  body: Html | null;
}

/** Everything that happened and that he may see, newest first. What was not kept in time stands in it like the rest. */
export function storyOf(held: Held): Chapter[] {
  const { state, procedure, pack, visit, told } = held;
  const { speak, lang } = visit;
  const chapters: Chapter[] = [];
  const add = (chapter: Partial<Chapter> & Pick<Chapter, 'at' | 'seq' | 'title'>): void => {
    chapters.push({ by: '', clause: '', missed: false, answer: false, body: null, ...chapter });
  };
  const by = (actor: ActorRef): string => (actor.kind === 'owner' ? speak('you') : actor.name);

  const channel = (state.via?.title ?? pack.channels[state.channel]?.title)?.[lang] ?? '';
  add({ at: state.receivedAt, seq: 1, title: speak('registered', { channel }), clause: procedure.intake.clause });
  for (const [step, entries] of Object.entries(state.entries))
    for (const { at, seq, by: actor, values, visible } of entries) {
      const spec = procedure.steps[step];
      const own = actor.kind === 'owner';
      const signed = spec?.signs && state.documents.some(({ signature }) => signature?.at === at);
      // The signature itself stands in the story with the form it was put under.
      if (!spec || signed || !(visible || own)) continue;
      const body = drawValues(spec.fields, values, held, own);
      add({
        at,
        seq,
        title: ownerly(spec.title, lang),
        by: by(actor),
        clause: spec.clause,
        answer: !own && body !== null,
        body,
      });
    }
  for (const { at, seq, by: actor, text, visible, files = [] } of state.notes)
    if (visible)
      add({
        at,
        seq,
        title: speak(actor.kind === 'owner' ? 'added' : 'note'),
        by: by(actor),
        body: html`<p>${lines(text)}</p>${ownerFields.attachments.show(files, noteFiles, held.scene)}`,
      });
  // A message that only repeats what a step just put on record says nothing new.
  const answered = new Set(chapters.filter((one) => one.answer).map((one) => one.at));
  for (const { at, seq, notice, text } of told.filter((one) => !answered.has(one.at)))
    add({
      at,
      seq,
      title: speak('told'),
      clause: pack.notices[notice]?.clause ?? '',
      body: html`<p>${lines(text[lang])}</p>`,
    });
  for (const { form, signature, voided } of state.documents) {
    if (!signature) continue;
    const spec = procedure.forms[form];
    const way = WAYS[signature.method];
    const how = way ? speak(way) : signature.method;
    const body = html`<p>${signature.signer}</p>${voided && html`<p class="fault">${speak('signVoid')}</p>`}`;
    add({
      at: signature.at,
      seq: state.seq,
      title: speak('signed', { form: spec?.title[lang] ?? form, how }),
      clause: spec?.clause ?? '',
      body,
    });
  }
  for (const { clock, breachedAt, dueAt, clause } of state.clocks) {
    const spec = procedure.clocks[clock];
    if (spec?.shownToOwner && breachedAt !== null)
      add({ at: dueAt, seq: 0, title: speak('missed', { what: ownerly(spec.title, lang) }), clause, missed: true });
  }
  return chapters.sort((a, b) => b.at - a.at || b.seq - a.seq);
}

/** The last thing the staff told him in a step. */
export const latestWord = (held: Held): Chapter | undefined => storyOf(held).find((one) => one.answer);

const WAYS: Record<string, Word> = {
  glass: 'glass',
  paper: 'paper',
  electronic: 'electronic',
  witness: 'witness',
  delivery: 'delivery',
};

/** The fields of an entry that he may see: his own all, of others those the pack marks. */
export function drawValues(fields: Fields, values: Values, { scene, visit }: Held, own: boolean): Html | null {
  const shown = Object.entries(fields).flatMap(([field, spec]) => {
    const value = values[field];
    if (value === undefined || value === null || value === '' || !(own || spec.visible)) return [];
    const written = ownerFields[spec.type].show(value, spec, scene);
    if (written === '') return [];
    // A ticked box says nothing beyond its label.
    return [
      spec.type === 'confirmed'
        ? html`<dd>✓ ${spec.label[visit.lang]}</dd>`
        : html`<dt>${spec.label[visit.lang]}</dt><dd>${written}</dd>`,
    ];
  });
  return shown.length > 0 ? html`<dl>${shown}</dl>` : null;
}

/** The chapters as a list; `since` keeps only what is newer than an entry the reader has seen. */
export function drawStory(held: Held, since = -1): Html {
  const { visit } = held;
  return html`<ol class="steps">${storyOf(held)
    .filter(({ seq }) => seq > since)
    .map(
      ({ at, title, by, clause, missed, body }) => html`<li${missed && html` class="missed"`}><h3>${title}</h3>
<p class="meta"><time datetime="${new Date(at).toISOString()}">${sayMoment(at, visit.now, visit.lang)}</time>${by !== '' && ` · ${by}`}${
        clause !== '' && html` · ${clauseOf(clause, visit)}`
      }</p>${body}</li>`,
    )}</ol>`;
}
