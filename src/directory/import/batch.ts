import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';
import type { Heading } from './headings.ts';
import type { JudgedRow, RowVerdict, Said } from './rows.ts';

/** Rows handled at once: what memory holds of a file, however long it is. */
export const BATCH = 1_000;

export type Counts = Record<RowVerdict, number>;

/** A list that was brought in: looked at, applied, or taken back. */
export interface ImportBatch {
  id: string;
  kind: string;
  fileName: string;
  size: number;
  status: 'seen' | 'applied' | 'undone';
  headings: Heading[];
  counts: Counts;
  madeByName: string;
  madeAt: Instant;
  appliedAt: Instant | null;
  appliedByName: string | null;
  undoneAt: Instant | null;
  undoneByName: string | null;
}

const BATCH_ROW = `import_id as id, kind, file_name as "fileName", size, status, headings, counts, made_by_name as "madeByName",
  made_at as "madeAt", applied_at as "appliedAt", applied_by_name as "appliedByName", undone_at as "undoneAt",
  undone_by_name as "undoneByName"`;

/** One import, or undefined. `lock` keeps others from applying or undoing it meanwhile. */
export async function importById(
  client: PoolClient,
  tenant: string,
  id: string,
  lock = false,
): Promise<ImportBatch | undefined> {
  const found = await client.query<ImportBatch>(
    `select ${BATCH_ROW} from huiyin.import_batch where tenant_id = $1 and import_id = $2 ${lock ? 'for update' : ''}`,
    [tenant, id],
  );
  return found.rows[0];
}

/** Imports of a company, newest first. */
export async function listImports(db: Db, tenant: string, limit = 50): Promise<ImportBatch[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<ImportBatch>(
      `select ${BATCH_ROW} from huiyin.import_batch where tenant_id = $1 order by made_at desc, import_id limit $2`,
      [tenant, limit],
    );
    return found.rows;
  });
}

export async function keepRows(
  client: PoolClient,
  tenant: string,
  id: string,
  rows: readonly JudgedRow[],
): Promise<void> {
  await client.query(
    `insert into huiyin.import_row (tenant_id, import_id, row_number, verdict, key, cells, said)
     select $1, $2, r.number, r.verdict, r.key, r.cells, r.said
       from jsonb_to_recordset($3::jsonb) r (number int, verdict text, key text, cells jsonb, said jsonb)`,
    [tenant, id, JSON.stringify(rows)],
  );
}

/** Rows of an import behind a row number, in the order of the file; faulty ones only, or all. */
export async function importRows(
  client: PoolClient,
  tenant: string,
  id: string,
  {
    after = 0,
    verdicts,
    limit = BATCH,
  }: { after?: number; verdicts?: readonly RowVerdict[] | undefined; limit?: number },
): Promise<JudgedRow[]> {
  const found = await client.query<JudgedRow>(
    `select row_number as number, verdict, key, cells, said from huiyin.import_row
      where tenant_id = $1 and import_id = $2 and row_number > $3 and ($4::text[] is null or verdict = any($4))
      order by row_number limit $5`,
    [tenant, id, after, verdicts ?? null, limit],
  );
  return found.rows;
}

/** Sets verdicts of rows to faulty. */
export async function markFaulty(
  client: PoolClient,
  tenant: string,
  id: string,
  rows: readonly { number: number; said: readonly Said[] }[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `update huiyin.import_row i set verdict = 'faulty', said = r.said
       from jsonb_to_recordset($3::jsonb) r (number int, said jsonb)
      where i.tenant_id = $1 and i.import_id = $2 and i.row_number = r.number`,
    [tenant, id, JSON.stringify(rows)],
  );
}

/** Counts the verdicts anew and keeps the figures with the import. */
export async function countRows(client: PoolClient, tenant: string, id: string): Promise<Counts> {
  const found = await client.query<{ verdict: RowVerdict; n: number }>(
    'select verdict, count(*)::int as n from huiyin.import_row where tenant_id = $1 and import_id = $2 group by verdict',
    [tenant, id],
  );
  const counts: Counts = { new: 0, changed: 0, unchanged: 0, faulty: 0 };
  for (const { verdict, n } of found.rows) counts[verdict] = n;
  await client.query('update huiyin.import_batch set counts = $3 where tenant_id = $1 and import_id = $2', [
    tenant,
    id,
    JSON.stringify(counts),
  ]);
  return counts;
}
