import type { Pool, PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { SheetFault } from '#sheets/faults.ts';
import { openSheet } from '#sheets/open.ts';
import type { OpenSheet, SheetRow } from '#sheets/sheet.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { BATCH, countRows, type ImportBatch, importById, keepRows, markFaulty } from './batch.ts';
import { type Heading, mergedRows, readHeadings } from './headings.ts';
import type { ListContext, ListKind } from './kind.ts';
import { toListRow, verdictOn } from './rows.ts';
import { sweeper } from './sweep.ts';

/** A file that was sent. */
export interface SentFile {
  id: string;
  /** Where it lies meanwhile. */
  path: string;
  name: string;
  size: number;
  by: { personId: string; name: string };
}

/**
 * Reads a file and says of every row what it would do; nothing but that is written. Refuses with sheet.* for a file that
 * cannot be read, list.headings for one without the columns, list.empty for one without rows.
 */
export async function lookAt(
  pool: Pool,
  kind: ListKind,
  file: SentFile,
  context: ListContext,
): Promise<Result<ImportBatch>> {
  const opened = await openSheet(file.path);
  if (!opened.ok) return opened;
  const sheet = opened.value;
  try {
    return await allOrNothing(pool, context.tenant, (client) => keep(client, kind, file, context, sheet));
  } catch (cause) {
    if (cause instanceof SheetFault) return refuse(cause.refusal);
    throw cause;
  } finally {
    sheet.close();
  }
}

async function keep(
  client: PoolClient,
  kind: ListKind,
  file: SentFile,
  context: ListContext,
  sheet: OpenSheet,
): Promise<Result<ImportBatch>> {
  const { tenant, now } = context;
  const rows = sheet.rows();
  const head = await readHeadings(rows, kind);
  if (!head.ok) return head;
  const { headings } = head.value;
  await forget(client, tenant, file.by.personId);
  await client.query(
    `insert into huiyin.import_batch (tenant_id, import_id, kind, file_name, size, status, headings, made_by, made_by_name, made_at)
     values ($1, $2, $3, $4, $5, 'seen', $6, $7, $8, $9)`,
    [
      tenant,
      file.id,
      kind.name,
      file.name,
      file.size,
      JSON.stringify(headings),
      file.by.personId,
      file.by.name,
      toTimestamp(now),
    ],
  );
  let last = 0;
  const sweep = sweeper();
  for await (const batch of inBatches(rows)) {
    last = batch.at(-1)?.number ?? last;
    const asked = batch.map((row) => toListRow(row, headings));
    const judged = await kind.judge(
      client,
      context,
      asked.map((one) => one.row),
    );
    const kept = asked.flatMap((one, i) => {
      const judgement = judged[i];
      return judgement ? [verdictOn(kind, headings, one, judgement)] : [];
    });
    await keepRows(client, tenant, file.id, kept);
    sweep(batch.length);
  }
  if (last === 0) return refuse(noRows);
  await markMerged(client, context, file.id, sheet, head.value);
  await markRepeated(client, tenant, file.id);
  await countRows(client, tenant, file.id);
  const made = await importById(client, tenant, file.id);
  if (!made) throw new Error('an import is there in the transaction that wrote it');
  return accept(made);
}

const noRows = refusal('list.empty', text('表头下面没有数据', 'There is no row under the headings'), { field: 'file' });

async function* inBatches(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow[]> {
  let batch: SheetRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Previews nobody applied: each person has one at a time. */
async function forget(client: PoolClient, tenant: string, personId: string): Promise<void> {
  const which = `tenant_id = $1 and import_id in
    (select import_id from huiyin.import_batch where tenant_id = $1 and made_by = $2 and status = 'seen')`;
  await client.query(`delete from huiyin.import_row where ${which}`, [tenant, personId]);
  await client.query(`delete from huiyin.import_batch where ${which}`, [tenant, personId]);
}

async function markMerged(
  client: PoolClient,
  { tenant }: ListContext,
  id: string,
  sheet: OpenSheet,
  { row }: { headings: readonly Heading[]; row: number },
): Promise<void> {
  for (const { name, fromRow, toRow } of mergedRows(sheet, row).slice(0, 1_000)) {
    const message = text(
      `${name} 是合并单元格：请取消合并，每行都填写`,
      `${name} is a merged cell: take the merging off and fill in every row`,
    );
    await client.query(
      `update huiyin.import_row set verdict = 'faulty', said = $5::jsonb
        where tenant_id = $1 and import_id = $2 and row_number between $3 and $4`,
      [tenant, id, fromRow, toRow, JSON.stringify([{ column: '', title: text(name, name), cell: name, message }])],
    );
  }
}

/** Of several rows about one thing the first counts; the others are at fault, and say which. */
async function markRepeated(client: PoolClient, tenant: string, id: string): Promise<void> {
  const found = await client.query<{ number: number; first: number }>(
    `select row_number as number, first from (
       select row_number, min(row_number) over (partition by key) as first
         from huiyin.import_row where tenant_id = $1 and import_id = $2 and key is not null and verdict <> 'faulty') r
      where row_number > first`,
    [tenant, id],
  );
  for (let at = 0; at < found.rows.length; at += BATCH)
    await markFaulty(
      client,
      tenant,
      id,
      found.rows.slice(at, at + BATCH).map(({ number, first }) => ({
        number,
        said: [
          {
            column: '',
            title: text('', ''),
            cell: `${number}`,
            message: text(`与第 ${first} 行重复：请删去一行`, `The same as row ${first}: take one of them out`),
          },
        ],
      })),
    );
}
