import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';

const counted = statement<{ pack: string; version: string; n: number }>(
  'http.runningByVersion',
  `select pack, pack_version as version, count(*)::int as n from huiyin.case_list where open group by 1, 2`,
);

/** How many running cases follow each version, by `pack version`. */
export async function runningByVersion(pool: Pool, tenant: string): Promise<Map<string, number>> {
  const rows = await withTenant(pool, tenant, (client) => counted.run(client, []));
  return new Map(rows.map((row) => [`${row.pack} ${row.version}`, row.n]));
}
