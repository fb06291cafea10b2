import type { Pool, PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type NoticeKey, orderSending } from './notice-store.ts';

/** Lets go what waited for the morning, for others like it, or for a reader. */
export interface NoticePump {
  /** Orders everything whose moment has come. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY = 5_000;
const BATCH = 500;

interface Due extends NoticeKey {
  attempt: number;
  way: string;
  place: string;
}

/** Looks every few seconds; whatever was planned lies in the database, so nothing is lost by a restart. */
export function startNoticePump(deps: { pool: Pool; now(): Instant; onFailure(cause: string): void }): NoticePump {
  let last: Promise<void> = Promise.resolve();
  let stopped = false;
  const look = async (): Promise<void> => {
    const { rows } = await deps.pool.query<{ tenant: string }>(
      'select tenant_id as tenant from huiyin.notices_due(huiyin.instant($1))',
      [deps.now()],
    );
    for (const { tenant } of rows)
      for (let more = true; more && !stopped; )
        more = await withTenant(deps.pool, tenant, (client) => release(client, tenant, deps.now()));
  };
  const round = (): Promise<void> => {
    const mine = last.then(look);
    last = mine.catch((cause: unknown) => deps.onFailure(cause instanceof Error ? cause.message : String(cause)));
    return last;
  };
  const timer = setInterval(() => void round(), EVERY).unref();
  return {
    round,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await last;
    },
  };
}

/** One batch of one company; true when there may be more. */
async function release(client: PoolClient, tenant: string, now: Instant): Promise<boolean> {
  // What somebody has read meanwhile need not be told him a second time.
  await client.query(
    `update huiyin.notice_sending s set status = 'needless', settled_at = huiyin.instant($2) from huiyin.notice n
     where s.tenant_id = $1 and s.status = 'planned' and s.due_at <= huiyin.instant($2) and n.tenant_id = $1
       and n.case_id = s.case_id and n.seq = s.seq and n.read_at is not null`,
    [tenant, now],
  );
  const due = await client.query<Due>(
    `update huiyin.notice_sending s set status = 'sending' from (
       select case_id, seq, attempt from huiyin.notice_sending
       where tenant_id = $1 and status = 'planned' and due_at <= huiyin.instant($2)
       order by due_at limit $3 for update skip locked) d
     where s.tenant_id = $1 and s.case_id = d.case_id and s.seq = d.seq and s.attempt = d.attempt
     returning s.case_id as "caseId", s.seq, s.attempt, s.way, s.place`,
    [tenant, now, BATCH],
  );
  const groups = Map.groupBy(due.rows, ({ place, way }) => `${place} ${way}`);
  for (const group of groups.values()) await orderSending(client, tenant, group);
  await client.query(
    `update huiyin.notice n set delivery = 'waiting' from unnest($2::uuid[], $3::int[]) as u(case_id, seq)
     where n.tenant_id = $1 and n.case_id = u.case_id and n.seq = u.seq`,
    [tenant, due.rows.map((one) => one.caseId), due.rows.map((one) => one.seq)],
  );
  await bounced(client, tenant, now);
  return due.rows.length === BATCH;
}

/** A letter that came back after it was taken: its try has failed, and the next way is ordered. */
async function bounced(client: PoolClient, tenant: string, now: Instant): Promise<void> {
  const back = await client.query<NoticeKey & { attempt: number }>(
    `update huiyin.notice_sending s set status = 'failed', note = n.delivery_note, settled_at = huiyin.instant($2)
     from huiyin.notice n
     where n.tenant_id = $1 and n.delivery = 'failed' and s.tenant_id = $1 and s.case_id = n.case_id and s.seq = n.seq
       and s.status = 'sent' and s.way = 'email'
     returning s.case_id as "caseId", s.seq, s.attempt`,
    [tenant, now],
  );
  if (back.rows.length === 0) return;
  const jobs = back.rows.map(({ caseId, seq, attempt }) => ({
    task: 'deliver-notice',
    payload: { tenant, failed: { caseId, seq, attempt } },
    key: `notice-back:${caseId}:${seq}:${attempt}`,
    attempts: 25,
  }));
  await client.query('select huiyin.add_jobs($1)', [JSON.stringify(jobs)]);
}
