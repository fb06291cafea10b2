import type { Pool, PoolClient } from 'pg';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { toTimestamp } from '#db/pool.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { countRows, type ImportBatch, importById, importRows, markFaulty } from './batch.ts';
import { type Change, write } from './changes.ts';
import type { ListContext, ListKind } from './kind.ts';
import { verdictOn } from './rows.ts';
import { sweeper } from './sweep.ts';

/** Two lists written at once would both find the same building missing. */
export const lockLists = async (client: PoolClient, tenant: string): Promise<void> => {
  await oneAtATime(client, 'premises', tenant);
};

/**
 * Writes what was looked at, all of it or nothing; with `onlyGood` the faulty rows are left out. Every row is judged anew,
 * because the tables may have changed since. Refuses with list.unknown, list.notNow, list.faulty.
 */
export async function applyImport(
  pool: Pool,
  kind: ListKind,
  wish: { id: string; onlyGood: boolean; by: string },
  context: ListContext,
): Promise<Result<ImportBatch>> {
  const { tenant, now } = context;
  return allOrNothing(pool, tenant, async (client) => {
    await lockLists(client, tenant);
    const batch = await importById(client, tenant, wish.id, true);
    if (!batch) return refuse(unknownList);
    if (batch.status !== 'seen') return refuse(notNow);
    if (batch.counts.faulty > 0 && !wish.onlyGood) return refuse(stillFaulty(batch.counts.faulty));
    let after = 0;
    let seq = 0;
    const sweep = sweeper();
    for (;;) {
      const rows = await importRows(client, tenant, wish.id, { after, verdicts: ['new', 'changed'] });
      const last = rows.at(-1);
      if (!last) break;
      after = last.number;
      const asked = rows.map(({ number, cells }) => ({
        number,
        values: Object.fromEntries(
          batch.headings.flatMap(({ column }, i) =>
            column === null || cells[i] === '' ? [] : [[column, cells[i] ?? '']],
          ),
        ),
      }));
      const judged = await kind.judge(client, context, asked);
      const good: { number: number; change: Change }[] = [];
      const bad: Parameters<typeof markFaulty>[3][number][] = [];
      for (const [i, judgement] of judged.entries()) {
        const row = asked[i];
        if (!row) continue;
        if (judgement.faults.length === 0)
          good.push(...judgement.changes.map((change) => ({ number: row.number, change })));
        else bad.push({ number: row.number, said: verdictOn(kind, batch.headings, { row, odd: [] }, judgement).said });
      }
      if (bad.length > 0 && !wish.onlyGood) return refuse(stillFaulty(bad.length));
      await markFaulty(client, tenant, wish.id, bad);
      await write(
        client,
        tenant,
        good.map((one) => one.change),
      );
      await remember(client, tenant, wish.id, seq, good);
      seq += good.length;
      sweep(rows.length);
    }
    await countRows(client, tenant, wish.id);
    await client.query(
      `update huiyin.import_batch set status = 'applied', applied_at = $3, applied_by_name = $4
        where tenant_id = $1 and import_id = $2`,
      [tenant, wish.id, toTimestamp(now), wish.by],
    );
    const done = await importById(client, tenant, wish.id);
    return done ? accept(done) : refuse(unknownList);
  });
}

async function remember(
  client: PoolClient,
  tenant: string,
  id: string,
  from: number,
  written: readonly { number: number; change: Change }[],
): Promise<void> {
  if (written.length === 0) return;
  const rows = written.map(({ number, change: { table, key, before, after } }, i) => ({
    seq: from + i,
    number,
    table,
    key,
    before,
    // Of what was added its key is enough to take it away again.
    after: before === null ? {} : after,
  }));
  await client.query(
    `insert into huiyin.import_change (tenant_id, import_id, seq, row_number, table_name, row_key, before, after)
     select $1, $2, r.seq, r.number, r.table, r.key, r.before, r.after
       from jsonb_to_recordset($3::jsonb) r (seq int, number int, "table" text, key text, before jsonb, after jsonb)`,
    [tenant, id, JSON.stringify(rows)],
  );
}

export const unknownList = refusal('list.unknown', text('没有这次导入', 'There is no such import'));
export const notNow = refusal(
  'list.notNow',
  text('这次导入已经处理过：请刷新页面', 'This import has been dealt with: reload the page'),
);
const stillFaulty = (n: number): ReturnType<typeof refusal> =>
  refusal(
    'list.faulty',
    text(
      `有 ${n} 行有误，一行也没有写入：请改正后重新上传，或选择只写入正确的行`,
      `${n} row(s) are at fault and nothing was written: correct them and send the file again, or write only the good rows`,
    ),
  );
