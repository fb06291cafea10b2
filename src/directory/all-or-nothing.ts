import type { Pool, PoolClient } from 'pg';
import type { Refusal } from '#kernel/refusal.ts';
import { type Result, refuse } from '#kernel/result.ts';
import { within } from './within.ts';

/** Runs several changes in one transaction; what any of them refuses undoes them all. */
export async function allOrNothing<T>(
  pool: Pool,
  tenant: string,
  work: (client: PoolClient) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await within(pool, tenant, async (client) => {
      const said = await work(client);
      if (!said.ok) throw new Undone(said.refusal);
      return said;
    });
  } catch (cause) {
    if (cause instanceof Undone) return refuse(cause.refusal);
    throw cause;
  }
}

/** Carries a refusal out of the transaction, so that it is rolled back. */
class Undone extends Error {
  readonly refusal: Refusal;
  constructor(why: Refusal) {
    super(why.code);
    this.refusal = why;
  }
}
