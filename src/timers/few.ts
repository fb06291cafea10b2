import type { Pool } from 'pg';
import { statement } from '#db/statement.ts';
import { type AppendItem, appendBatch } from '#journal/append.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Claimed, effectOf, type FireDeps, keepSurroundings } from './fire.ts';

const peek = statement<Claimed>('timers.peek', 'select * from huiyin.peek_due(huiyin.instant($1), $2)');

// More than this is a backlog, for which claiming pays.
const FEW = 16;

/**
 * Fires timers of cases due by `moment` in two round trips, without holding them in between: whoever changed a case
 * meanwhile wins, and its timer is looked at again. They are read first, so the moment may still lie a little ahead; `come`
 * waits for it and tells the time, or null when nothing is to be fired any more. True when nothing due is left for the
 * thorough way, which also takes what has no entry to write, is a duty of the calendar, or cannot be decided.
 */
export async function fireFew(
  pool: Pool,
  deps: FireDeps,
  moment: Instant,
  come: () => Promise<Instant | null>,
): Promise<boolean> {
  const due = await peek.run(pool, [moment, FEW + 1]);
  const now = await come();
  if (now === null) return true;
  if (due.length > FEW) return false;
  let all = true;
  for (const [tenant, timers] of Map.groupBy(due, (timer) => timer.tenant_id)) {
    const around = keepSurroundings(deps, tenant, now);
    const items: AppendItem[] = [];
    for (const timer of timers) {
      // The thorough way tries again and says what is wrong.
      const item = timer.state === null ? undefined : await effectOf(timer, around).catch(() => undefined);
      if (item && item.cases.length > 0) items.push(item);
      else all = false;
    }
    if (items.length === 0) continue;
    const { conflicts } = await appendBatch(pool, tenant, items);
    if (conflicts.length > 0) all = false;
  }
  return all;
}
