import type { Pool } from 'pg';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import type { Option } from './options.ts';

interface Who {
  kind: string;
  sender: string;
  key: string;
}
/** An offer that nobody took up is forgotten after this. */
const OFFER_LIFE = 30 * DAY;

const one = async <Row extends object>(
  pool: Pool,
  tenant: string,
  ask: string,
  values: unknown[],
): Promise<Row | null> =>
  (await withTenant(pool, tenant, (client) => client.query<Row>(ask, [tenant, ...values]))).rows[0] ?? null;

/** Whether another message of his is held back already: then he has been asked where he lives. */
export const othersHeld = async (pool: Pool, tenant: string, { kind, sender, key }: Who): Promise<boolean> =>
  (await one(
    pool,
    tenant,
    `select 1 as n from huiyin.message_in where tenant_id = $1 and kind = $2 and sender = $3 and key <> $4 and status = 'held' limit 1`,
    [kind, sender, key],
  )) !== null;

/** How many cases he has begun since a moment. */
export const casesBegun = async (pool: Pool, tenant: string, { kind, sender }: Who, since: Instant): Promise<number> =>
  (
    await one<{ n: number }>(
      pool,
      tenant,
      `select count(*)::int as n from huiyin.message_in
       where tenant_id = $1 and kind = $2 and sender = $3 and kept_at > $4 and status = 'case'`,
      [kind, sender, toTimestamp(since)],
    )
  )?.n ?? 0;

/** What he wanted to begin by a press of the menu since a moment, unless he has begun something since; null when nothing. */
export const pressedFor = async (
  pool: Pool,
  tenant: string,
  { kind, sender, key }: Who,
  { from, to }: { from: Instant; to: Instant },
): Promise<string | null> =>
  (
    await one<{ pressed: string }>(
      pool,
      tenant,
      `select p.body->>'text' as pressed from huiyin.message_in p
       where p.tenant_id = $1 and p.kind = $2 and p.sender = $3 and p.what = 'menu' and p.kept_at between $4 and $5
         and not exists (select from huiyin.message_in c where c.tenant_id = $1 and c.kind = $2 and c.sender = $3
           and c.key <> $6 and c.status in ('case', 'addition', 'answer') and c.kept_at >= p.kept_at)
       order by p.kept_at desc limit 1`,
      [kind, sender, toTimestamp(from), toTimestamp(to), key],
    )
  )?.pressed ?? null;

/** His open cases, as far as he began them or was written to about them, newest first. */
export const openCasesOf = async (
  pool: Pool,
  tenant: string,
  { kind, sender }: Who,
  most: number,
): Promise<{ caseId: string; number: string }[]> =>
  (
    await withTenant(pool, tenant, (client) =>
      client.query<{ caseId: string; number: string }>(
        `select c.id as "caseId", c.number from (
           select case_id from huiyin.case_recipient where tenant_id = $1 and kind = $2 and sender = $3
           union select case_id from huiyin.message_out where tenant_id = $1 and kind = $2 and recipient = $3
             and status <> 'waiting' and to_owner) r
         join huiyin.case_file c on c.tenant_id = $1 and c.id = r.case_id
         where c.open order by c.received_at desc limit $4`,
        [tenant, kind, sender, most],
      ),
    )
  ).rows;

/** The latest of them; null when none is open. */
export const openCaseOf = async (
  pool: Pool,
  tenant: string,
  who: Who,
): Promise<{ caseId: string; number: string } | null> => (await openCasesOf(pool, tenant, who, 1))[0] ?? null;

/** Whether anything of his was kept before this. */
export const heardBefore = async (pool: Pool, tenant: string, { kind, sender, key }: Who): Promise<boolean> =>
  (await one(
    pool,
    tenant,
    'select 1 as n from huiyin.message_in where tenant_id = $1 and kind = $2 and sender = $3 and key <> $4 limit 1',
    [kind, sender, key],
  )) !== null;

/** What he was last offered to answer, if his case is open; a later notice without an offer takes it back. */
export async function lastOffer(
  pool: Pool,
  tenant: string,
  { kind, sender }: Who,
): Promise<{ caseId: string; number: string; options: Option[] } | null> {
  const found = await one<{ caseId: string; number: string; options: Option[]; at: Instant; heardAt: Instant }>(
    pool,
    tenant,
    `select o.case_id as "caseId", c.number, o.options, o.created_at as at, s.heard_at as "heardAt" from huiyin.message_out o
       join huiyin.case_file c on c.tenant_id = o.tenant_id and c.id = o.case_id
       join huiyin.channel_sender s on s.tenant_id = o.tenant_id and s.kind = o.kind and s.sender = o.recipient
     where o.tenant_id = $1 and o.kind = $2 and o.recipient = $3 and o.to_owner and c.open
     order by o.created_at desc, o.message_id desc limit 1`,
    [kind, sender],
  );
  return found && found.options.length > 0 && found.heardAt - found.at < OFFER_LIFE ? found : null;
}

/** The case that this very message answered in an earlier attempt that broke off; null when it did not. */
export const answeredBefore = async (pool: Pool, tenant: string, { kind, key }: Who): Promise<string | null> =>
  (
    await one<{ caseId: string }>(
      pool,
      tenant,
      `select answer->>'caseId' as "caseId" from huiyin.idempotency where tenant_id = $1 and key = $2`,
      [`answer:${kind}:${key}`],
    )
  )?.caseId ?? null;
