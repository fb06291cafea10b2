import { type Db, within } from './within.ts';

/** A place and everything under it, by id. */
export async function placesBelow(db: Db, tenant: string, premisesId: string): Promise<string[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ id: string }>(
      `with recursive below as (
         select premises_id from huiyin.premises where tenant_id = $1 and premises_id = $2
         union all
         select p.premises_id from below b join huiyin.premises p on p.tenant_id = $1 and p.parent_id = b.premises_id
       ) select premises_id::text as id from below`,
      [tenant, premisesId],
    );
    return found.rows.map((row) => row.id);
  });
}

/** Whether a place lies in another, or is it. False for a place that is not there. */
export async function liesIn(db: Db, tenant: string, premisesId: string, whole: string): Promise<boolean> {
  return within(db, tenant, async (client) => {
    const found = await client.query(
      `with recursive above as (
         select premises_id, parent_id from huiyin.premises where tenant_id = $1 and premises_id::text = $2
         union all
         select p.premises_id, p.parent_id from above a
           join huiyin.premises p on p.tenant_id = $1 and p.premises_id = a.parent_id
       ) select 1 from above where premises_id = $3`,
      [tenant, premisesId, whole],
    );
    return (found.rowCount ?? 0) > 0;
  });
}
