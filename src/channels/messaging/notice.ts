import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { createCaseLink } from '#directory/account/case-link.ts';
import { connectionOf } from './connections.ts';
import { localNumber } from './local-number.ts';
import { offer, optionsOf } from './options.ts';
import { type MessagingDeps, ownerActor } from './receive.ts';
import { deliver } from './send.ts';
import { upsertNotice } from './store.ts';

const MOBILE = /^1[3-9]\d{9}$/;

/** A telephone number that takes short messages, as the services want it; null for every other. */
const mobileOf = (phone: unknown): string | null => {
  const digits = typeof phone === 'string' ? localNumber(phone.replace(/\D/g, '')) : '';
  return MOBILE.test(digits) ? digits : null;
};

/** Whom a notice is for. */
export interface To {
  tenant: string;
  kind: 'person' | 'owner';
  phone: string | null;
  /** Null: the notice is about no case; then it is for staff. */
  state: CaseState | null;
  /** About a member of staff himself: it is not said in a group. */
  personal?: boolean | undefined;
}

/**
 * Where somebody is reached by a service: the owner where he wrote from, or, where the service is one of telephone
 * numbers, at the number he left; staff at their number, also in a group of theirs. Null when he is not.
 */
export async function messageAddress(
  deps: MessagingDeps,
  kind: string,
  { tenant, kind: who, phone, state, personal }: To,
): Promise<string | null> {
  const connection = await connectionOf(deps, tenant, kind);
  if (!connection?.active) return null;
  if (who === 'owner' && state) {
    const found = await withTenant(deps.pool, tenant, (client) =>
      client.query<{ sender: string; gone: boolean }>(
        `select r.sender, s.left_at is not null as gone from huiyin.case_recipient r
           join huiyin.channel_sender s on s.tenant_id = r.tenant_id and s.kind = r.kind and s.sender = r.sender
         where r.tenant_id = $1 and r.case_id = $2 and r.kind = $3`,
        [tenant, state.id, kind],
      ),
    );
    const row = found.rows[0];
    if (row) return row.gone ? null : row.sender;
  }
  const { byTelephone, staffGroup } = connection.messenger;
  if (!byTelephone && !(staffGroup && who === 'person' && !personal)) return null;
  return mobileOf(who === 'owner' ? (state?.values.contactPhone ?? state?.values.phone) : phone);
}

/**
 * Sends a notice: to the person who asked with the link of his page and what he can answer by a sign. Rejects when the
 * service did not take it; run again for the same entry it is not sent twice once it was taken.
 */
export async function sendNotice(
  deps: MessagingDeps,
  kind: string,
  {
    to,
    who,
    caseId,
    seq,
    number,
    words,
  }: { to: string; who: To; caseId: string; seq: number; number: string; words: string },
): Promise<void> {
  const { pool, time, handling } = deps;
  const { tenant } = who;
  const owner = who.kind === 'owner';
  const file = owner ? await handling.caseById(tenant, caseId) : undefined;
  const pack = file && (await handling.packs.version(tenant, file.state.pack, file.state.packVersion));
  const options = file && pack ? optionsOf(file.state, await handling.context(tenant, pack, ownerActor(null))) : [];
  const link =
    owner && deps.publicUrl
      ? `${deps.publicUrl}/o/c/${await createCaseLink(pool, tenant, caseId, { now: time.now() })}`
      : null;
  const text = [words.includes(number) ? words : `${number} ${words}`, offer(options)].filter(Boolean).join('\n');
  const letter = { kind, to, text, number, link, caseId, seq, options, toOwner: owner };
  const waiting = await withTenant(pool, tenant, (client) => upsertNotice(client, tenant, letter, time.now()));
  if (waiting !== null) await deliver(deps, tenant, waiting);
}
