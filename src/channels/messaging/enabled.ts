import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { SECOND } from '#kernel/instant.ts';
import { activeKinds } from './connections.ts';

const FRESH = 5 * SECOND;

/**
 * Whether messages can leave a company at all, remembered for seconds: it is asked at every act. Seconds after the first
 * service was switched on, another process may still show a notice on the page only.
 */
export function openEnabled(pool: Pool): (tenant: string) => Promise<boolean> {
  const kept = new Map<string, { until: number; any: boolean }>();
  return async (tenant) => {
    const there = kept.get(tenant);
    if (there && there.until > performance.now()) return there.any;
    const any = (await withTenant(pool, tenant, (client) => activeKinds(client, tenant))).length > 0;
    kept.set(tenant, { until: performance.now() + FRESH, any });
    return any;
  };
}
