import { randomUUID } from 'node:crypto';
import type { Pool, PoolConfig } from 'pg';
import { openPool, rawJsonTypes } from '#db/pool.ts';

/** The rows one request left behind, table by table, to be written again by bare SQL. */
export interface Footprint {
  /** One statement with data-modifying CTEs; `values` gives its parameters with fresh ids. */
  text: string;
  values(): unknown[];
  rows: number;
}

const TIMESTAMPTZ = 1184;
const TABLES: [table: string, caseColumn: string][] = [
  ['case_file', 'id'],
  ['case_search', 'case_id'],
  ['journal', 'case_id'],
  ['timer', 'case_id'],
  ['notice', 'case_id'],
];

/** Reads what the registration of `caseId` wrote, its idempotency key included. */
export async function footprintOf(owner: PoolConfig, caseId: string): Promise<Footprint> {
  const pool = openPool(owner, 1);
  const parts: string[] = [];
  const makers: ((id: string) => unknown)[] = [];
  let rows = 0;
  const add = async (table: string, where: string, value: string): Promise<void> => {
    const found = await pool.query<Record<string, unknown>>({
      text: `select * from huiyin.${table} where ${where}`,
      values: [value],
      types: rawJsonTypes,
    });
    // The position is given by the database.
    const columns = found.fields.filter((field) => field.name !== 'position');
    const lines = found.rows.map((row) => {
      const places = columns.map((field) => {
        makers.push(freshen(field.name, row[field.name], field.dataTypeID === TIMESTAMPTZ, caseId));
        return `$${makers.length}`;
      });
      return `(${places.join(', ')})`;
    });
    rows += lines.length;
    if (lines.length > 0)
      parts.push(
        `insert into huiyin.${table} (${columns.map((c) => c.name).join(', ')}) values ${lines.join(', ')} returning 1`,
      );
  };
  for (const [table, column] of TABLES) await add(table, `${column} = $1`, caseId);
  await add('idempotency', `answer->>'caseId' = $1`, caseId);
  await pool.end();
  const text = `with ${parts.map((part, i) => `t${i} as (${part})`).join(', ')} select 1`;
  return {
    text,
    rows,
    values: () => {
      const id = randomUUID();
      return makers.map((make) => make(id));
    },
  };
}

function freshen(column: string, value: unknown, moment: boolean, caseId: string): (id: string) => unknown {
  if (moment && typeof value === 'number') {
    const text = value === Infinity ? 'infinity' : new Date(value).toISOString();
    return () => text;
  }
  if (value === caseId) return (id) => id;
  if (column === 'number') return (id) => id;
  if (column === 'key') return (id) => `case:${id}`;
  if (typeof value === 'string' && value.includes(caseId)) return (id) => value.replaceAll(caseId, id);
  return () => value;
}

/** Writes footprints over `connections` for `ms` milliseconds, each in its own transaction on disk; answers how many per second. */
export async function measureLimit(
  owner: PoolConfig,
  footprint: Footprint,
  connections: number,
  ms: number,
): Promise<number> {
  const pool: Pool = openPool(owner, connections);
  await pool.query('set synchronous_commit = on');
  let done = 0;
  const end = performance.now() + ms;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        await pool.query({ name: 'limit', text: footprint.text, values: footprint.values() });
        done += 1;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await pool.end();
  return done / seconds;
}
