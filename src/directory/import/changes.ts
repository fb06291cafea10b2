import type { PoolClient } from 'pg';

export type Plain = string | number | boolean | null;
export type Row = { readonly [column: string]: Plain };

/** Tables a list can write, in the order in which rows may point to each other; with the columns of their keys. */
export const TABLES = {
  premises: ['premises_id'],
  riser: ['riser_id'],
  riser_place: ['riser_id', 'premises_id'],
  equipment: ['equipment_id'],
  resident: ['resident_id'],
  person: ['person_id'],
  post_assignment: ['person_id', 'post', 'unit_id', 'from_date'],
  shift_assignment: ['assignment_id'],
} as const satisfies { [table: string]: readonly string[] };
export type Table = keyof typeof TABLES;
export const tables = Object.keys(TABLES) as Table[];

/** One row that comes, goes or becomes another. Of a changed row both sides hold the same columns, without its key. */
export interface Change {
  table: Table;
  key: string;
  before: Row | null;
  after: Row | null;
}

/** A row that comes; `row` holds its key too. */
export const added = (table: Table, row: Row): Change => ({
  table,
  key: TABLES[table].map((column) => row[column]).join('|'),
  before: null,
  after: row,
});
/** A row that goes; `row` holds its key too. */
export const removed = (table: Table, row: Row): Change => ({
  ...added(table, row),
  before: row,
  after: null,
});

/** How a key is written in SQL, for the table named `alias`. */
export const keySql = (table: Table, alias: string): string =>
  `concat_ws('|', ${TABLES[table].map((column) => `${alias}.${column}::text`).join(', ')})`;

/** Writes changes, many rows at a time. */
export async function write(client: PoolClient, tenant: string, changes: readonly Change[]): Promise<void> {
  for (const table of tables) {
    const mine = changes.filter((one) => one.table === table && one.after !== null);
    const fresh = mine.filter((one) => one.before === null);
    if (fresh.length > 0) await insert(client, tenant, table, fresh);
    for (const [columns, changed] of Map.groupBy(
      mine.filter((one) => one.before !== null),
      (one) => Object.keys(one.after ?? {}).join(', '),
    ))
      await update(client, tenant, table, columns.split(', '), changed);
  }
  // What goes may still have been pointed to by what was just changed.
  for (const table of tables.toReversed()) {
    const gone = changes.filter((one) => one.table === table && one.after === null);
    if (gone.length > 0) await remove(client, tenant, table, gone);
  }
}

async function insert(client: PoolClient, tenant: string, table: Table, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ after }) => ({ tenant_id: tenant, ...after }));
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await client.query(
    `insert into huiyin.${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::huiyin.${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

async function update(
  client: PoolClient,
  tenant: string,
  table: Table,
  columns: readonly string[],
  changes: readonly Change[],
): Promise<void> {
  await client.query(
    `update huiyin.${table} t set ${columns.map((column) => `${column} = r.${column}`).join(', ')}
       from (select c.key, p.* from jsonb_to_recordset($2::jsonb) c (key text, after jsonb),
               jsonb_populate_record(null::huiyin.${table}, c.after) p) r
      where t.tenant_id = $1 and t.${TABLES[table][0]} = any ($3) and ${keySql(table, 't')} = r.key`,
    // Of several changes of one row the last counts.
    [
      tenant,
      JSON.stringify([...new Map(changes.map(({ key, after }) => [key, { key, after }])).values()]),
      ids(changes),
    ],
  );
}

async function remove(client: PoolClient, tenant: string, table: Table, changes: readonly Change[]): Promise<void> {
  await client.query(
    `delete from huiyin.${table} t
      where t.tenant_id = $1 and t.${TABLES[table][0]} = any ($3) and ${keySql(table, 't')} = any ($2)`,
    [tenant, changes.map(({ key }) => key), ids(changes)],
  );
}

/**
 * The first parts of keys: asked for in a list of their own they are found by the table's index. Joined to the keys, every
 * thousand rows were found by reading all the company has.
 */
const ids = (changes: readonly Change[]): string[] => [
  ...new Set(changes.map(({ key }) => key.split('|', 1)[0] ?? '')),
];
