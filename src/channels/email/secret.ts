import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';

/** What the company's mail addresses are signed with; made at the first asking, the same for every process. */
export async function mailSecret(pool: Pool, tenant: string): Promise<Buffer> {
  return withTenant(pool, tenant, async (client) => {
    const ask = 'select secret from huiyin.mail_secret where tenant_id = $1';
    const there = await client.query<{ secret: Buffer }>(ask, [tenant]);
    if (there.rows[0]) return there.rows[0].secret;
    const add = 'insert into huiyin.mail_secret (tenant_id, secret) values ($1, $2) on conflict do nothing';
    await client.query(add, [tenant, randomBytes(32)]);
    const made = await client.query<{ secret: Buffer }>(ask, [tenant]);
    if (!made.rows[0]) throw new Error('the secret of the mail channel was not written');
    return made.rows[0].secret;
  });
}
