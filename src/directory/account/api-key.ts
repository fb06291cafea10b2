import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { noteEvent } from './account-event.ts';
import { hashOf, newToken, readToken } from './token.ts';

export const KEY_PREFIX = 'hy_';

/**
 * What a key may do. `read` and `write` stand for every reading and every changing of cases, figures and the directory;
 * `admin` changes who works here and what the company looks after.
 */
export const scopes = [
  'cases.read',
  'cases.register',
  'cases.act',
  'directory.read',
  'reports.read',
  'read',
  'write',
  'admin',
] as const;
export type Scope = (typeof scopes)[number];

/** What a key is made for: to act as an employee, or as a program that holds one post. */
export interface KeyWish {
  label: string;
  personId?: string;
  post?: string;
  scopes?: Scope[];
  expiresAt?: Instant;
  /** The estate whose cases it is confined to. */
  estateId?: string;
  /** Who makes it, as the list of keys will name him. */
  by?: string;
}

/**
 * Makes a key; its text is told once and never again. A key for a post gets a person of its own, which can be named in
 * the journal but is never chosen as holder of that post. Refuses with key.post, key.person, key.for or key.estate.
 */
export async function createApiKey(
  db: Db,
  tenant: string,
  wish: KeyWish,
  now: Instant = Date.now(),
): Promise<Result<{ key: string; keyId: string; personId: string }>> {
  return within(db, tenant, async (client) => {
    const actor = await personFor(client, tenant, wish, now);
    if (!actor.ok) return actor;
    if (wish.estateId !== undefined && !(await isEstate(client, tenant, wish.estateId)))
      return refuse(refusal('key.estate', text('没有这个小区', 'There is no such estate'), { field: 'estateId' }));
    const token = newToken(tenant);
    const keyId = randomUUID();
    await client.query(
      `insert into huiyin.api_key (tenant_id, key_id, key_hash, label, person_id, posts, scopes, created_at, expires_at, estate_id, made_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        tenant,
        keyId,
        token.hash,
        wish.label,
        actor.value,
        wish.post ? [wish.post] : null,
        wish.scopes ?? ['read', 'write'],
        toTimestamp(now),
        wish.expiresAt === undefined ? null : toTimestamp(wish.expiresAt),
        wish.estateId ?? null,
        wish.by ?? '',
      ],
    );
    const { label: detail, by = '' } = wish;
    await noteEvent(client, tenant, { personId: actor.value, kind: 'keyMade', by, detail }, now);
    return accept({ key: KEY_PREFIX + token.text, keyId, personId: actor.value });
  });
}

async function isEstate(client: PoolClient, tenant: string, id: string): Promise<boolean> {
  const found = await client.query(
    `select 1 from huiyin.premises where tenant_id = $1 and premises_id = $2 and kind = 'estate'`,
    [tenant, id],
  );
  return found.rowCount === 1;
}

async function personFor(client: PoolClient, tenant: string, wish: KeyWish, now: Instant): Promise<Result<string>> {
  if ((wish.personId === undefined) === (wish.post === undefined))
    return refuse(
      refusal('key.for', text('密钥须且只须指定一名员工或一个岗位', 'A key is for either a person or a post')),
    );
  if (wish.personId !== undefined) {
    const there = await client.query(
      'select 1 from huiyin.person where tenant_id = $1 and person_id = $2 and left_at is null',
      [tenant, wish.personId],
    );
    if (there.rowCount === 1) return accept(wish.personId);
    return refuse(refusal('key.person', text('没有这名在职员工', 'There is no such active person')));
  }
  const held = await client.query<{ unitId: string }>(
    `select unit_id as "unitId" from huiyin.post_assignment
      where tenant_id = $1 and post = $2 and from_date <= $3 and (to_date is null or to_date >= $3)
      order by from_date limit 1`,
    [tenant, wish.post, localDate(now)],
  );
  const unit = held.rows[0];
  if (!unit) {
    const posts = await client.query<{ post: string }>(
      'select distinct post from huiyin.post_assignment where tenant_id = $1 order by post',
      [tenant],
    );
    const known = posts.rows.map((r) => r.post).join(', ');
    return refuse(
      refusal(
        'key.post',
        text(`岗位“${wish.post}”无人担任；现有岗位：${known}`, `Nobody holds the post “${wish.post}”; posts: ${known}`),
      ),
    );
  }
  const personId = randomUUID();
  await client.query(
    'insert into huiyin.person (tenant_id, person_id, name, unit_id, automaton) values ($1, $2, $3, $4, true)',
    [tenant, personId, `接口：${wish.label}`, unit.unitId],
  );
  return accept(personId);
}

/** A key at work. */
interface KeyInUse {
  tenant: string;
  keyId: string;
  personId: string;
  name: string;
  posts: string[];
  scopes: Scope[];
  estateId: string | null;
}

/** Whose key it is and what it may do; null when it is unknown, has expired or was revoked. Notes its use to the minute. */
export async function apiKeyOf(db: Db, key: string | undefined, now: Instant = Date.now()): Promise<KeyInUse | null> {
  const parts = readToken(key, KEY_PREFIX);
  if (!parts) return null;
  const { tenant } = parts;
  return within(db, tenant, async (client) => {
    const found = await client.query<Omit<KeyInUse, 'tenant'> & { usedAt: Instant | null }>(
      `select k.key_id as "keyId", k.person_id as "personId", p.name, k.scopes, k.estate_id as "estateId", k.used_at as "usedAt",
              coalesce(k.posts, array(select distinct a.post from huiyin.post_assignment a where a.tenant_id = k.tenant_id
                and a.person_id = k.person_id and a.from_date <= $4 and (a.to_date is null or a.to_date >= $4))) as posts
         from huiyin.api_key k
         join huiyin.person p on p.tenant_id = k.tenant_id and p.person_id = k.person_id
        where k.tenant_id = $1 and k.key_hash = $2 and k.revoked_at is null
          and (k.expires_at is null or k.expires_at > $3) and p.left_at is null`,
      [tenant, hashOf(parts.secret), toTimestamp(now), localDate(now)],
    );
    const row = found.rows[0];
    if (!row) return null;
    const { usedAt, ...rest } = row;
    if (usedAt === null || now - usedAt > MINUTE)
      await client.query('update huiyin.api_key set used_at = $3 where tenant_id = $1 and key_id = $2', [
        tenant,
        row.keyId,
        toTimestamp(now),
      ]);
    return { tenant, ...rest };
  });
}

/** A key as the list shows it: everything but its text, which nobody has any more. */
export interface KeyEntry {
  id: string;
  label: string;
  name: string;
  posts: string[] | null;
  scopes: Scope[];
  estate: string | null;
  madeAt: Instant;
  madeBy: string;
  expiresAt: Instant | null;
  usedAt: Instant | null;
  revokedAt: Instant | null;
}

/** Every key of a company: those at work first, latest first. */
export async function keysOf(db: Db, tenant: string): Promise<KeyEntry[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<KeyEntry>(
      `select k.key_id as id, k.label, p.name, k.posts, k.scopes, m.full_name as estate, k.created_at as "madeAt",
              k.made_by as "madeBy", k.expires_at as "expiresAt", k.used_at as "usedAt", k.revoked_at as "revokedAt"
         from huiyin.api_key k
         join huiyin.person p on p.tenant_id = k.tenant_id and p.person_id = k.person_id
         left join huiyin.premises m on m.tenant_id = k.tenant_id and m.premises_id = k.estate_id
        where k.tenant_id = $1 order by k.revoked_at is not null, k.created_at desc, k.key_id limit 500`,
      [tenant],
    );
    return found.rows;
  });
}

/**
 * Gives a key a new text. The old one still works for `grace` milliseconds, so that the program that uses it can be told
 * in between; 0 ends it at once. Refuses with key.unknown.
 */
export async function rotateApiKey(
  db: Db,
  tenant: string,
  keyId: string,
  { grace, by }: { grace: number; by: string },
  now: Instant = Date.now(),
): Promise<Result<{ key: string; keyId: string }>> {
  return within(db, tenant, async (client): Promise<Result<{ key: string; keyId: string }>> => {
    const token = newToken(tenant);
    const next = randomUUID();
    const made = await client.query<{ personId: string; label: string }>(
      `insert into huiyin.api_key (tenant_id, key_id, key_hash, label, person_id, posts, scopes, created_at, expires_at, estate_id, made_by)
       select tenant_id, $3, $4, label, person_id, posts, scopes, $5, expires_at, estate_id, $6 from huiyin.api_key
        where tenant_id = $1 and key_id = $2 and revoked_at is null and (expires_at is null or expires_at > $5)
        for update
       returning person_id as "personId", label`,
      [tenant, keyId, next, token.hash, toTimestamp(now), by],
    );
    const row = made.rows[0];
    if (!row) return refuse(unknownKey);
    await client.query(
      `update huiyin.api_key set replaced_by = $3, revoked_at = case when $5 then $4::timestamptz end,
              expires_at = least(expires_at, $6::timestamptz)
        where tenant_id = $1 and key_id = $2`,
      [tenant, keyId, next, toTimestamp(now), grace <= 0, toTimestamp(now + Math.max(0, grace))],
    );
    const { personId, label: detail } = row;
    await noteEvent(client, tenant, { personId, kind: 'keyRotated', by, detail }, now);
    return accept({ key: KEY_PREFIX + token.text, keyId: next });
  });
}

const unknownKey = refusal('key.unknown', text('没有这个在用的密钥', 'There is no such key in use'));

/** Makes a key worthless from now on. Refuses with key.unknown when it is so already. */
export async function revokeApiKey(
  db: Db,
  tenant: string,
  keyId: string,
  now: Instant = Date.now(),
  by = '',
): Promise<Result<null>> {
  return within(db, tenant, async (client): Promise<Result<null>> => {
    const done = await client.query<{ personId: string; label: string }>(
      `update huiyin.api_key set revoked_at = $3 where tenant_id = $1 and key_id = $2 and revoked_at is null
       returning person_id as "personId", label`,
      [tenant, keyId, toTimestamp(now)],
    );
    const row = done.rows[0];
    if (!row) return refuse(unknownKey);
    const { personId, label: detail } = row;
    await noteEvent(client, tenant, { personId, kind: 'keyRevoked', by, detail }, now);
    return accept(null);
  });
}
