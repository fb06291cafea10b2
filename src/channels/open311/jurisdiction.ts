import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { firstRun } from '#directory/first-run.ts';
import type { Fault } from './answers.ts';

/** Whose requests: a company, or one of its estates. Written `company` or `company.estate`, e.g. demo.JX. */
export interface Jurisdiction {
  tenant: string;
  estate: { id: string; name: string } | null;
}

export const noJurisdiction: Fault = {
  code: 400,
  description:
    '缺少 jurisdiction_id：这里有多家公司 / jurisdiction_id was not provided, and there are several companies',
};
const unknownJurisdiction = (id: string): Fault => ({
  code: 404,
  description: `没有这个 jurisdiction_id：${id} / jurisdiction_id ${id} was not found`,
});

/** Finds the jurisdiction that was named. One company alone need not be named. */
export async function jurisdictionOf(pool: Pool, named: string): Promise<Jurisdiction | Fault> {
  const { companies } = await firstRun(pool);
  const [only, ...others] = companies;
  if (named === '') return only && others.length === 0 ? { tenant: only.tenant, estate: null } : noJurisdiction;
  const [tenant = '', code] = named.split('.', 2);
  if (!companies.some((company) => company.tenant === tenant)) return unknownJurisdiction(named);
  if (code === undefined) return { tenant, estate: null };
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ id: string; name: string }>(
      `select premises_id as id, full_name as name from huiyin.premises
        where tenant_id = $1 and parent_id is null and code = $2`,
      [tenant, code],
    ),
  );
  const estate = found.rows[0];
  return estate ? { tenant, estate } : unknownJurisdiction(named);
}

/** Whether something is a fault rather than what was asked for. */
export const isFault = (found: object): found is Fault => 'description' in found && 'code' in found;
