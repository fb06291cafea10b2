import { toTimestamp, withTenant } from '#db/pool.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { askOut, openLine } from './ask-out.ts';
import type { Connection, ConnectionStore } from './connections.ts';
import type { NewToken, Wire } from './messenger.ts';

// A token is given back early, so that it does not die on the way.
const EARLY = 5 * MINUTE;

/** The service behind a connection. Throws when it does not answer in time: then it is tried again. */
export function wireOf(store: ConnectionStore, connection: Connection, now: () => Instant): Wire {
  const { settings, messenger, tenant } = connection;
  const base = (settings.base ?? '').replace(/\/+$/, '') || messenger.base;
  const about = `token ${tenant} ${messenger.kind}`;
  return {
    settings,
    base,
    now,
    fetch: (url, init) => askOut(url, store.inner === true, init),
    line: (url) => openLine(url, store.inner === true),
    token: (fetchNew, stale) =>
      withTenant(store.pool, tenant, async (client) => {
        const key = [tenant, messenger.kind];
        await client.query(
          'insert into huiyin.channel_token (tenant_id, kind) values ($1, $2) on conflict do nothing',
          key,
        );
        // Whoever comes second waits here and finds the token of the first.
        const found = await client.query<{ sealed: Buffer | null; until: Instant | null }>(
          'select sealed, expires_at as until from huiyin.channel_token where tenant_id = $1 and kind = $2 for update',
          key,
        );
        const { sealed, until } = found.rows[0] ?? { sealed: null, until: null };
        const kept = sealed === null ? null : (store.vault.open(sealed, about)?.toString('utf8') ?? null);
        if (kept !== null && kept !== stale && until !== null && until > now()) return kept;
        const made: NewToken = await fetchNew();
        await client.query(
          'update huiyin.channel_token set sealed = $3, expires_at = $4 where tenant_id = $1 and kind = $2',
          [
            ...key,
            store.vault.seal(Buffer.from(made.token), about),
            toTimestamp(now() + Math.max(made.lives - EARLY, made.lives / 2)),
          ],
        );
        return made.token;
      }),
  };
}
