import type { ClientBase } from 'pg';
import type { Instant } from '#kernel/instant.ts';

/** Keys of timers of which nothing follows but a task outside the transaction: `later:<task>:<what>`. */
const LATER = 'later:';

const keyOf = (task: string, what: string): string => `${LATER}${task}:${what}`;

/** Has a task done at a moment; asked again, at the new moment. Call it, like all here, inside `withTenant`. */
export async function doLater(
  client: ClientBase,
  tenant: string,
  task: string,
  what: string,
  at: Instant,
): Promise<void> {
  await client.query(
    `insert into huiyin.timer as t (tenant_id, key, due_at, wake_at) values ($1, $2, huiyin.instant($3), huiyin.instant($3))
     on conflict (tenant_id, key) do update set due_at = excluded.due_at, wake_at = excluded.wake_at, revision = t.revision + 1`,
    [tenant, keyOf(task, what), at],
  );
}

/** Takes it back; nothing when it was done already. */
export async function dropLater(client: ClientBase, tenant: string, task: string, what: string): Promise<void> {
  await client.query('delete from huiyin.timer where tenant_id = $1 and key = $2', [tenant, keyOf(task, what)]);
}

/** The task that a due timer stands for; undefined for every other timer. */
export function taskOf(key: string): { task: string; what: string } | undefined {
  if (!key.startsWith(LATER)) return undefined;
  const [, task = '', ...what] = key.split(':');
  return { task, what: what.join(':') };
}
