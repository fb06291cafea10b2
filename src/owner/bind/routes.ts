import type { FastifyInstance, FastifyReply } from 'fastify';
import { searchPlaces } from '#directory/premises.ts';
import { bindSender, type Sender, senderOfBindLink } from '#directory/sender.ts';
import type { OwnerDeps } from '../deps.ts';
import { type Html, html } from '../html.ts';
import { send, sendNote } from '../layout.ts';
import { receive } from '../receive.ts';
import { type Visit, visit } from '../visit.ts';
import { type Say, say } from './words.ts';

interface Typed {
  name: string;
  phone: string;
  place: string;
}
const PHONE = /^(?:1[3-9]\d{9}|0\d{9,11}|[48]00\d{7})$/;

/** `/o/bind/<token>`: somebody who wrote by message says, once, where he lives and how to reach him. */
export function bindRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  type Request = { Params: { token: string } };
  const over = (reply: FastifyReply, look: Visit): FastifyReply =>
    sendNote(reply, 404, look, say(look.lang, 'over'), say(look.lang, 'overLead'));

  app.get<Request>('/o/bind/:token', async (request, reply) => {
    const found = await senderOfBindLink(deps.pool, request.params.token, deps.time.now());
    const look = await visit(deps, request, found?.tenant ?? '');
    return found ? send(reply, 200, look, say(look.lang, 'title'), form(look, begun(found.sender))) : over(reply, look);
  });

  app.post<Request>('/o/bind/:token', async (request, reply) => {
    const found = await senderOfBindLink(deps.pool, request.params.token, deps.time.now());
    const look = await visit(deps, request, found?.tenant ?? '');
    if (!found) return over(reply, look);
    const { tenant, sender } = found;
    const received = await receive(request);
    const text = (name: string): string => (received.ok ? received.posted.text(name).trim().slice(0, 120) : '');
    const typed = {
      name: text('name'),
      phone: text('phone').normalize('NFKC').replace(/[\s-]/g, ''),
      place: text('place'),
    };
    const faults = (
      [
        [typed.name === '', 'noName'],
        [!PHONE.test(typed.phone), 'noPhone'],
        [typed.place === '', 'noPlace'],
      ] as const
    ).flatMap(([wrong, key]) => (wrong ? [key] : []));
    if (faults.length > 0) return send(reply, 422, look, say(look.lang, 'title'), form(look, typed, faults));
    // Only the one room that fits is taken: a wrong room is worse than words alone.
    const [first, second] = await searchPlaces(deps.pool, tenant, typed.place, 2);
    const room = first && !second ? first : undefined;
    const place = room?.fullName ?? typed.place;
    await bindSender(deps.pool, tenant, sender, { ...typed, premisesId: room?.id ?? null, place }, deps.time.now());
    return sendNote(
      reply,
      200,
      look,
      say(look.lang, 'done'),
      say(look.lang, 'doneLead').replace('{place}', () => place),
    );
  });
}

const begun = ({ name, phone, place }: Sender): Typed => ({ name: name ?? '', phone: phone ?? '', place: place ?? '' });

function form({ lang, path, href }: Visit, typed: Typed, faults: readonly Say[] = []): Html {
  return html`<h1>${say(lang, 'title')}</h1><p class="lead">${say(lang, 'lead')}</p>
${faults.length > 0 && html`<div class="faults" role="alert" id="faults" tabindex="-1">${faults.map((one) => html`<p>${say(lang, one)}</p>`)}</div>`}
<form method="post" action="${href(path)}">
<p><label for="place">${say(lang, 'place')}</label><input id="place" name="place" required maxlength="120" value="${typed.place}" placeholder="${say(lang, 'placeHint')}" autocomplete="street-address"></p>
<p><label for="name">${say(lang, 'name')}</label><input id="name" name="name" required maxlength="60" value="${typed.name}" autocomplete="name"></p>
<p><label for="phone">${say(lang, 'phone')}</label><input id="phone" name="phone" type="tel" required maxlength="20" value="${typed.phone}" autocomplete="tel"></p>
<button class="main">${say(lang, 'send')}</button></form>`;
}
