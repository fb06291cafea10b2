import type { Pool, PoolClient } from 'pg';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Option } from './options.ts';

interface Who {
  kind: string;
  sender: string;
  key: string;
}
/** A case of his. */
interface Case {
  caseId: string;
  number: string;
}
/** What is known of a sender when one of his messages is judged. */
export interface Past {
  /** The case that this very message answered in an earlier attempt that broke off. */
  answered: string | null;
  /** The key of the menu he pressed shortly before, unless he has begun or answered something since. */
  pressed: string | null;
  /** What he was last offered to answer, if his case is open; a later notice without an offer takes it back. */
  offer: (Case & { options: Option[] }) | null;
  /** The latest open case that he began or was written to about. */
  open: Case | null;
  /** Whether another message of his is held back already: then he has been asked where he lives. */
  othersHeld: boolean;
  /** How many cases he has begun within the hour. */
  begun: number;
}

/** An offer that nobody took up is forgotten after this. */
const OFFER_LIFE = 30 * DAY;
/** How long a press of the menu says what the next message begins. */
const PRESSED_FOR = 30 * MINUTE;

const HIS_CASES = `select c.id as "caseId", c.number, c.received_at from (
    select case_id from huiyin.case_recipient where tenant_id = $1 and kind = $2 and sender = $3
    union select case_id from huiyin.message_out where tenant_id = $1 and kind = $2 and recipient = $3
      and status <> 'waiting' and to_owner) r
  join huiyin.case_file c on c.tenant_id = $1 and c.id = r.case_id
  where c.open order by c.received_at desc`;

const PAST = `select
  (select answer->>'caseId' from huiyin.idempotency where tenant_id = $1 and key = $5) as answered,
  (select p.body->>'text' from huiyin.message_in p
    where p.tenant_id = $1 and p.kind = $2 and p.sender = $3 and p.what = 'menu' and p.kept_at between $6 and $7
      and not exists (select from huiyin.message_in c where c.tenant_id = $1 and c.kind = $2 and c.sender = $3
        and c.key <> $4 and c.status in ('case', 'addition', 'answer') and c.kept_at >= p.kept_at)
    order by p.kept_at desc limit 1) as pressed,
  (select json_build_object('caseId', o.case_id, 'number', c.number, 'options', o.options,
      'age', extract(epoch from s.heard_at - o.created_at) * 1000)
    from huiyin.message_out o
    join huiyin.case_file c on c.tenant_id = o.tenant_id and c.id = o.case_id
    join huiyin.channel_sender s on s.tenant_id = o.tenant_id and s.kind = o.kind and s.sender = o.recipient
    where o.tenant_id = $1 and o.kind = $2 and o.recipient = $3 and o.to_owner and c.open
    order by o.created_at desc, o.message_id desc limit 1) as offer,
  (select json_build_object('caseId', "caseId", 'number', number) from (${HIS_CASES} limit 1) as c) as open,
  exists (select from huiyin.message_in
    where tenant_id = $1 and kind = $2 and sender = $3 and key <> $4 and status = 'held') as "othersHeld",
  (select count(*)::int from huiyin.message_in
    where tenant_id = $1 and kind = $2 and sender = $3 and kept_at > $8 and status = 'case') as begun`;

/** Reads all of it in one go, inside the transaction in which he was heard. */
export async function pastOf(
  client: PoolClient,
  tenant: string,
  { kind, sender, key, keptAt }: Who & { keptAt: Instant },
  now: Instant,
): Promise<Past> {
  type Row = Omit<Past, 'offer'> & { offer: (NonNullable<Past['offer']> & { age: number }) | null };
  const found = await client.query<Row>(PAST, [
    tenant,
    kind,
    sender,
    key,
    `answer:${kind}:${key}`,
    toTimestamp(keptAt - PRESSED_FOR),
    toTimestamp(keptAt),
    toTimestamp(now - HOUR),
  ]);
  const [row] = found.rows;
  if (!row) throw new Error('one row is always there');
  const { offer } = row;
  return { ...row, offer: offer && offer.options.length > 0 && offer.age < OFFER_LIFE ? offer : null };
}

/** His open cases, newest first. */
export const openCasesOf = async (
  pool: Pool,
  tenant: string,
  { kind, sender }: Who,
  most: number,
): Promise<{ caseId: string; number: string }[]> =>
  (
    await withTenant(pool, tenant, (client) =>
      client.query<{ caseId: string; number: string }>(`${HIS_CASES} limit $4`, [tenant, kind, sender, most]),
    )
  ).rows;

/** Whether anything of his was kept before this. */
export const heardBefore = async (pool: Pool, tenant: string, { kind, sender, key }: Who): Promise<boolean> =>
  (
    await withTenant(pool, tenant, (client) =>
      client.query(
        'select 1 as n from huiyin.message_in where tenant_id = $1 and kind = $2 and sender = $3 and key <> $4 limit 1',
        [tenant, kind, sender, key],
      ),
    )
  ).rowCount === 1;
