import type { PoolClient } from 'pg';

type Plain = string | number | boolean | null;

/** Tables whole lists are written into at once. */
export type DirectoryTable =
  | 'unit'
  | 'person'
  | 'post_assignment'
  | 'superior'
  | 'shift'
  | 'premises'
  | 'equipment'
  | 'resident'
  | 'skill'
  | 'person_skill'
  | 'shift_pattern'
  | 'shift_pattern_part'
  | 'shift_assignment'
  | 'shift_swap'
  | 'absence'
  | 'substitution'
  | 'authority_limit'
  | 'territory'
  | 'territory_place'
  | 'territory_crew'
  | 'outside_contact';

/** Inserts many rows of one company in one round trip; every row has the keys of the first. Throws on a duplicate. */
export async function insertRows(
  client: PoolClient,
  table: DirectoryTable,
  tenant: string,
  rows: readonly Readonly<Record<string, Plain>>[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = ['tenant_id', ...Object.keys(first)].join(', ');
  await client.query(
    `insert into huiyin.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::huiyin.${table}, $1::jsonb)`,
    [JSON.stringify(rows.map((row) => ({ tenant_id: tenant, ...row })))],
  );
}
