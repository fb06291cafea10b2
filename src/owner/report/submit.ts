import { createHash } from 'node:crypto';
import type { Actor, RegisterCommand } from '#case/context.ts';
import { decide } from '#case/decide.ts';
import type { Values } from '#case/event.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import type { OwnerDeps } from '../deps.ts';
import type { Offer } from './offers.ts';

/** The id of the case a form becomes: the same form, however often it is sent, is the same case. */
export function caseIdOf(tenant: string, key: string): string {
  const h = createHash('sha256').update(`huiyin owner form ${tenant} ${key}`).digest('hex');
  const variant = ((Number.parseInt(h.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-${variant}${h.slice(18, 20)}-${h.slice(20, 32)}`;
}

/** The person who asked, as the engine knows him. */
export const ownerActor = (name: unknown): Actor => ({
  kind: 'owner',
  personId: null,
  name: typeof name === 'string' ? name : '',
  posts: [],
});

/** Registers what was reported, joined to what he said it is. A second sending of the same form answers with the first one's case. */
export async function submit(
  deps: OwnerDeps,
  tenant: string,
  offer: Offer,
  values: Values,
  key: string,
  ties: Pick<RegisterCommand, 'joins' | 'incident'> = {},
): Promise<Result<{ caseId: string }>> {
  const caseId = caseIdOf(tenant, key);
  const done = await deps.handling.handle({
    tenant,
    actor: ownerActor(values.contactName),
    idempotencyKey: `owner:${key}`,
    pack: offer.pack.pack,
    caseId,
    command: {
      type: 'register',
      procedure: offer.procedureName,
      matter: offer.matter,
      channel: offer.channel,
      values,
      ...ties,
    },
  });
  if (done.ok) return accept({ caseId });
  // Sent twice at once, with photos that got new ids the second time: the first one won.
  return (await deps.handling.caseById(tenant, caseId)) ? accept({ caseId }) : refuse(done.refusal);
}

/** What the engine would object to, without registering anything. */
export async function objections(
  deps: OwnerDeps,
  tenant: string,
  offer: Offer,
  values: Values,
): Promise<Refusal | undefined> {
  const { procedureName: procedure, matter, channel } = offer;
  const ctx = await deps.handling.context(tenant, offer.pack, ownerActor(values.contactName));
  const read = decide(null, { type: 'register', number: '-', procedure, matter, channel, values }, ctx);
  return read.ok ? undefined : read.refusal;
}
