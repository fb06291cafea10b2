import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import { postsWith } from '#directory/post-powers.ts';
import { tellHouse } from '#handling/tell-house.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import { type Answered, post } from './post.ts';
import { signedHeaders } from './signature.ts';

/** What became of one attempt; `again` when it is to be tried later, `pausedNow` when the whole subscription gave up. */
export interface Attempted {
  answered: Answered | null;
  again: boolean;
  pausedNow: { label: string; words: Text } | null;
}

/** After this long without one success nothing more is sent until a person resumes it. */
const GIVES_UP = 3 * DAY;
const GONE = 410;
const PAUSED = {
  failing: (label: string) =>
    text(
      `订阅“${label}”连续三天投递失败，已自动暂停：请检查对方地址后在“接口与订阅”恢复`,
      `The subscription “${label}” failed for three days and was paused; check the address and resume it`,
    ),
  gone: (label: string) =>
    text(
      `订阅“${label}”的对方表示不再接收（410），已暂停`,
      `The subscription “${label}” was paused: the other side wants no more (410)`,
    ),
};

interface Row {
  url: string;
  label: string;
  body: string;
  delivery: string;
  status: string;
  secret: Buffer;
  former: Buffer | null;
  formerUntil: Instant | null;
  failingSince: Instant | null;
  attempts: number;
  creatorId: string;
}

const READ = `select w.url, w.label, w.status, w.secret, w.former_secret as former, w.former_until as "formerUntil",
    w.failing_since as "failingSince", d.body, d.status as delivery, w.created_by as "creatorId",
    (select count(*)::int from huiyin.webhook_attempt a where a.tenant_id = d.tenant_id and a.webhook_id = d.webhook_id
       and a.delivery_id = d.delivery_id) as attempts
  from huiyin.webhook_delivery d join huiyin.webhook w on w.tenant_id = d.tenant_id and w.webhook_id = d.webhook_id
  where d.tenant_id = $1 and d.webhook_id = $2 and d.delivery_id = $3`;

/** Sends one message once and writes down what was answered. `lastTry`: nothing will be tried after this by itself. */
export async function attempt(
  deps: { pool: Pool; directory: Pick<DirectoryCache, 'at'>; now(): Instant; inner: boolean },
  {
    tenant,
    webhookId,
    deliveryId,
    lastTry,
  }: { tenant: string; webhookId: string; deliveryId: string; lastTry: boolean },
): Promise<Attempted> {
  const key = [tenant, webhookId, deliveryId];
  const set =
    (status: string, now: Instant | null) => (client: { query(sql: string, values: unknown[]): Promise<unknown> }) =>
      client.query(
        `update huiyin.webhook_delivery set status = $4, settled_at = huiyin.instant($5)
       where tenant_id = $1 and webhook_id = $2 and delivery_id = $3`,
        [...key, status, now],
      );
  const row = await withTenant(deps.pool, tenant, async (client) => (await client.query<Row>(READ, key)).rows[0]);
  if (row?.delivery !== 'waiting') return { answered: null, again: false, pausedNow: null };
  if (row.status !== 'active') {
    await withTenant(deps.pool, tenant, set('held', null));
    return { answered: null, again: false, pausedNow: null };
  }
  const begun = deps.now();
  const started = performance.now();
  const secrets = row.former !== null && (row.formerUntil ?? 0) > begun ? [row.secret, row.former] : [row.secret];
  const answered = await post(row.url, row.body, signedHeaders(deliveryId, begun, row.body, secrets), deps.inner);
  const took = Math.round(performance.now() - started);
  const arrived = answered.status !== null && answered.status >= 200 && answered.status < 300;
  const now = deps.now();
  const why = answered.status === GONE ? 'gone' : now - (row.failingSince ?? now) >= GIVES_UP ? 'failing' : null;
  const pauses = !arrived && why !== null;
  const over = lastTry || answered.barred;
  // Read before, so that nobody waits for a second connection while he holds one.
  const house = pauses ? await deps.directory.at(tenant, now) : null;
  await withTenant(deps.pool, tenant, async (client) => {
    await client.query(
      `insert into huiyin.webhook_attempt (tenant_id, webhook_id, delivery_id, attempt, at, http_status, answer, took_ms)
       values ($1, $2, $3, $4, huiyin.instant($5), $6, $7, $8) on conflict do nothing`,
      [...key, row.attempts + 1, begun, answered.status, answered.words.replaceAll('\0', ''), took],
    );
    await set(arrived ? 'sent' : pauses ? 'held' : over ? 'failed' : 'waiting', arrived || over ? now : null)(client);
    const changed = await client.query<{ status: string }>(
      `update huiyin.webhook set failing_since = case when $3 then null else coalesce(failing_since, huiyin.instant($4)) end,
         status = case when $5 then 'paused' else status end,
         paused_at = case when $5 then huiyin.instant($4) else paused_at end,
         paused_why = case when $5 then $6 else paused_why end
       where tenant_id = $1 and webhook_id = $2 and status = 'active' returning status`,
      [tenant, webhookId, arrived, now, pauses, why],
    );
    // Several deliveries may fail at once: only the one that paused it tells of it.
    if (why !== null && house && changed.rows[0]?.status === 'paused') {
      const keepers = (await postsWith(client, tenant, 'organisation')).flatMap(({ post }) => house.holders(post));
      const people = new Map(
        [house.person(row.creatorId), ...keepers].flatMap((one) => (one?.active ? [[one.id, one]] : [])),
      );
      const text = PAUSED[why](row.label);
      const letters = [...people.values()].map(({ id, name }) => ({ id, name, role: 'keeper', text }));
      await tellHouse(client, tenant, letters, { about: 'webhook', id: webhookId, notice: 'webhookPaused' }, now);
    }
  });
  return {
    answered,
    again: !arrived && !pauses && !over,
    pausedNow: pauses && why !== null ? { label: row.label, words: PAUSED[why](row.label) } : null,
  };
}
