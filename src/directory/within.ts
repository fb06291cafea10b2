import pg, { type Pool, type PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';

/** A pool, or a connection that is already inside a transaction of the tenant. */
export type Db = Pool | PoolClient;

/** Runs `work` in a transaction of its own on a pool, or as part of the caller's transaction on a connection. */
export function within<T>(db: Db, tenant: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return db instanceof pg.Pool ? withTenant(db, tenant, work) : work(db);
}
