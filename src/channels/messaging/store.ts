// Longer than usual: the one place where rows of messages in and out are written and read.
import type { ClientBase, Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { uuid7 } from '#handling/uuid.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Incoming, Letter, Sent } from './messenger.ts';
import type { Option } from './options.ts';

/** How often a message is tried before a person must look at it. */
export const ATTEMPTS = 12;

/** What became of a message that arrived. */
export type Became =
  | { became: 'case' | 'addition' | 'answer'; caseId: string }
  | { became: 'held' }
  | { became: 'nothing' | 'deadLetter'; why: Refusal };

export interface KeptMessage extends Incoming {
  kind: string;
  keptAt: Instant;
  newCaseId: string;
  status: string;
}

const bodyShape = z.looseObject({
  text: z.string().optional(),
  media: z.object({ id: z.string(), name: z.string() }).optional(),
  receipt: z
    .object({ providerId: z.string(), arrived: z.boolean(), read: z.boolean().optional(), note: z.string() })
    .optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
});

const takeJob = (tenant: string, kind: string, key: string): object => ({
  task: 'take-message',
  payload: { tenant, kind, key },
  key: `message:${tenant}:${kind}:${key}`,
  attempts: ATTEMPTS,
});
const sendJob = (tenant: string, id: string): object => ({
  task: 'send-message',
  payload: { tenant, id },
  key: `send:${tenant}:${id}`,
  attempts: ATTEMPTS,
});
// A service knows after seconds, people open a message after minutes. Jobs live by the time of the world.
const MOST_ASKED = 8;
const askJob = (tenant: string, id: string, asked = 1): object => ({
  task: 'ask-receipt',
  payload: { tenant, id, asked },
  key: `ask:${tenant}:${id}`,
  attempts: 8,
  run_at: toTimestamp(Date.now() + MINUTE * 2 ** (asked - 1)),
});
/** Orders that the service be asked once more, after twice the time; nothing when it was asked often enough. */
export async function askAgain(pool: Pool, tenant: string, id: string, asked: number): Promise<void> {
  if (asked < MOST_ASKED) await withTenant(pool, tenant, (client) => addJobs(client, [askJob(tenant, id, asked + 1)]));
}
const addJobs = (client: ClientBase, jobs: readonly object[]): Promise<unknown> =>
  jobs.length === 0 ? Promise.resolve() : client.query('select huiyin.add_jobs($1)', [JSON.stringify(jobs)]);

/** Notes that a service has called; once a minute is enough, or all its calls would queue for one row. */
export async function noteHeard(pool: Pool, tenant: string, kind: string, now: Instant): Promise<void> {
  await withTenant(pool, tenant, (client) =>
    client.query('update huiyin.channel_connection set heard_at = $3 where tenant_id = $1 and kind = $2', [
      tenant,
      kind,
      toTimestamp(now),
    ]),
  );
}

/** A kept message; undefined when there is none of that key. */
export async function keptMessage(
  pool: Pool,
  tenant: string,
  kind: string,
  key: string,
): Promise<KeptMessage | undefined> {
  type Row = Pick<KeptMessage, 'sender' | 'what' | 'keptAt' | 'newCaseId' | 'status'> & { body: unknown };
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(
      `select sender, what, body, kept_at as "keptAt", new_case_id as "newCaseId", status
       from huiyin.message_in where tenant_id = $1 and kind = $2 and key = $3`,
      [tenant, kind, key],
    ),
  );
  const row = found.rows[0];
  if (!row) return undefined;
  const { body, ...rest } = row;
  const { text, media, receipt, name, phone } = bodyShape.parse(body);
  return { ...rest, kind, key, text, media, receipt, name, phone };
}

/** Writes down what became of a message. */
export async function settleMessage(
  client: ClientBase,
  tenant: string,
  { kind, key }: { kind: string; key: string },
  became: Became,
  now: Instant,
): Promise<void> {
  const why = 'why' in became ? became.why : null;
  await client.query(
    `update huiyin.message_in set status = $4, case_id = $5, reason = $6, reason_zh = $7, reason_en = $8, settled_at = $9
     where tenant_id = $1 and kind = $2 and key = $3`,
    [
      tenant,
      kind,
      key,
      became.became,
      'caseId' in became ? became.caseId : null,
      why?.code ?? null,
      why?.message.zh ?? null,
      why?.message.en ?? null,
      toTimestamp(now),
    ],
  );
}

/** A message to be sent. */
export interface NewLetter {
  kind: string;
  to: string;
  text: string;
  number?: string;
  link?: string | null;
  caseId?: string;
  seq?: number;
  options?: readonly Option[];
  /** False when it goes to a member of staff. */
  toOwner?: boolean;
}

/** Orders a message; the one of a notice is ordered once. */
export async function orderMessage(client: PoolClient, tenant: string, letter: NewLetter, now: Instant): Promise<void> {
  const id = uuid7(now);
  const added = await client.query(
    `insert into huiyin.message_out
       (tenant_id, message_id, kind, recipient, case_id, seq, text_zh, number, link, options, created_at, to_owner)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
    [
      tenant,
      id,
      letter.kind,
      letter.to,
      letter.caseId ?? null,
      letter.seq ?? null,
      letter.text,
      letter.number ?? null,
      letter.link ?? null,
      JSON.stringify(letter.options ?? []),
      toTimestamp(now),
      letter.toOwner ?? true,
    ],
  );
  if (added.rowCount === 1) await addJobs(client, [sendJob(tenant, id)]);
}

/** Keeps the message of a notice; its id when it is still to be sent, null when the service has taken it before. */
export async function upsertNotice(
  client: PoolClient,
  tenant: string,
  letter: NewLetter & { caseId: string; seq: number },
  now: Instant,
): Promise<string | null> {
  const kept = await client.query<{ id: string }>(
    `insert into huiyin.message_out as m
       (tenant_id, message_id, kind, recipient, case_id, seq, text_zh, number, link, options, created_at, to_owner)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (tenant_id, case_id, seq, kind) where seq is not null do update
       set status = 'waiting', reason = null, reason_zh = null, reason_en = null
       where m.status in ('waiting', 'failed') and m.provider_id is null
     returning message_id as id`,
    [
      tenant,
      uuid7(now),
      letter.kind,
      letter.to,
      letter.caseId,
      letter.seq,
      letter.text,
      letter.number ?? null,
      letter.link ?? null,
      JSON.stringify(letter.options ?? []),
      toTimestamp(now),
      letter.toOwner ?? true,
    ],
  );
  return kept.rows[0]?.id ?? null;
}

/** A message that waits to be sent or failed before, with the try counted; undefined when nothing is left to do. */
export async function beginSending(
  pool: Pool,
  tenant: string,
  id: string,
): Promise<(Letter & { kind: string }) | undefined> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Letter & { kind: string }>(
      `update huiyin.message_out set attempts = attempts + 1
       where tenant_id = $1 and message_id = $2 and status in ('waiting', 'failed') and provider_id is null
       returning message_id as id, kind, recipient as "to", text_zh as text, number, link`,
      [tenant, id],
    ),
  );
  return found.rows[0];
}

/** A message that a service took and of which nothing more is known; undefined when there is none such. */
export async function sentMessage(
  pool: Pool,
  tenant: string,
  id: string,
): Promise<{ kind: string; providerId: string; to: string } | undefined> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ kind: string; providerId: string; to: string }>(
      `select kind, provider_id as "providerId", recipient as "to" from huiyin.message_out
       where tenant_id = $1 and message_id = $2 and status = 'sent' and provider_id is not null`,
      [tenant, id],
    ),
  );
  return found.rows[0];
}

/**
 * Writes down what the service said to a message, on it and on the notice it carried; `asks`: the service is asked later
 * what became of it.
 */
export async function settleSending(
  pool: Pool,
  tenant: string,
  id: string,
  sent: Sent,
  now: Instant,
  asks: boolean,
): Promise<void> {
  await withTenant(pool, tenant, async (client) => {
    const why = sent.ok ? null : sent.why;
    const done = await client.query<{ caseId: string | null; seq: number | null }>(
      `update huiyin.message_out set status = $3, provider_id = $4, reason = $5, reason_zh = $6, reason_en = $7, settled_at = $8
       where tenant_id = $1 and message_id = $2 and status in ('waiting', 'failed') returning case_id as "caseId", seq`,
      [
        tenant,
        id,
        sent.ok ? 'sent' : 'failed',
        sent.ok ? sent.providerId : null,
        why?.code ?? null,
        why?.message.zh ?? null,
        why?.message.en ?? null,
        toTimestamp(now),
      ],
    );
    await tellNotice(client, tenant, done.rows[0], why?.message.zh ?? null, now);
    if (asks && sent.ok && sent.providerId !== null) await addJobs(client, [askJob(tenant, id)]);
  });
}

/** Writes down the receipt of a message; one that comes before the answer to the sending is tried again. */
export async function settleReceipt(
  client: PoolClient,
  tenant: string,
  kind: string,
  { providerId, arrived, read, note }: NonNullable<Incoming['receipt']>,
  now: Instant,
): Promise<boolean> {
  const done = await client.query<{ caseId: string | null; seq: number | null }>(
    `update huiyin.message_out set status = $4, reason = $5, reason_zh = $6, reason_en = $7, settled_at = $8
     where tenant_id = $1 and kind = $2 and provider_id = $3 and status in ('sent', 'arrived', 'failed')
     returning case_id as "caseId", seq`,
    [
      tenant,
      kind,
      providerId,
      arrived ? 'arrived' : 'failed',
      arrived ? null : `${kind}.notDelivered`,
      arrived ? null : `未送达：${note}`,
      arrived ? null : `Not delivered: ${note}`,
      toTimestamp(now),
    ],
  );
  await tellNotice(client, tenant, done.rows[0], arrived ? null : `未送达：${note}`, now);
  if (read) await markRead(client, tenant, done.rows[0], now);
  if (!arrived) await orderNextWay(client, tenant, kind, done.rows[0], note, now);
  return done.rowCount === 1;
}

/** A message that was taken and did not arrive: its try has failed, and the next way is ordered. */
async function orderNextWay(
  client: PoolClient,
  tenant: string,
  way: string,
  row: { caseId: string | null; seq: number | null } | undefined,
  note: string,
  now: Instant,
): Promise<void> {
  const back = await client.query<{ caseId: string; seq: number; attempt: number }>(
    `update huiyin.notice_sending set status = 'failed', note = $5, settled_at = huiyin.instant($6)
     where tenant_id = $1 and case_id = $2 and seq = $3 and way = $4 and status = 'sent'
     returning case_id as "caseId", seq, attempt`,
    [tenant, row?.caseId ?? null, row?.seq ?? null, way, note.slice(0, 500), now],
  );
  await addJobs(
    client,
    back.rows.map((failed) => ({
      task: 'deliver-notice',
      payload: { tenant, failed },
      key: `notice-back:${failed.caseId}:${failed.seq}:${failed.attempt}`,
      attempts: ATTEMPTS,
    })),
  );
}

/** The service says that he has opened it: then the notice is read, and nobody tells him a second time. */
async function markRead(
  client: PoolClient,
  tenant: string,
  row: { caseId: string | null; seq: number | null } | undefined,
  now: Instant,
): Promise<void> {
  await client.query(
    `update huiyin.notice set read_at = huiyin.instant($4), read_by = 'message'
     where tenant_id = $1 and case_id = $2 and seq = $3 and read_at is null`,
    [tenant, row?.caseId ?? null, row?.seq ?? null, now],
  );
}

async function tellNotice(
  client: ClientBase,
  tenant: string,
  row: { caseId: string | null; seq: number | null } | undefined,
  failure: string | null,
  now: Instant,
): Promise<void> {
  if (!row || row.caseId === null || row.seq === null) return;
  await client.query(
    `update huiyin.notice set delivery = $4, delivery_note = $5, delivery_at = huiyin.instant($6)
     where tenant_id = $1 and case_id = $2 and seq = $3`,
    [tenant, row.caseId, row.seq, failure === null ? 'sent' : 'failed', failure?.slice(0, 500) ?? null, now],
  );
}

/** Puts a dead letter back to where it can be tried again; false when it is none. */
export async function tryAgain(
  pool: Pool,
  tenant: string,
  which: { kind: string; key: string } | { id: string },
): Promise<boolean> {
  return withTenant(pool, tenant, async (client) => {
    if ('id' in which) {
      const back = await client.query<{ caseId: string | null; seq: number | null }>(
        `update huiyin.message_out set status = 'waiting', reason = null, reason_zh = null, reason_en = null, provider_id = null
         where tenant_id = $1 and message_id = $2 and status = 'failed' returning case_id as "caseId", seq`,
        [tenant, which.id],
      );
      const row = back.rows[0];
      if (!row) return false;
      if (row.caseId !== null && row.seq !== null)
        await client.query(
          `update huiyin.notice set delivery = 'waiting', delivery_note = null where tenant_id = $1 and case_id = $2 and seq = $3`,
          [tenant, row.caseId, row.seq],
        );
      await addJobs(client, [sendJob(tenant, which.id)]);
      return true;
    }
    const back = await client.query(
      `update huiyin.message_in set status = 'kept', reason = null, reason_zh = null, reason_en = null
       where tenant_id = $1 and kind = $2 and key = $3 and status = 'deadLetter'`,
      [tenant, which.kind, which.key],
    );
    if (back.rowCount !== 1) return false;
    await addJobs(client, [takeJob(tenant, which.kind, which.key)]);
    return true;
  });
}
