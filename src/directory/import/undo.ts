import type { Pool, PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { type Text, text } from '#kernel/text.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { lockLists, notNow, unknownList } from './apply.ts';
import { BATCH, type ImportBatch, importById } from './batch.ts';
import { type Change, keySql, TABLES, type Table, tables, write } from './changes.ts';
import { sweeper } from './sweep.ts';

/** Why a row cannot be taken back: what has come to depend on it. */
interface Hold {
  row: number;
  why: Text;
}

const MOST_TOLD = 50;

/**
 * Takes a whole import back: what it added goes, what it changed becomes what it was. Refuses with list.unknown,
 * list.notNow, and with list.depended while something depends on one of its rows, naming the rows and what it is.
 */
export async function undoImport(
  pool: Pool,
  tenant: string,
  wish: { id: string; by: string; now: number },
): Promise<Result<ImportBatch>> {
  return allOrNothing(pool, tenant, async (client) => {
    await lockLists(client, tenant);
    const batch = await importById(client, tenant, wish.id, true);
    if (!batch) return refuse(unknownList);
    if (batch.status !== 'applied') return refuse(notNow);
    // Tables that grew in this very hour have no statistics yet: a loop over 100,000 rows for each of 100,000 would follow.
    await client.query('set local enable_nestloop = off');
    const holds = await whatHolds(client, tenant, wish.id);
    await client.query('set local enable_nestloop = on');
    if (holds.length > 0) return refuse(depended(holds));
    await takeBack(client, tenant, wish.id);
    await client.query(
      `update huiyin.import_batch set status = 'undone', undone_at = $3, undone_by_name = $4
        where tenant_id = $1 and import_id = $2`,
      [tenant, wish.id, toTimestamp(wish.now), wish.by],
    );
    const done = await importById(client, tenant, wish.id);
    return done ? accept(done) : refuse(unknownList);
  });
}

/** Backwards, many rows at a time: what was written last goes first. */
async function takeBack(client: PoolClient, tenant: string, id: string): Promise<void> {
  const sweep = sweeper();
  for (const table of tables.toReversed())
    for (let before = 2_147_483_647; ; ) {
      const found = await client.query<{ seq: number; key: string; before: Change['before']; after: Change['after'] }>(
        `select seq, row_key as key, before, after from huiyin.import_change
          where tenant_id = $1 and import_id = $2 and table_name = $3 and seq < $4 order by seq desc limit $5`,
        [tenant, id, table, before, BATCH],
      );
      const last = found.rows.at(-1);
      if (!last) break;
      before = last.seq;
      const changes = found.rows.map(
        ({ key, before: was, after: is }): Change => ({ table, key, before: is ?? null, after: was }),
      );
      await write(client, tenant, changes);
      sweep(changes.length);
    }
}

interface Pointer {
  child: string;
  columns: string[];
}

async function whatHolds(client: PoolClient, tenant: string, id: string): Promise<Hold[]> {
  const holds: Hold[] = [];
  for (const table of tables) {
    const own = await client.query(
      'select 1 from huiyin.import_change where tenant_id = $1 and import_id = $2 and table_name = $3 limit 1',
      [tenant, id, table],
    );
    if (own.rowCount === 0) continue;
    holds.push(...(await changedSince(client, tenant, id, table)));
    for (const pointer of await pointersTo(client, table))
      holds.push(...(await pointedAt(client, tenant, id, table, pointer)));
    const cases = CASES[table];
    if (cases) holds.push(...(await ofCases(client, tenant, id, table, cases)));
    if (holds.length >= MOST_TOLD) break;
  }
  return holds.sort((a, b) => a.row - b.row).slice(0, MOST_TOLD);
}

/** Every foreign key that leads to a table, as the database itself knows them. */
async function pointersTo(client: PoolClient, table: Table): Promise<Pointer[]> {
  const found = await client.query<Pointer>(
    `select c.conrelid::regclass::text as child,
            array(select a.attname::text from unnest(c.conkey) with ordinality k (n, i)
                    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n
                   where a.attname <> 'tenant_id' order by k.i) as columns
       from pg_constraint c where c.contype = 'f' and c.confrelid = ('huiyin.' || $1)::regclass`,
    [table],
  );
  return found.rows;
}

async function pointedAt(
  client: PoolClient,
  tenant: string,
  id: string,
  table: Table,
  { child, columns }: Pointer,
): Promise<Hold[]> {
  const name = child.replace(/^huiyin\./, '');
  const isList = (tables as string[]).includes(name);
  // What came with the same import goes with it.
  const own = isList
    ? `and not exists (select 1 from huiyin.import_change o where o.tenant_id = $1 and o.import_id = $2
         and o.table_name = '${name}' and o.row_key = ${keySql(name as Table, 'd')} and o.before is null)`
    : '';
  const found = await client.query<{ row: number }>(
    `select distinct c.row_number as row from huiyin.import_change c
       join huiyin.${name} d on d.tenant_id = $1 and d.${columns[0]} = c.row_key::uuid
      where c.tenant_id = $1 and c.import_id = $2 and c.table_name = $3 and c.before is null ${own}
      order by row limit ${MOST_TOLD}`,
    [tenant, id, table],
  );
  return found.rows.map(({ row }) => ({
    row,
    why: DEPENDENTS[name] ?? text('已有其他记录引用', 'Something else refers to it'),
  }));
}

/** A row that somebody has changed by hand since would lose that. */
async function changedSince(client: PoolClient, tenant: string, id: string, table: Table): Promise<Hold[]> {
  const found = await client.query<{ row: number }>(
    `select c.row_number as row from huiyin.import_change c
       left join huiyin.${table} t on t.tenant_id = $1 and ${keySql(table, 't')} = c.row_key
            and t.${TABLES[table][0]} = split_part(c.row_key, '|', 1)::uuid
      where c.tenant_id = $1 and c.import_id = $2 and c.table_name = $3 and c.before is not null and c.after is not null
        and (t.tenant_id is null or not to_jsonb(t) @> c.after)
        -- Of several changes of one row only the last must still stand.
        and not exists (select 1 from huiyin.import_change l where l.tenant_id = $1 and l.import_id = $2
          and l.table_name = $3 and l.row_key = c.row_key and l.seq > c.seq)
      order by row limit ${MOST_TOLD}`,
    [tenant, id, table],
  );
  return found.rows.map(({ row }) => ({ row, why: text('导入后又被修改过', 'It has been changed since') }));
}

/** Cases name places and people in their own way, without a foreign key. */
const CASES: Partial<Record<Table, string>> = {
  premises: 'f.premises_id = c.row_key',
  person: 'c.row_key in (f.assignee_id, f.case_officer_id, f.responsible_id)',
};

async function ofCases(client: PoolClient, tenant: string, id: string, table: Table, on: string): Promise<Hold[]> {
  const found = await client.query<{ row: number; number: string }>(
    `select c.row_number as row, min(f.number) as number from huiyin.import_change c
       join huiyin.case_file f on f.tenant_id = $1 and ${on}
      where c.tenant_id = $1 and c.import_id = $2 and c.table_name = $3 and c.before is null
      group by c.row_number order by row limit ${MOST_TOLD}`,
    [tenant, id, table],
  );
  return found.rows.map(({ row, number }) => ({ row, why: text(`已有案件 ${number}`, `Case ${number} names it`) }));
}

const DEPENDENTS: { [table: string]: Text } = {
  premises: text('下面已另有房屋或地点', 'Other places lie beneath it'),
  resident: text('已另有住户登记', 'Residents were entered since'),
  equipment: text('已另有设备登记', 'Equipment was entered since'),
  territory_place: text('已划入片区', 'It belongs to a territory'),
  riser: text('已登记立管', 'A riser runs through it'),
  riser_place: text('已挂到立管上', 'It hangs on a riser'),
  login: text('已开通账号', 'An account was opened'),
  post_assignment: text('已另任岗位', 'Further posts were given'),
  shift_assignment: text('已排班', 'Shifts were planned'),
  absence: text('已登记休假', 'Leave was entered'),
};

const depended = (holds: readonly Hold[]): Refusal =>
  refusal(
    'list.depended',
    text(
      `不能撤销：${holds.length}${holds.length >= MOST_TOLD ? ' 行以上' : ' 行'}已被使用（第 ${holds
        .slice(0, 5)
        .map((one) => one.row)
        .join('、')} 行等）`,
      `It cannot be undone: ${holds.length} row(s) are in use (row ${holds
        .slice(0, 5)
        .map((one) => one.row)
        .join(', ')} …)`,
    ),
    {
      also: holds.map(({ row, why }) =>
        refusal('list.row', text(`第 ${row} 行：${why.zh}`, `Row ${row}: ${why.en}`), { field: String(row) }),
      ),
    },
  );
