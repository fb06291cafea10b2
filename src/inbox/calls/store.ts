import type { Pool, PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';
import { doLater, dropLater } from '#journal/later.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { CALL_BACK, type Call, climbsAt, LONGEST_RING, phaseOf, type Reason } from './call.ts';
import { announce, orderKeeping } from './hear.ts';

const SELECT = `select c.call_id as id, c.exchange_id as "exchangeId", c.caller, c.dialled, c.estate_id as "estateId",
    m.full_name as estate, c.began_at as "beganAt", c.rang_at as "rangAt", c.answered_at as "answeredAt", c.rings,
    c.answered_by as "answeredBy", c.ended_at as "endedAt", c.recording, x.recordings, c.taken_by as "takenBy",
    c.taken_at as "takenAt", c.case_id as "caseId", f.number as "caseNumber", c.reason, c.note,
    c.settled_at as "settledAt", c.settled_by as "settledBy", x.call_back_minutes as "callBackMinutes",
    x.head_after_minutes as "headAfterMinutes",
    (select coalesce(json_agg(json_build_object('at', round(extract(epoch from v.at) * 1000), 'to', v.said->'to',
        'top', v.said->'top') order by v.nth), '[]')
      from huiyin.call_event v where v.tenant_id = c.tenant_id and v.call_id = c.call_id and v.kind = 'escalated') as escalations,
    a.name as "answeredByName", t.name as "takenByName"
  from huiyin.call c
  join huiyin.exchange x on x.tenant_id = c.tenant_id and x.exchange_id = c.exchange_id
  left join huiyin.premises m on m.tenant_id = c.tenant_id and m.premises_id = c.estate_id
  left join huiyin.person a on a.tenant_id = c.tenant_id and a.person_id = coalesce(c.answered_by, c.taken_by)
  left join huiyin.person t on t.tenant_id = c.tenant_id and t.person_id = c.taken_by
  left join huiyin.case_file f on f.tenant_id = c.tenant_id and f.id = c.case_id`;

// What nobody dealt with for so long is a matter for the report, not for today's list.
const SHOWN_FOR = 30 * DAY;
const MOST = 200;

/** Calls that run, and those of which nobody has said what became of them, newest first. */
export async function openCalls(pool: Pool, tenant: string, now: Instant): Promise<Call[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `${SELECT} where c.tenant_id = $1 and c.began_at > huiyin.instant($2)
        and (c.settled_at is null or (c.ended_at is null and c.began_at > huiyin.instant($3)))
      order by c.began_at desc limit ${MOST}`;
    return (await client.query<Call>(ask, [tenant, now - SHOWN_FOR, now - 4 * HOUR])).rows;
  });
}

/** Calls that belong to a case, in their order. */
export async function callsOfCase(pool: Pool, tenant: string, caseId: string): Promise<Call[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `${SELECT} where c.tenant_id = $1 and c.case_id = $2 order by c.began_at`;
    return (await client.query<Call>(ask, [tenant, caseId])).rows;
  });
}

async function one(client: PoolClient, tenant: string, id: string): Promise<Call | undefined> {
  return (await client.query<Call>(`${SELECT} where c.tenant_id = $1 and c.call_id = $2`, [tenant, id])).rows[0];
}

/** One call; undefined when there is none. */
export const callById = (pool: Pool, tenant: string, id: string): Promise<Call | undefined> =>
  withTenant(pool, tenant, (client) => one(client, tenant, id));

const unknown = refusal('call.unknown', text('没有这个来电', 'There is no such call'));
const taken = (by: string): Refusal =>
  refusal('call.taken', text(`${by} 已接手这个来电`, `${by} has taken this call already`), { who: text(by, by) });
const settled = refusal('call.settled', text('这个来电已登记到案件', 'This call belongs to a case already'));
const unfit = refusal(
  'call.unfitReason',
  text('这个去向不适用于该来电，请重新选择', 'That is not what can become of this call: choose again'),
  { field: 'reason' },
);
const noNote = refusal('call.noNote', text('选“其他”时请写明情况', 'Say what it was'), { field: 'note' });

/** A call, held until the caller's transaction ends. Call it inside `withTenant`. */
export async function heldCall(client: PoolClient, tenant: string, id: string): Promise<Call | undefined> {
  await client.query('select from huiyin.call where tenant_id = $1 and call_id = $2 for update', [tenant, id]);
  return one(client, tenant, id);
}

type Act<T> = (client: PoolClient, call: Call) => Promise<T>;

/** Acts on a call that is held until the transaction ends; refuses with call.unknown. */
async function onCall<T>(pool: Pool, tenant: string, id: string, act: Act<Result<T>>): Promise<Result<T>> {
  return withTenant(pool, tenant, async (client) => {
    const call = await heldCall(client, tenant, id);
    return call ? act(client, call) : refuse(unknown);
  });
}

const note = (
  client: PoolClient,
  tenant: string,
  id: string,
  kind: string,
  who: Who | null,
  now: Instant,
  said: object,
) =>
  client.query(
    `insert into huiyin.call_event (tenant_id, call_id, kind, at, heard_at, person_id, said, nth)
     select $1, $2, $3, huiyin.instant($4), huiyin.instant($4), $5, $6, count(*) + 1
     from huiyin.call_event where tenant_id = $1 and call_id = $2 and kind = $3`,
    [tenant, id, kind, now, who?.personId ?? null, JSON.stringify(said)],
  );

interface Who {
  personId: string;
}

/**
 * Somebody takes a call over, or takes up a missed one to call back; from then on its number is his to see, and it is on
 * record that he saw it. Refuses with call.taken while another has it: a missed call may change hands.
 */
export async function takeCall(pool: Pool, tenant: string, id: string, who: Who, now: Instant): Promise<Result<Call>> {
  return onCall(pool, tenant, id, async (client, call) => {
    if (call.takenBy === who.personId) return accept(call);
    if (call.takenBy !== null && phaseOf(call, now) !== 'missed') return refuse(taken(call.takenByName ?? ''));
    await note(client, tenant, id, 'taken', who, now, {});
    await client.query(
      'update huiyin.call set taken_by = $3, taken_at = huiyin.instant($4) where tenant_id = $1 and call_id = $2',
      [tenant, id, who.personId, now],
    );
    await announce(client, tenant, id);
    return accept({ ...call, takenBy: who.personId, takenAt: now });
  });
}

/** What becomes of a call: a case, or a reason why there is none. */
export type Outcome = { caseId: string } | { reason: Reason; note: string };

const FIT: { [phase: string]: readonly Reason[] } = {
  missed: ['calledBack', 'unreachable', 'wrongNumber', 'internal', 'other'],
  answered: ['answered', 'wrongNumber', 'silent', 'internal', 'other'],
};

/** Says what became of a call. A reason may give way to a case later, a case to nothing. */
export async function settleCall(
  pool: Pool,
  tenant: string,
  id: string,
  outcome: Outcome,
  who: Who,
  now: Instant,
): Promise<Result<Call>> {
  return onCall(pool, tenant, id, async (client, call) => {
    const caseId = 'caseId' in outcome ? outcome.caseId : null;
    if (call.caseId !== null) return caseId === call.caseId ? accept(call) : refuse(settled);
    const [reason, words] = 'reason' in outcome ? [outcome.reason, outcome.note.trim()] : [null, null];
    if (reason !== null && !FIT[phaseOf(call, now)]?.includes(reason)) return refuse(unfit);
    if (reason === 'other' && words === '') return refuse(noNote);
    await note(client, tenant, id, 'settled', who, now, outcome);
    await client.query(
      `update huiyin.call set case_id = $3, reason = $4, note = $5, settled_at = huiyin.instant($6), settled_by = $7
       where tenant_id = $1 and call_id = $2`,
      [tenant, id, caseId, reason, words, now, who.personId],
    );
    await dropLater(client, tenant, CALL_BACK, id);
    if (caseId !== null) await orderKeeping(client, tenant, id);
    await announce(client, tenant, id);
    const after = await one(client, tenant, id);
    return after ? accept(after) : refuse(unknown);
  });
}

/** Notes that the journal of its case tells of a call. */
export async function markKept(pool: Pool, tenant: string, id: string, now: Instant): Promise<void> {
  await withTenant(pool, tenant, (client) =>
    client.query('update huiyin.call set kept_at = huiyin.instant($3) where tenant_id = $1 and call_id = $2', [
      tenant,
      id,
      now,
    ]),
  );
}

/** Gives the calls of an exchange that wait to be called back the moments that its settings make now. Call it inside `withTenant`. */
export async function moveCallBacks(
  client: PoolClient,
  tenant: string,
  exchangeId: string,
  now: Instant,
): Promise<void> {
  const waiting = await client.query<Call>(
    `${SELECT} where c.tenant_id = $1 and c.exchange_id = $2 and c.settled_at is null and c.answered_at is null
       and c.began_at > huiyin.instant($3) for update of c`,
    [tenant, exchangeId, now - SHOWN_FOR],
  );
  for (const call of waiting.rows) {
    const ringing =
      phaseOf(call, now) === 'ringing' ? call.beganAt + LONGEST_RING + call.callBackMinutes * MINUTE : null;
    const at = ringing ?? climbsAt(call, now);
    if (at !== null) await doLater(client, tenant, CALL_BACK, call.id, at);
  }
}

/** Writes down that a missed call climbed, to whom, and when the next in line will hear; on `top` nobody is above. Call it inside `withTenant`. */
export async function escalate(
  client: PoolClient,
  tenant: string,
  { id, headAfterMinutes }: Pick<Call, 'id' | 'headAfterMinutes'>,
  { to, top }: { to: readonly { name: string }[]; top: boolean },
  now: Instant,
): Promise<void> {
  await note(client, tenant, id, 'escalated', null, now, { to: to.map(({ name }) => name), top });
  if (!top) await doLater(client, tenant, CALL_BACK, id, now + headAfterMinutes * MINUTE);
  await announce(client, tenant, id);
}
