import type { FastifyReply, FastifyRequest } from 'fastify';
import { controlOf, type Faults, type Fields } from './form.ts';
import type { Posted } from './posted.ts';

/** Whether the script sends a photo ahead of its form, so that a lost connection costs one photo and not all of them. */
export const isParking = (request: FastifyRequest): boolean =>
  /[?&]park=1(&|$)/.test(request.url) && request.isMultipart();

/** Answers a photo that came ahead: under which ids it is kept. What was refused stays with the form, which then says why. */
export function parked(reply: FastifyReply, fields: Fields, posted: Posted, faults: Faults): FastifyReply {
  const names = Object.keys(fields).map((field) => `${controlOf(field)}.kept`);
  const kept = Object.fromEntries(names.map((name) => [name, posted.all(name)]));
  return reply
    .code(faults.size > 0 ? 422 : 200)
    .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .send({ kept });
}
