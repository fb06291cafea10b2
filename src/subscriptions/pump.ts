import type { Pool, PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';
import { firstRun } from '#directory/first-run.ts';
import { uuid7 } from '#handling/uuid.ts';
import type { Instant } from '#kernel/instant.ts';
import { type FeedDeps, happeningsAfter } from './feed.ts';
import { type Filter, isWanted, messageOf } from './message.ts';
import { orderSending } from './store.ts';

/** Brings what happens to those who subscribed to it. */
export interface Pump {
  /** Something was written. */
  wake(): void;
  stop(): Promise<void>;
}

interface Due {
  id: string;
  filter: Filter;
  fields: string[];
  xid: number;
  position: number;
}

const BATCH = 200;
// One transaction may still be under way when another is announced; a moment later it is not.
const SOON = 300;
const EVERY = 10_000;

/** Starts to turn entries of the journal into messages: each becomes one for every subscription that wants it, once. */
export function startPump(deps: FeedDeps & { pool: Pool; now(): Instant; onFailure(cause: string): void }): Pump {
  let stopped = false;
  let soon: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    const { companies } = await firstRun(deps.pool);
    for (const { tenant } of companies)
      for (let more = true; more && !stopped; )
        more = await withTenant(deps.pool, tenant, (client) => turn(client, tenant));
  };
  /** One batch for each subscription; true when there may be more at once. */
  const turn = async (client: PoolClient, tenant: string): Promise<boolean> => {
    const due = await client.query<Due>(
      `select webhook_id as id, filter, fields, after_xid as xid, after_position as position from huiyin.webhook
       where tenant_id = $1 and status <> 'ended' for update skip locked`,
      [tenant],
    );
    let more = false;
    for (const { id, filter, fields, xid, position } of due.rows) {
      const found = await happeningsAfter(client, deps, tenant, { xid, position }, BATCH);
      const end = found.at(-1)?.place;
      if (!end) continue;
      more ||= found.length === BATCH;
      const now = deps.now();
      const made = found
        .filter((one) => isWanted(one, filter))
        .map((one) => ({ id: uuid7(now), one, body: JSON.stringify(messageOf(one, fields)) }));
      await client.query(
        `insert into huiyin.webhook_delivery (tenant_id, webhook_id, delivery_id, case_id, seq, type, body, created_at)
         select $1, $2, u.id, u.case_id, u.seq, u.type, u.body, huiyin.instant($8)
         from unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[]) as u(id, case_id, seq, type, body)`,
        [
          tenant,
          id,
          made.map((each) => each.id),
          made.map(({ one }) => one.entry.caseId),
          made.map(({ one }) => one.entry.seq),
          made.map(({ one }) => one.entry.type),
          made.map(({ body }) => body),
          now,
        ],
      );
      await orderSending(
        client,
        tenant,
        id,
        made.map((each) => each.id),
      );
      await client.query(
        'update huiyin.webhook set after_xid = $3, after_position = $4 where tenant_id = $1 and webhook_id = $2',
        [tenant, id, end.xid, end.position],
      );
    }
    return more;
  };
  const go = (): void => {
    if (stopped) return;
    last = last
      .then(round)
      .catch((cause: unknown) => deps.onFailure(cause instanceof Error ? cause.message : String(cause)));
  };
  const timer = setInterval(go, EVERY).unref();
  go();
  return {
    wake() {
      if (stopped || soon) return;
      soon = setTimeout(() => {
        soon = undefined;
        go();
      }, SOON).unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearTimeout(soon);
      await last;
    },
  };
}
