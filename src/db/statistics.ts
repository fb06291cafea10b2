import pg, { type PoolConfig } from 'pg';

/**
 * Lets the database look at tables that were filled but that it has never looked at. Until then it takes them for empty,
 * and connections keep the plans they made meanwhile: a look-up by key may walk through all cases of a company.
 */
export async function learnTables(owner: PoolConfig): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
       where c.relnamespace = 'huiyin'::regnamespace and c.relkind = 'r' and c.reltuples < 0 and pg_relation_size(c.oid) > 0`,
    );
    if (rows.length > 0) await client.query(`analyze ${rows.map(({ name }) => name).join(', ')}`);
  } finally {
    await client.end();
  }
}
