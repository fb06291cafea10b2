import type { ClientBase, Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { ListPromise } from '#directory/staffing/shift-owed.ts';
import { doLater } from '#journal/later.ts';
import type { Instant } from '#kernel/instant.ts';

/** What the company promises at the change of a shift, in minutes. */
export interface ShiftPromise extends ListPromise {
  /** After the next shift began: until then its lines are accepted. */
  acceptMinutes: number;
}

/** What holds until the company says otherwise. */
const DELIVERED: ShiftPromise = { acceptMinutes: 30, listMinutes: 30, warnMinutes: 30, climbMinutes: 60 };

export interface ShiftRules extends ShiftPromise {
  /** Those that nobody has set. */
  delivered: (keyof ShiftPromise)[];
  /** From when lists are asked for: the company's first list, or its first rule; null: not yet, or no more. */
  askedSince: Instant | null;
}

/** Task that looks who went off duty without a list. */
export const SHIFT_ENDS = 'shift-ends';
/** Task that tells that a list was not accepted in time. */
export const SHIFT_LATE = 'shift-late';

/** The company's rules. Call it inside `withTenant`. */
export async function readShiftRules(client: ClientBase, tenant: string): Promise<ShiftRules> {
  const found = await client.query<{ [name in keyof ShiftPromise]: number | null } & { askedSince: Instant | null }>(
    `select accept_minutes as "acceptMinutes", list_minutes as "listMinutes", warn_minutes as "warnMinutes",
       climb_minutes as "climbMinutes", (extract(epoch from asked_since) * 1000)::float8 as "askedSince"
       from huiyin.shift_rules where tenant_id = $1`,
    [tenant],
  );
  const { askedSince, ...set }: Partial<(typeof found.rows)[number]> = found.rows[0] ?? {};
  const { acceptMinutes, listMinutes, warnMinutes, climbMinutes } = set;
  return {
    acceptMinutes: acceptMinutes ?? DELIVERED.acceptMinutes,
    listMinutes: listMinutes ?? DELIVERED.listMinutes,
    warnMinutes: warnMinutes ?? DELIVERED.warnMinutes,
    climbMinutes: climbMinutes ?? DELIVERED.climbMinutes,
    delivered: (['acceptMinutes', 'listMinutes', 'warnMinutes', 'climbMinutes'] as const).filter(
      (name) => (set[name] ?? null) === null,
    ),
    askedSince: askedSince ?? null,
  };
}

export const shiftRules = (pool: Pool, tenant: string): Promise<ShiftRules> =>
  withTenant(pool, tenant, (client) => readShiftRules(client, tenant));

/** Sets some of them; with the first of them lists are asked for, until `asked` says otherwise. */
export async function setShiftRules(
  pool: Pool,
  tenant: string,
  {
    asked,
    acceptMinutes,
    listMinutes,
    warnMinutes,
    climbMinutes,
  }: { [name in keyof ShiftPromise]?: number | undefined } & { asked?: boolean | undefined },
  by: string,
  now: Instant,
): Promise<void> {
  await withTenant(pool, tenant, async (client) => {
    await client.query(
      `insert into huiyin.shift_rules as r (tenant_id, accept_minutes, list_minutes, warn_minutes, climb_minutes, changed_by,
         changed_at, asked_since) values ($1, $2, $3, $4, $5, $6, huiyin.instant($7), huiyin.instant($8))
       on conflict (tenant_id) do update set accept_minutes = coalesce(excluded.accept_minutes, r.accept_minutes),
         list_minutes = coalesce(excluded.list_minutes, r.list_minutes),
         warn_minutes = coalesce(excluded.warn_minutes, r.warn_minutes),
         climb_minutes = coalesce(excluded.climb_minutes, r.climb_minutes),
         changed_by = excluded.changed_by, changed_at = excluded.changed_at,
         asked_since = case when $9::boolean is null then r.asked_since
           when $9 then coalesce(r.asked_since, excluded.asked_since) end`,
      [tenant, acceptMinutes, listMinutes, warnMinutes, climbMinutes, by, now, asked === false ? null : now, asked],
    );
    await doLater(client, tenant, SHIFT_ENDS, '', now);
  });
}

/** Lists are asked for from the company's first one on. Call it, like what follows, inside `withTenant`. */
export async function askFrom(client: ClientBase, tenant: string, now: Instant): Promise<void> {
  await client.query(
    `insert into huiyin.shift_rules (tenant_id, changed_by, changed_at, asked_since)
     values ($1, '', huiyin.instant($2), huiyin.instant($2)) on conflict (tenant_id) do nothing`,
    [tenant, now],
  );
  await doLater(client, tenant, SHIFT_ENDS, '', now);
}

/** Hours of work have changed: where lists are asked for, it is looked anew who owes one and when. */
export async function lookAtShifts(client: ClientBase, tenant: string, now: Instant): Promise<void> {
  if ((await readShiftRules(client, tenant)).askedSince !== null) await doLater(client, tenant, SHIFT_ENDS, '', now);
}
