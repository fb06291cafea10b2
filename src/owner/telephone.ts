import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';

const read = statement<{ telephone: string | null }>(
  'owner.telephone',
  'select telephone from huiyin.tenant where tenant_id = $1',
);

/** The service centre's telephone; null while the company has not said. */
export async function telephoneOf(pool: Pool, tenant: string): Promise<string | null> {
  const row = await withTenant(pool, tenant, (client) => read.one(client, [tenant]));
  return row?.telephone ?? null;
}
