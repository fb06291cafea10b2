import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OwnerDeps } from '../deps.ts';
import { faultsOf, readFields, together } from '../form.ts';
import { html } from '../html.ts';
import { send, sendNote } from '../layout.ts';
import { createOwnerLink } from '../link.ts';
import { outagesAt } from '../outages.ts';
import { isParking, parked } from '../park.ts';
import { type Entrance, entranceOfCompany, entranceOfDoor, locate } from '../places.ts';
import { Posted } from '../posted.ts';
import { receive } from '../receive.ts';
import { reportScene } from '../scene.ts';
import { keepUploads } from '../uploads.ts';
import { visit } from '../visit.ts';
import { alikeOf, answerIn } from './alike.ts';
import { answersSum, openGate } from './gate.ts';
import { offersOf } from './offers.ts';
import { fieldsOf, type ReportForm, reportPage, TRAP } from './page.ts';
import { caseIdOf, objections, submit } from './submit.ts';

// Nobody reads, types and sends in less; a program does.
const QUICKEST = 2_500;
// Words are always read and handed back; photos from an address that sends too much are not.
const MOST_UNREAD = 256 * 1024;

const textIn = (query: unknown, name: string): string | undefined => {
  const value =
    typeof query === 'object' && query !== null ? Object.entries(query).find(([key]) => key === name)?.[1] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** The report form, behind the codes at the doors and at the company's own address. */
export function reportRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const gate = openGate();
  type DoorRequest = FastifyRequest<{ Params: { code?: string } }>;

  const entrance = (request: DoorRequest): Promise<Entrance | null> =>
    request.params.code === undefined
      ? entranceOfCompany(deps, { host: request.host, named: textIn(request.query, 'company') })
      : entranceOfDoor(deps, request.params.code);

  const form = async (request: DoorRequest, at: Entrance, typed: Posted): Promise<ReportForm | null> => {
    const look = await visit(deps, request, at.tenant);
    const offers = await offersOf(deps, at.tenant, at.scanned);
    const wanted = typed.text('switch') || typed.text('matter') || textIn(request.query, 'matter');
    const offer = offers.find(({ id, matter }) => id === wanted || matter === wanted) ?? offers[0];
    if (!offer) return null;
    const key = typed.text('key');
    const since = Number(typed.text('since'));
    return {
      visit: look,
      scene: await reportScene(deps, look, offer.pack, offer.procedureName, at.where),
      offers,
      offer,
      typed,
      outages: await outagesAt(deps, at.tenant, at.where),
      faults: new Map(),
      ask: false,
      key: /^[\w-]{16,64}$/.test(key) ? key : randomUUID(),
      since: Number.isSafeInteger(since) && since > 0 ? since : look.now,
    };
  };

  const lost = async (request: DoorRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const look = await visit(deps, request, '');
    const { speak, href } = look;
    return sendNote(
      reply,
      404,
      look,
      speak('notFoundTitle'),
      speak(request.params.code === undefined ? 'notReady' : 'notFoundDoor'),
      request.params.code === undefined
        ? undefined
        : html`<a class="button main" href="${href('/o')}">${speak('reportTitle')}</a>`,
    );
  };
  const tired = async (
    request: DoorRequest,
    reply: FastifyReply,
    { tenant }: Entrance,
    n: number,
  ): Promise<FastifyReply> => {
    const look = await visit(deps, request, tenant);
    return sendNote(reply, 429, look, look.speak('notSentYet'), look.speak('tooOften', { n }));
  };
  const closed = (reply: FastifyReply, look: ReportForm['visit']): FastifyReply =>
    sendNote(reply, 404, look, look.speak('notFoundTitle'), look.speak('notReady'));
  const show = (reply: FastifyReply, status: number, made: ReportForm): FastifyReply =>
    send(reply, status, made.visit, made.visit.speak('reportTitle'), reportPage(made));

  const get = async (request: DoorRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const at = await entrance(request);
    if (!at) return lost(request, reply);
    const made = await form(request, at, new Posted());
    return made ? show(reply, 200, made) : closed(reply, await visit(deps, request, at.tenant));
  };

  const post = async (request: DoorRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const at = await entrance(request);
    if (!at) return lost(request, reply);
    const parking = isParking(request);
    const door = request.params.code ?? at.tenant;
    const { wait, ask } = parking
      ? { wait: gate.takePhoto(request.ip, deps.time.now()), ask: false }
      : gate.take(request.ip, door, deps.time.now());
    if (wait > 0 && Number(request.headers['content-length'] ?? 0) > MOST_UNREAD)
      return tired(request, reply, at, wait);
    const received = await receive(request);
    const first = await form(request, at, received.ok ? received.posted : new Posted());
    if (!first) return closed(reply, await visit(deps, request, at.tenant));
    const { visit: look, offer, scene, key } = first;
    const { speak, lang, now, href } = look;
    if (!received.ok) return sendNote(reply, 413, look, speak('tooLargeTitle'), speak('tooLargeText'));
    if (parking) {
      if (wait > 0) return reply.code(429).send({ kept: {} });
      const { posted, faults } = await keepUploads(deps, at.tenant, fieldsOf(offer), received.posted, lang);
      return parked(reply, fieldsOf(offer), posted, faults);
    }
    const done = async (caseId: string): Promise<FastifyReply> =>
      reply.redirect(href(await createOwnerLink(deps.pool, at.tenant, caseId, now), { new: '1' }), 303);
    const before = await deps.handling.caseById(at.tenant, caseIdOf(at.tenant, key));
    if (before) return done(before.state.id);
    if (wait > 0) return show(reply, 429, { ...first, message: speak('tooOften', { n: wait }) });

    const fields = fieldsOf(offer);
    const { posted, faults: fileFaults } = await keepUploads(deps, at.tenant, fields, received.posted, lang);
    const made = { ...first, typed: posted, ask };
    if (posted.has('switch')) return show(reply, 200, made);
    const values = await locate(deps, at.tenant, fields, readFields(fields, posted, scene));
    if (fileFaults.size > 0) {
      const objection = await objections(deps, at.tenant, offer, values);
      const faults = objection ? together(faultsOf(objection, fields, scene), fileFaults) : fileFaults;
      return show(reply, 422, { ...made, faults });
    }
    if (posted.text(TRAP) !== '' || now - first.since < QUICKEST)
      return show(reply, 422, { ...made, message: speak('once') });
    if (ask && !answersSum(key, posted.text('sum'))) return show(reply, 422, { ...made, message: speak('askWrong') });
    const alike = await alikeOf(deps, at.tenant, values, key);
    const ties = alike.length === 0 ? {} : answerIn(posted, alike);
    // Asked once everything else is right, so that his answer is the last thing to do.
    if (!ties && !(await objections(deps, at.tenant, offer, values))) return show(reply, 200, { ...made, alike });
    const registered = await submit(deps, at.tenant, offer, values, key, ties);
    if (!registered.ok) return show(reply, 422, { ...made, faults: faultsOf(registered.refusal, fields, scene) });
    return done(registered.value.caseId);
  };

  app.get('/o', get);
  app.post('/o', post);
  app.get('/o/d/:code', get);
  app.post('/o/d/:code', post);
}
