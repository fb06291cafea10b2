import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';
import { doLater, dropLater } from '#journal/later.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { CALL_BACK, figuresOf, type Heard, LONGEST_RING } from './call.ts';

/** One thing an exchange says of a call. */
export interface Said {
  kind: Heard;
  /** The exchange's own name for the call. */
  call: string;
  at: Instant;
  caller?: string | undefined;
  dialled?: string | undefined;
  /** How often it rang, where the exchange counts. */
  rings?: number | undefined;
  /** Which telephone answered. */
  extension?: string | undefined;
  recording?: string | undefined;
}

/** Tells every server, once this transaction is through, that a call has changed. */
export const announce = (client: PoolClient, tenant: string, callId: string): Promise<unknown> =>
  client.query("select pg_notify('huiyin_call', $1)", [JSON.stringify({ tenant, about: callId })]);

/** Orders, in this transaction, that the journal of the call's case be told of it: when it has ended and has a case. */
export const orderKeeping = (client: PoolClient, tenant: string, callId: string): Promise<unknown> =>
  client.query('select huiyin.add_jobs($1)', [
    JSON.stringify([{ task: 'keep-call', payload: { tenant, callId }, key: `call:${callId}`, attempts: 25 }]),
  ]);

/**
 * Writes down what an exchange says. The same thing of the same call said again changes nothing; the order in which
 * things are heard makes no difference to what comes out.
 */
export async function hear(
  pool: Pool,
  tenant: string,
  exchangeId: string,
  said: Said,
  now: Instant,
): Promise<{ callId: string; fresh: boolean }> {
  const { kind, call, at, ...rest } = said;
  return withTenant(pool, tenant, async (client) => {
    await client.query(
      `insert into huiyin.call (tenant_id, call_id, exchange_id, reference, began_at)
       values ($1, $2, $3, $4, huiyin.instant($5)) on conflict do nothing`,
      [tenant, randomUUID(), exchangeId, call, at],
    );
    const found = await client.query<{ id: string }>(
      'select call_id as id from huiyin.call where tenant_id = $1 and exchange_id = $2 and reference = $3 for update',
      [tenant, exchangeId, call],
    );
    const callId = found.rows[0]?.id;
    if (callId === undefined) throw new Error('a call was heard of without a row');
    const added = await client.query(
      `insert into huiyin.call_event (tenant_id, call_id, kind, at, heard_at, said)
       values ($1, $2, $3, huiyin.instant($4), huiyin.instant($5), $6) on conflict do nothing`,
      [tenant, callId, kind, at, now, JSON.stringify(rest)],
    );
    if (added.rowCount !== 1) return { callId, fresh: false };
    const folded = await client.query<Standing>(FOLD, [
      tenant,
      callId,
      at,
      kind,
      figuresOf(said.caller),
      figuresOf(said.dialled),
      said.rings ?? null,
      said.extension ?? null,
      said.recording ?? null,
    ]);
    await watch(client, tenant, callId, folded.rows[0]);
    if (kind === 'ended') await orderKeeping(client, tenant, callId);
    await announce(client, tenant, callId);
    return { callId, fresh: true };
  });
}

interface Standing {
  beganAt: Instant;
  answered: boolean;
  endedAt: Instant | null;
  settled: boolean;
  callBackMinutes: number;
}

/** When nobody will have called back: until it is answered, every call may yet be a missed one. */
async function watch(client: PoolClient, tenant: string, callId: string, call: Standing | undefined): Promise<void> {
  if (!call || call.settled) return;
  if (call.answered) return dropLater(client, tenant, CALL_BACK, callId);
  const missedAt = call.endedAt ?? call.beganAt + LONGEST_RING;
  await doLater(client, tenant, CALL_BACK, callId, missedAt + call.callBackMinutes * MINUTE);
}

// Every kind writes its own columns; rings are counted from the two moments as soon as both are known.
const FOLD = `
  with heard as (
    select c.call_id, x.ring_seconds, x.call_back_minutes, coalesce(c.dialled, $6) as dialled,
      case when $4 = 'ringing' then huiyin.instant($3) else c.rang_at end as rang,
      case when $4 = 'answered' then huiyin.instant($3) else c.answered_at end as answered
    from huiyin.call c join huiyin.exchange x on x.tenant_id = c.tenant_id and x.exchange_id = c.exchange_id
    where c.tenant_id = $1 and c.call_id = $2)
  update huiyin.call c set
    caller = coalesce(c.caller, $5), dialled = h.dialled, began_at = least(c.began_at, huiyin.instant($3)),
    estate_id = coalesce(c.estate_id, (select n.estate_id from huiyin.exchange_number n
      where n.tenant_id = $1 and n.exchange_id = c.exchange_id and n.number = h.dialled)),
    rang_at = h.rang, answered_at = h.answered,
    rings = coalesce($7::int, c.rings, case when h.answered is not null and h.rang is not null
      then greatest(1, floor(extract(epoch from h.answered - h.rang) / h.ring_seconds)::int + 1) end),
    answered_by = coalesce(c.answered_by, (select e.person_id from huiyin.exchange_extension e
      where e.tenant_id = $1 and e.exchange_id = c.exchange_id and e.extension = $8 and $4 = 'answered')),
    ended_at = case when $4 = 'ended' then huiyin.instant($3) else c.ended_at end,
    recording = coalesce(c.recording, $9)
  from heard h where c.tenant_id = $1 and c.call_id = h.call_id
  returning c.began_at as "beganAt", c.answered_at is not null as answered, c.ended_at as "endedAt",
    c.settled_at is not null as settled, h.call_back_minutes as "callBackMinutes"`;
