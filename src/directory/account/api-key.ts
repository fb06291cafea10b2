import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { hashOf, newToken, readToken } from './token.ts';

export const KEY_PREFIX = 'hy_';

/** What a key may do: read, write (commands), or administer accounts and set-up. */
export const scopes = ['read', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** What a key is made for: to act as an employee, or as a program that holds one post. */
export interface KeyWish {
  label: string;
  personId?: string;
  post?: string;
  scopes?: Scope[];
  expiresAt?: Instant;
}

/**
 * Makes a key; its text is told once and never again. A key for a post gets a person of its own, which can be named in
 * the journal but is never chosen as holder of that post. Refuses with key.post, key.person or key.for.
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
    const token = newToken(tenant);
    const keyId = randomUUID();
    await client.query(
      `insert into huiyin.api_key (tenant_id, key_id, key_hash, label, person_id, posts, scopes, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
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
      ],
    );
    return accept({ key: KEY_PREFIX + token.text, keyId, personId: actor.value });
  });
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

/** Whose key it is and what it may do; null when it is unknown, has expired or was revoked. */
export async function apiKeyOf(
  db: Db,
  key: string | undefined,
  now: Instant = Date.now(),
): Promise<{ tenant: string; keyId: string; personId: string; name: string; posts: string[]; scopes: Scope[] } | null> {
  const parts = readToken(key, KEY_PREFIX);
  if (!parts) return null;
  const { tenant } = parts;
  return within(db, tenant, async (client) => {
    const found = await client.query<{
      keyId: string;
      personId: string;
      name: string;
      posts: string[];
      scopes: Scope[];
    }>(
      `select k.key_id as "keyId", k.person_id as "personId", p.name, k.scopes,
              coalesce(k.posts, array(select distinct a.post from huiyin.post_assignment a where a.tenant_id = k.tenant_id
                and a.person_id = k.person_id and a.from_date <= $4 and (a.to_date is null or a.to_date >= $4))) as posts
         from huiyin.api_key k
         join huiyin.person p on p.tenant_id = k.tenant_id and p.person_id = k.person_id
        where k.tenant_id = $1 and k.key_hash = $2 and k.revoked_at is null
          and (k.expires_at is null or k.expires_at > $3) and p.left_at is null`,
      [tenant, hashOf(parts.secret), toTimestamp(now), localDate(now)],
    );
    const row = found.rows[0];
    return row ? { tenant, ...row } : null;
  });
}

/** Makes a key worthless from now on. */
export async function revokeApiKey(db: Db, tenant: string, keyId: string, now: Instant = Date.now()): Promise<void> {
  await within(db, tenant, (client) =>
    client.query(
      'update huiyin.api_key set revoked_at = $3 where tenant_id = $1 and key_id = $2 and revoked_at is null',
      [tenant, keyId, toTimestamp(now)],
    ),
  );
}
