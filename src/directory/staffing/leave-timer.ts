import type { PoolClient } from 'pg';

/** Key of the timer that asks, when a leave begins, whether anybody stands in. */
export const LEAVE = 'leave:';

/** Sets that timer for a leave that was granted; one that runs already is asked about at once. */
export async function watchLeave(client: PoolClient, tenant: string, absenceId: string): Promise<void> {
  await client.query(
    `insert into huiyin.timer (tenant_id, key, due_at, wake_at)
     select $1, $2, from_at, from_at from huiyin.absence where tenant_id = $1 and absence_id = $3
     on conflict (tenant_id, key) do nothing`,
    [tenant, LEAVE + absenceId, absenceId],
  );
}
