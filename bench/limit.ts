import { randomUUID } from 'node:crypto';
import type { Pool, PoolConfig } from 'pg';
import { openPool, rawJsonTypes } from '#db/pool.ts';

/** The rows one request left behind, table by table, to be written again by bare SQL. */
export interface Footprint {
  /** One statement with data-modifying CTEs; `values` gives its parameters for a case. */
  text: string;
  values(caseId: string): unknown[];
  rows: number;
}

const TIMESTAMPTZ = 1184;
type Maker = (id: string) => unknown;

/** Gathers rows as they stand into statements that write the same rows for another case. */
class Copy {
  readonly parts: string[] = [];
  readonly makers: Maker[] = [];
  rows = 0;
  readonly #pool: Pool;
  readonly #caseId: string;

  constructor(pool: Pool, caseId: string) {
    this.#pool = pool;
    this.#caseId = caseId;
  }

  async #read(table: string, where: string, values: readonly unknown[]) {
    const found = await this.#pool.query<Record<string, unknown>>({
      text: `select * from huiyin.${table} where ${where}`,
      values: [...values],
      types: rawJsonTypes,
    });
    // The position is given by the database.
    const columns = found.fields.filter((field) => field.name !== 'position');
    this.rows += found.rows.length;
    const place = (row: Record<string, unknown>, { name, dataTypeID }: (typeof columns)[number]): string => {
      this.makers.push(freshen(name, row[name], dataTypeID === TIMESTAMPTZ, this.#caseId));
      return `$${this.makers.length}`;
    };
    return { columns, rows: found.rows, place };
  }

  async insert(table: string, where: string, ...values: unknown[]): Promise<void> {
    const { columns, rows, place } = await this.#read(table, where, values);
    if (rows.length === 0) return;
    const lines = rows.map((row) => `(${columns.map((column) => place(row, column)).join(', ')})`);
    this.parts.push(
      `insert into huiyin.${table} (${columns.map((c) => c.name).join(', ')}) values ${lines.join(', ')} returning 1`,
    );
  }

  /** `keys` name the row and stay as they are; `kept` are columns the request does not write. */
  async update(table: string, keys: readonly string[], kept: readonly string[], caseColumn: string): Promise<void> {
    const { columns, rows, place } = await this.#read(table, `${caseColumn} = $1`, [this.#caseId]);
    for (const row of rows) {
      const set = columns
        .filter(({ name }) => !keys.includes(name) && !kept.includes(name))
        .map((column) => `${column.name} = ${place(row, column)}`);
      const where = columns.filter(({ name }) => keys.includes(name)).map((c) => `${c.name} = ${place(row, c)}`);
      this.parts.push(`update huiyin.${table} set ${set.join(', ')} where ${where.join(' and ')} returning 1`);
    }
  }

  footprint(): Footprint {
    const { parts, makers, rows } = this;
    return {
      text: `with ${parts.map((part, i) => `t${i} as (${part})`).join(', ')} select 1`,
      values: (caseId) => makers.map((make) => make(caseId)),
      rows,
    };
  }
}

function freshen(column: string, value: unknown, moment: boolean, caseId: string): Maker {
  if (moment && typeof value === 'number') {
    const text = value === Infinity ? 'infinity' : new Date(value).toISOString();
    return () => text;
  }
  if (value === caseId) return (id) => id;
  if (column === 'number') return (id) => id;
  if (typeof value === 'string' && value.includes(caseId)) return (id) => value.replaceAll(caseId, id);
  if (column === 'key') return (id) => `bench:${value}:${id}`;
  return () => value;
}

/** What the registration of `caseId` wrote, its idempotency key included. Ask before anything else befalls the case. */
export async function footprintOf(owner: PoolConfig, caseId: string): Promise<Footprint> {
  const pool = openPool(owner, 1);
  const copy = new Copy(pool, caseId);
  await copy.insert('case_file', 'id = $1', caseId);
  for (const table of ['case_search', 'journal', 'timer', 'notice']) await copy.insert(table, 'case_id = $1', caseId);
  await copy.insert('idempotency', `answer->>'caseId' = $1`, caseId);
  await pool.end();
  return copy.footprint();
}

const FIXED = ['number', 'pack', 'pack_version', 'procedure', 'matter', 'channel', 'received_at', 'registered_at'];

/** What the last command on `caseId` wrote: its case and timer anew, and every entry after `fromSeq`. */
export async function commandFootprintOf(owner: PoolConfig, caseId: string, fromSeq: number): Promise<Footprint> {
  const pool = openPool(owner, 1);
  const copy = new Copy(pool, caseId);
  await copy.update('case_file', ['tenant_id', 'id'], FIXED, 'id');
  const timer = await pool.query<{ set: boolean }>('select revision > 1 as set from huiyin.timer where case_id = $1', [
    caseId,
  ]);
  if (timer.rows[0]?.set)
    await copy.update('timer', ['tenant_id', 'key'], ['case_id', 'failures', 'last_failure'], 'case_id');
  for (const table of ['journal', 'notice']) await copy.insert(table, 'case_id = $1 and seq > $2', caseId, fromSeq);
  await copy.insert('idempotency', `answer->>'caseId' = $1 and (answer->>'fromSeq')::int = $2`, caseId, fromSeq);
  await pool.end();
  return copy.footprint();
}

/**
 * Writes footprints over `connections` for at most `ms` milliseconds, each in its own transaction on disk; answers how
 * many per second and for which cases. `onto` names the cases to write to; without it each is a new one.
 */
export async function measureLimit(
  owner: PoolConfig,
  footprint: Footprint,
  { connections, ms, onto }: { connections: number; ms: number; onto?: readonly string[] },
): Promise<{ perSecond: number; cases: string[] }> {
  const pool: Pool = openPool({ ...owner, options: '-c synchronous_commit=on' }, connections);
  await Promise.all(Array.from({ length: connections }, () => pool.query('select 1')));
  const cases: string[] = [];
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - begun < ms) {
        const id = onto === undefined ? randomUUID() : onto[next++];
        if (id === undefined) return;
        await pool.query({ name: 'limit', text: footprint.text, values: footprint.values(id) });
        cases.push(id);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await pool.end();
  return { perSecond: cases.length / seconds, cases };
}
