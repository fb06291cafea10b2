import { type ClientBase, Pool } from 'pg';
import { statement } from '#db/statement.ts';

const tell = statement<never>('journal.announce', 'select huiyin.announce($1)');
const tellAtCommit = statement<never>('journal.announceAtCommit', `select pg_notify('huiyin_journal', $1)`);
const waiting = new WeakMap<Pool, string[]>();

/**
 * Tells listeners of a finished write: on a pool right after it, together with whatever was written meanwhile; within a
 * transaction at its commit. News lost in a crash is made up for by the listeners' own regular look.
 */
export async function announce(on: Pool | ClientBase, news: string): Promise<void> {
  if (!(on instanceof Pool)) {
    await tellAtCommit.run(on, [news]);
    return;
  }
  const queue = waiting.get(on);
  if (queue) queue.push(news);
  else void tellAll(on, [news]);
}

async function tellAll(pool: Pool, queue: string[]): Promise<void> {
  waiting.set(pool, queue);
  while (queue.length > 0) await tell.run(pool, [queue.splice(0)]).catch(() => undefined);
  waiting.delete(pool);
}
