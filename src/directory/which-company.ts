import type { Pool, PoolClient } from 'pg';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { actFor, type Company, creating, firstRun } from './first-run.ts';

/** What of a request tells whose company it is meant for, before anybody has signed in. */
export interface Whereto {
  /** The address it was sent to, with or without a port. */
  host?: string | undefined;
  /** The company that was named, by its name or its id. */
  named?: string | undefined;
}

/**
 * The company a stranger's request is for: the one whose address it came to, else the one it names, else the only one
 * there is. At the address of one company no other can be named. Null when nothing tells.
 */
export async function whichCompany(db: Pool | PoolClient, { host, named }: Whereto): Promise<Company | null> {
  const { companies } = await firstRun(db);
  const wanted = named?.trim();
  const meant = (company: Company): boolean =>
    wanted === undefined || wanted === '' || company.tenant === wanted || company.name === wanted;
  const bound = await companyAt(db, host);
  if (bound !== null) return companies.find((company) => company.tenant === bound && meant(company)) ?? null;
  const own = companies.filter((company) => !company.demo);
  if (wanted !== undefined && wanted !== '') return companies.find(meant) ?? null;
  if (own.length > 1) return null;
  return own[0] ?? companies[0] ?? null;
}

async function companyAt(db: Pool | PoolClient, host: string | undefined): Promise<string | null> {
  const name = plainHost(host ?? '');
  if (name === '') return null;
  const found = await db.query<{ tenant: string | null }>('select huiyin.tenant_of_host($1) as tenant', [name]);
  return found.rows[0]?.tenant ?? null;
}

/** An address as browsers write it, without its port. */
const plainHost = (host: string): string => host.trim().toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');

/**
 * Binds an address to a company, or with null takes it away. Refuses with company.unknown, company.host when it is no
 * address, and company.hostTaken when another company has it.
 */
export async function bindHost(pool: Pool, tenant: string, host: string | null): Promise<Result<null>> {
  const name = host === null ? null : plainHost(host);
  if (name !== null && !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name))
    return refuse(
      refusal('company.host', text('网址须形如 a.example.com', 'An address looks like a.example.com'), {
        field: 'host',
      }),
    );
  // Under the lock of founding, because no key of the table spans companies.
  return creating(pool, async (client, there) => {
    if (!there.some((company) => company.tenant === tenant))
      return refuse(refusal('company.unknown', text('没有这家公司', 'There is no such company')));
    const holder = name === null ? null : await companyAt(client, name);
    if (holder !== null && holder !== tenant)
      return refuse(
        refusal('company.hostTaken', text('这个网址已属于另一家公司', 'Another company has this address'), {
          field: 'host',
        }),
      );
    await actFor(client, tenant);
    await client.query('update huiyin.tenant set host = $2 where tenant_id = $1', [tenant, name]);
    return accept(null);
  });
}
