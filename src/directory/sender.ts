import type { Pool } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { hashOf, newToken, readToken } from './account/token.ts';
import { type Db, within } from './within.ts';

/** Somebody who writes by a messaging service, and where he said that he lives. */
export interface Sender {
  kind: string;
  sender: string;
  name: string | null;
  phone: string | null;
  premisesId: string | null;
  /** Null until he has said it. */
  place: string | null;
}

const COLUMNS = 'kind, sender, name, phone, premises_id as "premisesId", place';
const BIND_LIFE = 7 * DAY;

/** Notes that somebody was heard; what the service tells of him fills what is not known yet. */
export async function hearSender(
  db: Db,
  tenant: string,
  who: { kind: string; sender: string; name?: string | undefined; phone?: string | undefined },
  now: Instant,
): Promise<Sender> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Sender>(
      `insert into huiyin.channel_sender as s (tenant_id, kind, sender, name, phone, heard_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, kind, sender) do update set heard_at = excluded.heard_at, left_at = null,
         name = coalesce(s.name, excluded.name), phone = coalesce(s.phone, excluded.phone)
       returning ${COLUMNS}`,
      [tenant, who.kind, who.sender, who.name ?? null, who.phone ?? null, toTimestamp(now)],
    );
    const [row] = found.rows;
    if (!row) throw new Error('a sender was not kept');
    return row;
  });
}

/** Notes that somebody wants to hear no more. */
export async function senderLeft(db: Db, tenant: string, kind: string, sender: string, now: Instant): Promise<void> {
  await within(db, tenant, (client) =>
    client.query('update huiyin.channel_sender set left_at = $4 where tenant_id = $1 and kind = $2 and sender = $3', [
      tenant,
      kind,
      sender,
      toTimestamp(now),
    ]),
  );
}

/** A new link by which he says where he lives; the one before it is over. Only its hash is kept. */
export async function createBindLink(
  db: Db,
  tenant: string,
  kind: string,
  sender: string,
  now: Instant,
): Promise<string> {
  const token = newToken(tenant);
  await within(db, tenant, (client) =>
    client.query(
      `update huiyin.channel_sender set bind_hash = $4, bind_until = $5 where tenant_id = $1 and kind = $2 and sender = $3`,
      [tenant, kind, sender, token.hash, toTimestamp(now + BIND_LIFE)],
    ),
  );
  return token.text;
}

/** Whose link it is; null when it is wrong or over. */
export async function senderOfBindLink(
  pool: Pool,
  token: string | undefined,
  now: Instant,
): Promise<{ tenant: string; sender: Sender } | null> {
  const parts = readToken(token);
  if (!parts) return null;
  return within(pool, parts.tenant, async (client) => {
    const found = await client.query<Sender>(
      `select ${COLUMNS} from huiyin.channel_sender where tenant_id = $1 and bind_hash = $2 and bind_until > $3`,
      [parts.tenant, hashOf(parts.secret), toTimestamp(now)],
    );
    return found.rows[0] ? { tenant: parts.tenant, sender: found.rows[0] } : null;
  });
}

/** Writes down where he lives; whatever he wrote before and was held back is taken up now. */
export async function bindSender(
  pool: Pool,
  tenant: string,
  { kind, sender }: Pick<Sender, 'kind' | 'sender'>,
  said: { name: string; phone: string; premisesId: string | null; place: string },
  now: Instant,
): Promise<void> {
  await within(pool, tenant, async (client) => {
    await client.query(
      `update huiyin.channel_sender set name = $4, phone = $5, premises_id = $6, place = $7, bound_at = $8
       where tenant_id = $1 and kind = $2 and sender = $3`,
      [tenant, kind, sender, said.name, said.phone, said.premisesId, said.place, toTimestamp(now)],
    );
    const held = await client.query<{ key: string }>(
      `update huiyin.message_in set status = 'kept' where tenant_id = $1 and kind = $2 and sender = $3 and status = 'held'
       returning key`,
      [tenant, kind, sender],
    );
    const jobs = held.rows.map(({ key }) => ({
      task: 'take-message',
      payload: { tenant, kind, key },
      key: `message:${tenant}:${kind}:${key}`,
      attempts: 12,
    }));
    if (jobs.length > 0) await client.query('select huiyin.add_jobs($1)', [JSON.stringify(jobs)]);
  });
}
