import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { latest } from './feed.ts';
import type { Filter } from './message.ts';
import { newSecret, saySecret } from './signature.ts';

/** Another program that is told of what happens. */
export interface Webhook {
  id: string;
  label: string;
  url: string;
  filter: Filter;
  fields: string[];
  status: 'active' | 'paused' | 'ended';
  pausedAt: Instant | null;
  pausedWhy: string | null;
  failingSince: Instant | null;
  createdAt: Instant;
  waiting: number;
  failed: number;
}

/** What somebody wants to be told, and where. */
export interface Wish {
  label: string;
  url: string;
  filter: Filter;
  fields: string[];
}

/** One message with what the other side answered, latest attempt last. */
export interface Delivery {
  id: string;
  caseId: string;
  seq: number;
  type: string;
  body: string;
  status: 'waiting' | 'held' | 'sent' | 'failed';
  createdAt: Instant;
  settledAt: Instant | null;
  attempts: { at: Instant; status: number | null; answer: string; tookMs: number }[];
}

/** How long the former secret goes on signing beside a new one. */
export const BOTH_SIGN = DAY;
const ATTEMPTS = 18;

const COLUMNS = `w.webhook_id as id, w.label, w.url, w.filter, w.fields, w.status, w.paused_at as "pausedAt",
  w.paused_why as "pausedWhy", w.failing_since as "failingSince", w.created_at as "createdAt",
  (select count(*)::int from huiyin.webhook_delivery d where d.tenant_id = w.tenant_id and d.webhook_id = w.webhook_id
     and d.status in ('waiting', 'held')) as waiting,
  (select count(*)::int from huiyin.webhook_delivery d where d.tenant_id = w.tenant_id and d.webhook_id = w.webhook_id
     and d.status = 'failed') as failed`;

const unknown = refusal('webhook.unknown', text('没有这项订阅', 'There is no such subscription'));
const unknownDelivery = refusal('webhook.unknownDelivery', text('没有这次投递', 'There is no such delivery'));

/** Every subscription of a company that was not ended. */
export async function webhooksOf(pool: Pool, tenant: string): Promise<Webhook[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `select ${COLUMNS} from huiyin.webhook w where w.tenant_id = $1 and w.status <> 'ended' order by w.created_at`;
    return (await client.query<Webhook>(ask, [tenant])).rows;
  });
}

async function one(client: PoolClient, tenant: string, id: string): Promise<Result<Webhook>> {
  const ask = `select ${COLUMNS} from huiyin.webhook w where w.tenant_id = $1 and w.webhook_id = $2 and w.status <> 'ended'`;
  const [row] = (await client.query<Webhook>(ask, [tenant, id])).rows;
  return row ? accept(row) : refuse(unknown);
}

/** Subscribes a program to what happens from now on. The secret is told once and never again. */
export async function subscribe(
  pool: Pool,
  tenant: string,
  wish: Wish,
  personId: string,
  now: Instant,
): Promise<Result<{ webhook: Webhook; secret: string }>> {
  return withTenant(pool, tenant, async (client) => {
    const secret = newSecret();
    const id = randomUUID();
    const { place: from } = await latest(client, tenant);
    await client.query(
      `insert into huiyin.webhook (tenant_id, webhook_id, label, url, filter, fields, secret, after_xid, after_position, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, huiyin.instant($10), $11)`,
      [
        tenant,
        id,
        wish.label,
        wish.url,
        JSON.stringify(wish.filter),
        wish.fields,
        secret,
        from.xid,
        from.position,
        now,
        personId,
      ],
    );
    const made = await one(client, tenant, id);
    return made.ok ? accept({ webhook: made.value, secret: saySecret(secret) }) : made;
  });
}

/** Changes what is told or where, pauses, resumes or ends it. What was held back while it paused is sent when it resumes. */
export async function changeWebhook(
  pool: Pool,
  tenant: string,
  id: string,
  change: Partial<Wish> & { status?: Webhook['status'] | undefined },
  now: Instant,
): Promise<Result<Webhook>> {
  return withTenant(pool, tenant, async (client) => {
    const before = await one(client, tenant, id);
    if (!before.ok) return before;
    const { label, url, filter, fields, status } = { ...before.value, ...defined(change) };
    await client.query(
      `update huiyin.webhook set label = $3, url = $4, filter = $5, fields = $6, status = $7,
         paused_at = case when $7 = 'paused' then coalesce(paused_at, huiyin.instant($8)) end,
         paused_why = case when $7 = 'paused' then coalesce(paused_why, 'person') end,
         failing_since = case when $7 = 'active' and status = 'paused' then null else failing_since end
       where tenant_id = $1 and webhook_id = $2`,
      [tenant, id, label, url, JSON.stringify(filter), fields, status, now],
    );
    if (status === 'active' && before.value.status === 'paused') {
      const held = await client.query<{ id: string }>(
        `update huiyin.webhook_delivery set status = 'waiting' where tenant_id = $1 and webhook_id = $2 and status = 'held'
         returning delivery_id as id`,
        [tenant, id],
      );
      await orderSending(
        client,
        tenant,
        id,
        held.rows.map((row) => row.id),
        `resumed:${now}`,
      );
    }
    return one(client, tenant, id);
  });
}

const defined = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;

/** A new secret; the former one goes on signing beside it for a day. Told once. */
export async function changeSecret(pool: Pool, tenant: string, id: string, now: Instant): Promise<Result<string>> {
  return withTenant(pool, tenant, async (client) => {
    const secret = newSecret();
    const done = await client.query(
      `update huiyin.webhook set former_secret = secret, former_until = huiyin.instant($4), secret = $3
       where tenant_id = $1 and webhook_id = $2 and status <> 'ended'`,
      [tenant, id, secret, now + BOTH_SIGN],
    );
    return done.rowCount === 1 ? accept(saySecret(secret)) : refuse(unknown);
  });
}

/** What was sent or is to be sent, latest first. */
export async function deliveriesOf(
  pool: Pool,
  tenant: string,
  id: string,
  { status = null, limit = 50 }: { status?: Delivery['status'] | null; limit?: number },
): Promise<Delivery[]> {
  return withTenant(pool, tenant, async (client) => {
    const found = await client.query<Delivery>(
      `select d.delivery_id as id, d.case_id as "caseId", d.seq, d.type, d.body, d.status, d.created_at as "createdAt",
         d.settled_at as "settledAt",
         (select coalesce(json_agg(json_build_object('at', extract(epoch from a.at) * 1000, 'status', a.http_status,
            'answer', a.answer, 'tookMs', a.took_ms) order by a.attempt), '[]')
          from huiyin.webhook_attempt a where a.tenant_id = d.tenant_id and a.webhook_id = d.webhook_id
            and a.delivery_id = d.delivery_id) as attempts
       from huiyin.webhook_delivery d where d.tenant_id = $1 and d.webhook_id = $2 and ($3::text is null or d.status = $3)
       order by d.created_at desc, d.delivery_id desc limit $4`,
      [tenant, id, status, limit],
    );
    return found.rows;
  });
}

/** Sends a message once more, because a person says so. */
export async function sendAgain(
  pool: Pool,
  tenant: string,
  id: string,
  deliveryId: string,
  now: Instant,
): Promise<Result<undefined>> {
  return withTenant(pool, tenant, async (client) => {
    const known = await one(client, tenant, id);
    if (!known.ok) return known;
    if (known.value.status !== 'active') return refuse(notActive);
    const done = await client.query(
      `update huiyin.webhook_delivery set status = 'waiting', settled_at = null
       where tenant_id = $1 and webhook_id = $2 and delivery_id = $3`,
      [tenant, id, deliveryId],
    );
    if (done.rowCount !== 1) return refuse(unknownDelivery);
    await orderSending(client, tenant, id, [deliveryId], `again:${now}`);
    return accept(undefined);
  });
}
const notActive = refusal(
  'webhook.paused',
  text('订阅已暂停，请先恢复再重发', 'The subscription is paused; resume it first'),
);

/** Orders the sending of messages as jobs, in the caller's transaction. */
export async function orderSending(
  client: PoolClient,
  tenant: string,
  webhookId: string,
  deliveryIds: readonly string[],
  round = 'first',
): Promise<void> {
  if (deliveryIds.length === 0) return;
  const jobs = deliveryIds.map((deliveryId) => ({
    task: 'deliver-webhook',
    payload: { tenant, webhookId, deliveryId },
    // In order, and never more than one at a time to an address that may not answer.
    queue: `webhook:${webhookId}`,
    key: `webhook:${deliveryId}:${round}`,
    attempts: ATTEMPTS,
  }));
  await client.query('select huiyin.add_jobs($1)', [JSON.stringify(jobs)]);
}
