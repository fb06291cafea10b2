import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';
import { allOrNothing } from '#directory/all-or-nothing.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { moveCallBacks } from './store.ts';

/** What an administrator says of an exchange. */
export interface ExchangeWish {
  name: string;
  /** Seconds of one ring with its pause. */
  ringSeconds: number;
  /** Rings within which calls are to be answered. */
  answerWithin: number;
  callBackMinutes: number;
  /** Minutes after that until the head of the desk hears, and as many again until his own. */
  headAfterMinutes: number;
  /** Beginnings of https addresses at which recordings may be listened to. */
  recordings: string[];
  numbers: { number: string; estateId: string | null }[];
  extensions: { extension: string; personId: string }[];
}
export interface Exchange extends ExchangeWish {
  id: string;
  madeAt: Instant;
  retired: boolean;
}

const SELECT = `select x.exchange_id as id, x.name, x.ring_seconds as "ringSeconds", x.answer_within as "answerWithin",
    x.call_back_minutes as "callBackMinutes", x.head_after_minutes as "headAfterMinutes", x.recordings, x.made_at as "madeAt", x.retired_at is not null as retired,
    (select coalesce(json_agg(json_build_object('number', n.number, 'estateId', n.estate_id) order by n.number), '[]')
      from huiyin.exchange_number n where n.tenant_id = x.tenant_id and n.exchange_id = x.exchange_id) as numbers,
    (select coalesce(json_agg(json_build_object('extension', e.extension, 'personId', e.person_id) order by e.extension), '[]')
      from huiyin.exchange_extension e where e.tenant_id = x.tenant_id and e.exchange_id = x.exchange_id) as extensions
  from huiyin.exchange x`;

/** There is no such exchange, or it was taken out of use. */
export const unknown = refusal('exchange.unknown', text('没有这台交换机', 'There is no such exchange'));
const unknownPlace = refusal(
  'exchange.unknownPlace',
  text('有的号码对应的小区不在名册里', 'A number belongs to an estate that is not on the list'),
  { field: 'numbers' },
);
const unknownPerson = refusal(
  'exchange.unknownPerson',
  text('有的分机对应的人不在名册里', 'An extension belongs to somebody who is not on the list'),
  { field: 'extensions' },
);

/** Exchanges of a company, in the order of their names; retired ones are left out. */
export async function exchangesOf(pool: Pool, tenant: string): Promise<Exchange[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `${SELECT} where x.tenant_id = $1 and x.retired_at is null order by x.name, x.exchange_id`;
    return (await client.query<Exchange>(ask, [tenant])).rows;
  });
}

/** When the last call of each exchange began; exchanges without any are left out. */
export async function lastCallsOf(pool: Pool, tenant: string): Promise<Map<string, Instant>> {
  return withTenant(pool, tenant, async (client) => {
    const found = await client.query<{ id: string; at: Instant }>(
      `select x.exchange_id as id, c.began_at as at from huiyin.exchange x cross join lateral (
         select began_at from huiyin.call where tenant_id = $1 and exchange_id = x.exchange_id
         order by began_at desc limit 1) c where x.tenant_id = $1 and x.retired_at is null`,
      [tenant],
    );
    return new Map(found.rows.map(({ id, at }) => [id, at]));
  });
}

/** What the messages of an exchange are signed with; undefined when there is no such exchange or it was retired. */
export async function secretOf(pool: Pool, tenant: string, id: string): Promise<Buffer | undefined> {
  return withTenant(pool, tenant, async (client) => {
    const ask =
      'select secret from huiyin.exchange where tenant_id = $1 and exchange_id::text = $2 and retired_at is null';
    return (await client.query<{ secret: Buffer }>(ask, [tenant, id])).rows[0]?.secret;
  });
}

/** Enters an exchange; its secret is answered once and never again. */
export async function addExchange(
  pool: Pool,
  tenant: string,
  wish: ExchangeWish,
  by: string,
  now: Instant,
): Promise<Result<{ exchange: Exchange; secret: Buffer }>> {
  return allOrNothing(pool, tenant, async (client) => {
    const id = randomUUID();
    const secret = randomBytes(32);
    const { name, ringSeconds, answerWithin, callBackMinutes, headAfterMinutes, recordings } = wish;
    await client.query(
      `insert into huiyin.exchange (tenant_id, exchange_id, name, secret, ring_seconds, answer_within, call_back_minutes,
         head_after_minutes, recordings, made_at, made_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, huiyin.instant($10), $11)`,
      [tenant, id, name, secret, ringSeconds, answerWithin, callBackMinutes, headAfterMinutes, recordings, now, by],
    );
    const written = await writeLists(client, tenant, id, wish);
    return written.ok ? accept({ exchange: written.value, secret }) : written;
  });
}

/** Replaces what is said of an exchange, also for callers who were missed already; refuses with exchange.unknown. */
export async function changeExchange(
  pool: Pool,
  tenant: string,
  id: string,
  wish: ExchangeWish,
  now: Instant,
): Promise<Result<Exchange>> {
  return allOrNothing(pool, tenant, async (client) => {
    const { name, ringSeconds, answerWithin, callBackMinutes, headAfterMinutes, recordings } = wish;
    const done = await client.query(
      `update huiyin.exchange set name = $3, ring_seconds = $4, answer_within = $5, call_back_minutes = $6, recordings = $7,
         head_after_minutes = $8
       where tenant_id = $1 and exchange_id = $2 and retired_at is null`,
      [tenant, id, name, ringSeconds, answerWithin, callBackMinutes, recordings, headAfterMinutes],
    );
    if (done.rowCount !== 1) return refuse(unknown);
    await moveCallBacks(client, tenant, id, now);
    return writeLists(client, tenant, id, wish);
  });
}

/** Gives an exchange another secret; the old one is worth nothing from now on. */
export async function renewSecret(pool: Pool, tenant: string, id: string): Promise<Result<Buffer>> {
  const secret = randomBytes(32);
  const ask = 'update huiyin.exchange set secret = $3 where tenant_id = $1 and exchange_id = $2 and retired_at is null';
  const done = await withTenant(pool, tenant, (client) => client.query(ask, [tenant, id, secret]));
  return done.rowCount === 1 ? accept(secret) : refuse(unknown);
}

/** Takes an exchange out of use: it is listened to no more; its calls stay. */
export async function retireExchange(pool: Pool, tenant: string, id: string, now: Instant): Promise<Result<undefined>> {
  const ask = `update huiyin.exchange set retired_at = huiyin.instant($3)
    where tenant_id = $1 and exchange_id = $2 and retired_at is null`;
  const done = await withTenant(pool, tenant, (client) => client.query(ask, [tenant, id, now]));
  return done.rowCount === 1 ? accept(undefined) : refuse(unknown);
}

async function writeLists(
  client: PoolClient,
  tenant: string,
  id: string,
  { numbers, extensions }: ExchangeWish,
): Promise<Result<Exchange>> {
  const places = numbers.flatMap(({ estateId }) => estateId ?? []);
  const people = extensions.map(({ personId }) => personId);
  const known = async (table: string, column: string, ids: string[]): Promise<boolean> => {
    const ask = `select count(*)::int as n from huiyin.${table} where tenant_id = $1 and ${column} = any($2::uuid[])`;
    const found = await client.query<{ n: number }>(ask, [tenant, ids]);
    return found.rows[0]?.n === new Set(ids).size;
  };
  if (!(await known('premises', 'premises_id', places))) return refuse(unknownPlace);
  if (!(await known('person', 'person_id', people))) return refuse(unknownPerson);
  for (const table of ['exchange_number', 'exchange_extension'])
    await client.query(`delete from huiyin.${table} where tenant_id = $1 and exchange_id = $2`, [tenant, id]);
  await client.query(
    `insert into huiyin.exchange_number (tenant_id, exchange_id, number, estate_id)
     select $1, $2, u.number, u.estate from unnest($3::text[], $4::uuid[]) as u(number, estate)`,
    [tenant, id, numbers.map((one) => one.number), numbers.map((one) => one.estateId)],
  );
  await client.query(
    `insert into huiyin.exchange_extension (tenant_id, exchange_id, extension, person_id)
     select $1, $2, u.extension, u.person from unnest($3::text[], $4::uuid[]) as u(extension, person)`,
    [tenant, id, extensions.map((one) => one.extension), people],
  );
  const found = await client.query<Exchange>(`${SELECT} where x.tenant_id = $1 and x.exchange_id = $2`, [tenant, id]);
  const [exchange] = found.rows;
  if (!exchange) throw new Error('an exchange was written without a row');
  return accept(exchange);
}
