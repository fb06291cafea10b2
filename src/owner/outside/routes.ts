import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderForm } from '#case/render-form.ts';
import { formatLocal } from '#clock/civil.ts';
import { closeOutsidePage } from '#directory/account/outside-page.ts';
import { seenOf } from '../case/held.ts';
import { beginTyped, type StepForm, stepPage } from '../case/step-page.ts';
import type { OwnerDeps } from '../deps.ts';
import { absent, sendFile } from '../files.ts';
import { type Faults, faultsOf, readFields } from '../form.ts';
import { send, sendNote } from '../layout.ts';
import { openLimiter } from '../limiter.ts';
import { receive } from '../receive.ts';
import { keepUploads, ownUploads } from '../uploads.ts';
import { visit } from '../visit.ts';
import { type Asked, openAsked } from './held.ts';
import { outsidePage, papersFor } from './page.ts';
import { say } from './words.ts';

const MOST_ACTS = 60;
type AskedRequest = FastifyRequest<{ Params: { token: string; step?: string; id?: string } }>;

/** The page of a party outside the company, for one answer: `/o/x/<token>`. */
export function outsideRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const limiter = openLimiter(MOST_ACTS);
  const lost = async (request: AskedRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const look = await visit(deps, request, '');
    return sendNote(reply, 404, look, look.speak('notFoundTitle'), look.speak('notFoundCase'));
  };
  const showStep = (reply: FastifyReply, status: number, form: StepForm): FastifyReply =>
    send(reply, status, form.held.visit, form.action.spec.title[form.held.visit.lang], stepPage(form));

  app.get('/o/x/:token', async (request: AskedRequest, reply) => {
    const asked = await openAsked(deps, request, request.params.token);
    if (!asked) return lost(request, reply);
    const thanks = new URLSearchParams(request.url.split('?')[1] ?? '').has('done');
    return (
      over(reply, asked, thanks) ?? send(reply, 200, asked.held.visit, asked.held.state.number, outsidePage(asked))
    );
  });

  app.get('/o/x/:token/do/:step', async (request: AskedRequest, reply) => {
    const asked = await openAsked(deps, request, request.params.token);
    if (!asked) return lost(request, reply);
    const { held } = asked;
    const action = held.actions.find(({ name }) => name === request.params.step);
    const ended = over(reply, asked);
    if (ended) return ended;
    if (!action) return reply.redirect(held.visit.href(held.base), 303);
    return showStep(reply, 200, {
      held,
      action,
      typed: beginTyped(held, action),
      faults: new Map(),
      key: randomUUID(),
    });
  });

  app.post('/o/x/:token/do/:step', async (request: AskedRequest, reply) => {
    const asked = await openAsked(deps, request, request.params.token);
    if (!asked) return lost(request, reply);
    const { held, page } = asked;
    const { tenant, speak, href, now, lang } = held.visit;
    const received = await receive(request);
    if (!received.ok) return sendNote(reply, 413, held.visit, speak('tooLargeTitle'), speak('tooLargeText'));
    // A second press on the button finds the question answered, which is what it was meant to do.
    const ended = over(reply, asked, page.standing === 'used');
    if (ended) return ended;
    const action = held.actions.find(({ name }) => name === request.params.step);
    if (!action) return reply.redirect(href(held.base), 303);
    const { fields } = action.spec;
    const key = received.posted.text('key');
    const wait = limiter.take(request.ip, now);
    const { posted, faults } = await keepUploads(deps, tenant, fields, received.posted, lang);
    const again = (status: number, found: Faults, opening?: StepForm['opening']): FastifyReply =>
      showStep(reply, status, { held, action, typed: posted, faults: found, key, ...(opening ? { opening } : {}) });
    if (wait > 0) return again(429, new Map(), { title: speak('faultsTitle'), words: speak('tooOften', { n: wait }) });
    if (faults.size > 0) return again(422, faults);
    if (seenOf(held) !== posted.text('seen'))
      return again(412, new Map(), { title: speak('changedTitle'), words: speak('formChanged') });
    const taken = await deps.handling.handle({
      tenant,
      actor: held.ctx.actor,
      caseId: held.state.id,
      idempotencyKey: `outside:${page.pageId}`,
      command: { type: 'take', step: action.name, values: readFields(fields, posted, held.scene) },
    });
    // The page is answered by one act, and its key stands for that act: another answer under it came second.
    if (!taken.ok && taken.refusal.code !== 'idempotency.keyReused')
      return again(422, faultsOf(taken.refusal, fields, held.scene));
    await closeOutsidePage(deps.pool, tenant, page.pageId, now);
    return reply.redirect(href(held.base, { done: action.name }), 303);
  });

  app.get('/o/x/:token/a/:id', async (request: AskedRequest, reply) => {
    const asked = await openAsked(deps, request, request.params.token);
    const id = request.params.id ?? '';
    if (asked?.page.standing !== 'open') return absent(reply);
    const { tenant } = asked.page;
    if (!filesOf(asked).has(id) && (await ownUploads(deps, tenant, [id])).length === 0) return absent(reply);
    return sendFile(deps, reply, tenant, id, new URLSearchParams(request.url.split('?')[1] ?? '').has('small'));
  });
}

/** Why nothing can be answered here any more; undefined while it can. */
function over(reply: FastifyReply, { held, page }: Asked, thanks = false): FastifyReply | undefined {
  const { visit: look, state, actions } = held;
  const { lang } = look;
  const note = (title: string, words: string, status = 410): FastifyReply =>
    sendNote(reply, status, look, title, words);
  if (page.standing === 'used')
    return note(
      say(lang, thanks ? 'thanks' : 'used'),
      say(lang, 'usedWhy', { number: state.number }),
      thanks ? 200 : 410,
    );
  if (page.standing === 'revoked') return note(say(lang, 'revoked'), say(lang, 'revokedWhy'));
  if (page.standing === 'expired')
    return note(say(lang, 'expired'), say(lang, 'expiredWhy', { at: formatLocal(page.expiresAt ?? look.now) }));
  if (actions.length === 0) return note(say(lang, 'notNow'), say(lang, 'notNowWhy', { number: state.number }));
  return undefined;
}

/** Attachments in what the page shows: fields of the case open to outsiders, and the papers. */
function filesOf({ held, page }: Asked): Set<string> {
  const { state, procedure } = held;
  const open = Object.entries(procedure.intake.fields).flatMap(([field, spec]) =>
    spec.type === 'attachments' && spec.visible && !spec.personal ? [state.values[field]].flat().map(String) : [],
  );
  const inPapers = papersFor(state, procedure, page.role).flatMap(({ form }) =>
    renderForm(form, state, held.ctx).sections.flatMap((section) =>
      section.rows.flatMap((row) => row.attachments ?? []),
    ),
  );
  return new Set([...open, ...inPapers]);
}
