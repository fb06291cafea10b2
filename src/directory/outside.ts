import { randomUUID } from 'node:crypto';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { insertRows } from './rows.ts';
import { type Db, within } from './within.ts';

export const outsideKinds = ['developer', 'contractor', 'supplier', 'authority'] as const;

/** A firm outside that takes part: developer, contractor, supplier or authority, with whom to ask there. */
export interface OutsideOrganisation {
  id: string;
  kind: (typeof outsideKinds)[number];
  name: string;
  note: string;
  contacts: { name: string; duty: string; phone: string | null; email: string | null }[];
}

/** Firms a company works with now, with their present contacts. */
export async function outsideOrganisations(db: Db, tenant: string, now: Instant): Promise<OutsideOrganisation[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<OutsideOrganisation>(
      `select o.organisation_id as id, o.kind, o.name, o.note,
         (select coalesce(json_agg(json_build_object('name', c.name, 'duty', c.duty, 'phone', c.phone, 'email', c.email)
            order by c.from_date, c.name), '[]') from huiyin.outside_contact c
           where c.tenant_id = $1 and c.organisation_id = o.organisation_id and c.from_date <= $2
             and (c.to_date is null or c.to_date >= $2)) as contacts
         from huiyin.outside_organisation o where o.tenant_id = $1 and o.ended_at is null order by o.kind, o.name`,
      [tenant, localDate(now)],
    );
    return found.rows;
  });
}

/** Enters a firm, or what is new about it: its contacts from today are those given, earlier ones end yesterday. */
export async function keepOutside(
  db: Db,
  tenant: string,
  firm: Omit<OutsideOrganisation, 'id'>,
  now: Instant,
): Promise<void> {
  await within(db, tenant, async (client) => {
    const today = localDate(now);
    const made = await client.query<{ id: string }>(
      `insert into huiyin.outside_organisation (tenant_id, organisation_id, kind, name, note) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, name) do update set kind = $3, note = $5, ended_at = null returning organisation_id as id`,
      [tenant, randomUUID(), firm.kind, firm.name, firm.note],
    );
    const id = made.rows[0]?.id ?? '';
    await client.query(
      `update huiyin.outside_contact set to_date = greatest($3::date - 1, from_date)
        where tenant_id = $1 and organisation_id = $2 and (to_date is null or to_date >= $3::date)`,
      [tenant, id, today],
    );
    await client.query(
      'delete from huiyin.outside_contact where tenant_id = $1 and organisation_id = $2 and from_date >= $3::date',
      [tenant, id, today],
    );
    await insertRows(
      client,
      'outside_contact',
      tenant,
      firm.contacts.map((one) => ({ contact_id: randomUUID(), organisation_id: id, from_date: today, ...one })),
    );
  });
}

/** Ends the work with a firm; its past stays. */
export async function endOutside(db: Db, tenant: string, id: string, now: Instant): Promise<boolean> {
  return within(db, tenant, async (client) => {
    const said = await client.query(
      'update huiyin.outside_organisation set ended_at = $3 where tenant_id = $1 and organisation_id = $2 and ended_at is null',
      [tenant, id, toTimestamp(now)],
    );
    return said.rowCount === 1;
  });
}
