import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#kernel/refusal.ts';
import type { OwnerDeps } from '../deps.ts';
import { say } from '../find/words.ts';
import { controlOf, type Faults, faultsOf, readFields } from '../form.ts';
import { html } from '../html.ts';
import { send, sendNote } from '../layout.ts';
import { openLimiter } from '../limiter.ts';
import { isParking, parked } from '../park.ts';
import type { Posted } from '../posted.ts';
import { receive } from '../receive.ts';
import { keepUploads } from '../uploads.ts';
import { visit } from '../visit.ts';
import { type Action, type Held, openHeld, seenOf } from './held.ts';
import { FILES, type NoteDraft, noDraft, noteFields } from './note.ts';
import { casePage, type Opening } from './page.ts';
import { beginTyped, type StepForm, stepPage } from './step-page.ts';

const MOST_ACTS = 60;
const CHANGED = 'case.changedMeanwhile';
const KEY_USED = 'idempotency.keyReused';
/** Refusals that mean: this act is over, whatever is typed into it. */
const OVER = /^(step\.|role\.|case\.archived|sign\.alreadySigned)/;

type CaseRequest = FastifyRequest<{ Params: { token: string; step?: string } }>;

/** The page of a case and the acts on it, for whoever holds its link. */
export function caseRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const limiter = openLimiter(MOST_ACTS);
  const hold = (request: CaseRequest): Promise<Held | null> => openHeld(deps, request, request.params.token);
  const lost = async (request: CaseRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const look = await visit(deps, request, '');
    const again = html`<a class="button main" href="${look.href('/o/find')}">${say(look.lang, 'title')}</a>`;
    return sendNote(reply, 404, look, look.speak('notFoundTitle'), look.speak('notFoundCase'), again);
  };
  const showCase = (
    reply: FastifyReply,
    status: number,
    held: Held,
    opening?: Opening,
    draft: NoteDraft = noDraft,
    fresh = false,
  ): FastifyReply =>
    send(reply, status, held.visit, held.state.number, casePage(held, randomUUID(), opening, draft, fresh));
  const showStep = (reply: FastifyReply, status: number, form: StepForm): FastifyReply =>
    send(reply, status, form.held.visit, form.action.spec.title[form.held.visit.lang], stepPage(form));

  app.get('/o/c/:token', async (request: CaseRequest, reply) => {
    const held = await hold(request);
    if (!held) return lost(request, reply);
    // Whoever opens the page reads everything that he was told: nothing else, such as an image in a letter, counts.
    await deps.handling.notices.ownerHasRead(held.visit.tenant, held.state.id, held.byLetter ? 'link' : 'page');
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    const { speak } = held.visit;
    const here = held.procedure.states[held.state.state];
    const thanks = { title: speak('doneTitle'), words: (here?.owner ?? here?.title)?.[held.visit.lang] ?? '' };
    return showCase(reply, 200, held, query.has('done') ? thanks : undefined, noDraft, query.has('new'));
  });

  app.get('/o/c/:token/do/:step', async (request: CaseRequest, reply) => {
    const held = await hold(request);
    if (!held) return lost(request, reply);
    const action = held.actions.find(({ name }) => name === request.params.step);
    if (!action) return showCase(reply, 409, held, over(held, ''));
    return showStep(reply, 200, {
      held,
      action,
      typed: beginTyped(held, action),
      faults: new Map(),
      key: randomUUID(),
    });
  });

  app.post('/o/c/:token/do/:step', async (request: CaseRequest, reply) => {
    const held = await hold(request);
    if (!held) return lost(request, reply);
    const received = await receive(request);
    const { speak, lang, href, now, tenant } = held.visit;
    if (!received.ok) return sendNote(reply, 413, held.visit, speak('tooLargeTitle'), speak('tooLargeText'));
    const page = `/o/c/${held.token}`;
    if (isParking(request)) {
      const fields = held.procedure.steps[request.params.step ?? '']?.fields ?? {};
      const kept = await keepUploads(deps, tenant, fields, received.posted, lang);
      return parked(reply, fields, kept.posted, kept.faults);
    }
    const done = (): FastifyReply => reply.redirect(href(page, { done: request.params.step ?? '' }), 303);
    const key = keyOf(received.posted);
    const spec = held.procedure.steps[request.params.step ?? ''];
    if (!spec) return showCase(reply, 404, held, over(held, ''));
    const order = (present: Held, posted: Posted, ifMatch: number) => ({
      tenant,
      actor: present.ctx.actor,
      caseId: present.state.id,
      ifMatch,
      idempotencyKey: `owner:${present.state.id}:${key}`,
      command: {
        type: 'take' as const,
        step: request.params.step ?? '',
        values: readFields(spec.fields, posted, present.scene),
      },
    });
    const action: Action | undefined = held.actions.find(({ name }) => name === request.params.step);
    if (!action || seenOf(held) !== received.posted.text('seen')) {
      // A second press on the button: no case has an entry 0, so only a key that was used before can be answered.
      const before = await deps.handling.handle(order(held, received.posted, 0));
      if (before.ok || before.refusal.code === KEY_USED) return done();
    }
    if (!action)
      return showCase(reply, 409, held, over(held, wordsOf(received.posted)), draftOf(wordsOf(received.posted)));
    const wait = limiter.take(request.ip, now);
    const { posted, faults } = await keepUploads(deps, tenant, spec.fields, received.posted, lang);
    const again = (
      status: number,
      change: { faults?: Faults; opening?: Opening; since?: number; held?: Held; typed?: Posted },
    ) => showStep(reply, status, { held, action, typed: posted, faults: new Map(), key, ...change });
    if (wait > 0)
      return again(429, { opening: { title: speak('faultsTitle'), words: speak('tooOften', { n: wait }) } });
    if (faults.size > 0) return again(422, { faults });

    let present = held;
    for (let attempt = 0; ; attempt += 1) {
      if (seenOf(present) !== posted.text('seen')) return conflict(present);
      const taken = await deps.handling.handle(order(present, posted, present.state.seq));
      if (taken.ok || taken.refusal.code === KEY_USED) return done();
      if (taken.refusal.code !== CHANGED || attempt > 2) return refused(present, taken.refusal);
      present = (await hold(request)) ?? present;
    }

    /** Something he can see has changed while he was writing: show it, keep his words, ask again. */
    function conflict(now: Held): FastifyReply {
      const opening = { title: speak('changedTitle'), words: speak('changed') };
      const since = Number(posted.text('seq'));
      if (!now.actions.some(({ name }) => name === action?.name))
        return showCase(reply, 409, now, over(now, wordsOf(posted)), draftOf(wordsOf(posted)));
      return again(412, { held: now, opening, since: Number.isSafeInteger(since) ? since : now.state.seq });
    }
    function refused(now: Held, refusal: Refusal): FastifyReply {
      if (OVER.test(refusal.code))
        return showCase(reply, 409, now, over(now, wordsOf(posted)), draftOf(wordsOf(posted)));
      if (refusal.code === 'signature.formChanged')
        return again(409, { held: now, opening: { title: speak('changedTitle'), words: speak('formChanged') } });
      return again(422, { held: now, faults: faultsOf(refusal, spec?.fields ?? {}, now.scene) });
    }
  });

  app.post('/o/c/:token/note', async (request: CaseRequest, reply) => {
    const held = await hold(request);
    if (!held) return lost(request, reply);
    const received = await receive(request);
    const { speak, href, now, tenant, lang } = held.visit;
    if (!received.ok) return sendNote(reply, 413, held.visit, speak('tooLargeTitle'), speak('tooLargeText'));
    const wait = limiter.take(request.ip, now);
    const { posted, faults } = await keepUploads(deps, tenant, noteFields, received.posted, lang);
    if (isParking(request)) return parked(reply, noteFields, posted, faults);
    const draft: NoteDraft = { text: posted.text('text'), typed: posted, faults };
    const done = () => reply.redirect(href(`/o/c/${held.token}`, { done: 'note' }), 303);
    const again = (status: number, words: string) =>
      showCase(reply, status, held, { title: speak('faultsTitle'), words, alert: true }, draft);
    if (wait > 0) return again(429, speak('tooOften', { n: wait }));
    if (faults.size > 0) return again(422, [...faults.values()].flat().join(' '));
    const files = [...posted.all(FILES)];
    const text = draft.text.trim() === '' && files.length > 0 ? speak('onlyFiles') : draft.text;
    const add = (key: string) =>
      deps.handling.handle({
        tenant,
        actor: held.ctx.actor,
        caseId: held.state.id,
        idempotencyKey: `owner:${held.state.id}:${key}`,
        command: { type: 'annotate', text, visible: true, ...(files.length > 0 ? { files } : {}) },
      });
    const first = await add(keyOf(posted));
    // Other words under a used key are not a second press but something more to say; photos sent again only got new ids.
    const used = !first.ok && first.refusal.code === KEY_USED;
    const told = used && held.state.notes.some((note) => note.by.kind === 'owner' && note.text === text.trim());
    const said = used && !told ? await add(randomUUID()) : first;
    if (told) return done();
    if (!said.ok) return again(422, said.refusal.message[lang]);
    return done();
  });
}

const keyOf = (posted: Posted): string =>
  /^[\w-]{16,64}$/.test(posted.text('key')) ? posted.text('key') : randomUUID();

function over({ visit: { speak } }: Held, words: string): Opening {
  return {
    title: speak('changedTitle'),
    words: speak(words === '' ? 'notNeeded' : 'noLonger'),
    alert: true,
  };
}

const draftOf = (text: string): NoteDraft => ({ ...noDraft, text });

/** The words in a form that is no longer wanted: nobody must type them twice. */
const wordsOf = (posted: Posted): string =>
  posted
    .names()
    .filter((name) => name.startsWith(controlOf('')) && !name.slice(2).includes('.'))
    .map((name) => posted.text(name))
    .filter((text) => [...text].length > 3)
    .join('\n');
