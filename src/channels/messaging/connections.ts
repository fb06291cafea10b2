import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { toTimestamp, withTenant } from '#db/pool.ts';
import type { Vault } from '#directory/account/vault.ts';
import type { Instant } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import { messengers } from '../messengers.ts';
import type { Messenger, Setting, Settings } from './messenger.ts';

/** Where another interface than the usual one is reached. */
export const BASE: Setting = {
  name: 'base',
  title: text('接口地址', 'Address of the interface'),
  hint: text(
    '一般不填；经代理或专有部署时填 https:// 开头的地址',
    'Usually empty; only behind a proxy or with an own installation',
  ),
};

/** Everything that can be entered for a service. */
export const settingsOf = (messenger: Messenger): Setting[] => [...messenger.settings, BASE];

/** How one company is connected to one service. */
export interface Connection {
  tenant: string;
  messenger: Messenger;
  callbackKey: string;
  /** With the secrets among them. */
  settings: Settings;
  active: boolean;
  changedAt: Instant;
  changedBy: string;
  heardAt: Instant | null;
}

/** What the connections of all companies are kept in. */
export interface ConnectionStore {
  pool: Pool;
  vault: Vault;
  /** Whether addresses inside the company's own network may be asked, and without https. */
  inner?: boolean | undefined;
}

interface Row {
  callbackKey: string;
  settings: Settings;
  secrets: Buffer | null;
  active: boolean;
  changedAt: Instant;
  changedBy: string;
  heardAt: Instant | null;
}
const about = (tenant: string, kind: string): string => `channel ${tenant} ${kind}`;

/** A connection; null when nobody has set it up, or there is no such service. */
export async function connectionOf(
  { pool, vault }: ConnectionStore,
  tenant: string,
  kind: string,
): Promise<Connection | null> {
  const messenger = messengers.find((one) => one.kind === kind);
  if (!messenger) return null;
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(
      `select callback_key as "callbackKey", settings, secrets, active, changed_at as "changedAt", changed_by as "changedBy",
         heard_at as "heardAt" from huiyin.channel_connection where tenant_id = $1 and kind = $2`,
      [tenant, kind],
    ),
  );
  const row = found.rows[0];
  if (!row) return null;
  const opened = row.secrets === null ? null : vault.open(row.secrets, about(tenant, kind));
  const secrets: unknown = opened === null ? {} : JSON.parse(opened.toString('utf8'));
  const { secrets: _, ...rest } = row;
  return { ...rest, tenant, messenger, settings: { ...row.settings, ...strings(secrets) } };
}

/** Keeps settings; a secret that is not given stays as it was. A change of secrets ends the shared token. */
export async function saveConnection(
  store: ConnectionStore,
  tenant: string,
  messenger: Messenger,
  wish: { settings: Settings; active: boolean; by: string },
  now: Instant,
): Promise<void> {
  const before = await connectionOf(store, tenant, messenger.kind);
  const all: Settings = { ...before?.settings, ...wish.settings };
  const part = (secret: boolean): Settings =>
    Object.fromEntries(
      settingsOf(messenger)
        .filter((one) => (one.secret === true) === secret && (all[one.name] ?? '') !== '')
        .map(({ name }) => [name, all[name] ?? '']),
    );
  const sealed = store.vault.seal(Buffer.from(JSON.stringify(part(true))), about(tenant, messenger.kind));
  await withTenant(store.pool, tenant, async (client) => {
    await client.query(
      `insert into huiyin.channel_connection
         (tenant_id, kind, callback_key, settings, secrets, active, changed_at, changed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (tenant_id, kind) do update set settings = excluded.settings, secrets = excluded.secrets,
         active = excluded.active, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
      [
        tenant,
        messenger.kind,
        randomBytes(18).toString('hex'),
        JSON.stringify(part(false)),
        sealed,
        wish.active,
        toTimestamp(now),
        wish.by,
      ],
    );
    await client.query(
      'update huiyin.channel_token set sealed = null, expires_at = null where tenant_id = $1 and kind = $2',
      [tenant, messenger.kind],
    );
  });
}

/** The services a company uses now. */
export async function activeKinds(client: PoolClient, tenant: string): Promise<string[]> {
  const ask = 'select kind from huiyin.channel_connection where tenant_id = $1 and active order by kind';
  return (await client.query<{ kind: string }>(ask, [tenant])).rows.map(({ kind }) => kind);
}

const strings = (read: unknown): Settings =>
  typeof read === 'object' && read !== null
    ? Object.fromEntries(Object.entries(read).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    : {};
