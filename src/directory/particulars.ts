import type { PoolClient } from 'pg';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from './within.ts';

/** How long a part is under warranty from handover, and who stands for it. */
export interface WarrantyTerm {
  part: string;
  name: string;
  nameEn: string;
  months: number;
  /** Name of the firm outside; null: nobody was named. */
  warrantor: string | null;
}

/** What is known of a place besides who lives there. */
export interface Particulars {
  fullName: string;
  /** Its own, or that of the nearest place it lies in; null: nobody has said. */
  handedOverOn: string | null;
  /** Per part the last day under warranty; null where the day of handover is not known. */
  warranties: { part: string; name: string; nameEn: string; until: string | null; warrantor: string | null }[];
  risers: { name: string; sharedBy: string[] }[];
  equipment: { code: string; name: string; kind: string; installedOn: string | null }[];
}

/** Handover, warranties by part, risers with everybody on the same one, and equipment of a place; undefined when unknown. */
export async function particularsOf(db: Db, tenant: string, premisesId: string): Promise<Particulars | undefined> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Particulars>(
      `with recursive up as (
         select premises_id, parent_id, handed_over_on, 0 as level from huiyin.premises
          where tenant_id = $1 and premises_id::text = $2
         union all
         select m.premises_id, m.parent_id, m.handed_over_on, u.level + 1 from up u
           join huiyin.premises m on m.tenant_id = $1 and m.premises_id = u.parent_id),
       handed as (select handed_over_on as day from up where handed_over_on is not null order by level limit 1)
       select m.full_name as "fullName", (select day from handed) as "handedOverOn",
         (select coalesce(json_agg(json_build_object('part', t.part, 'name', t.name_zh, 'nameEn', t.name_en,
            'until', coalesce(
              (select w.until from huiyin.warranty w join up u on u.premises_id = w.premises_id
                where w.tenant_id = $1 and w.part = t.part order by u.level limit 1),
              ((select day from handed) + make_interval(months => t.months) - interval '1 day')::date),
            'warrantor', o.name) order by t.part), '[]')
            from huiyin.warranty_term t
            left join huiyin.outside_organisation o on o.tenant_id = $1 and o.organisation_id = t.warrantor_id
           where t.tenant_id = $1) as warranties,
         (select coalesce(json_agg(json_build_object('name', r.name_zh, 'sharedBy',
            (select coalesce(json_agg(n.full_name order by n.sort, n.code), '[]') from huiyin.riser_place s
               join huiyin.premises n on n.tenant_id = $1 and n.premises_id = s.premises_id
              where s.tenant_id = $1 and s.riser_id = r.riser_id and s.premises_id <> m.premises_id)) order by r.name_zh), '[]')
            from huiyin.riser_place p join huiyin.riser r on r.tenant_id = $1 and r.riser_id = p.riser_id
           where p.tenant_id = $1 and p.premises_id = m.premises_id) as risers,
         (select coalesce(json_agg(json_build_object('code', e.code, 'name', e.name_zh, 'kind', e.kind,
            'installedOn', e.installed_on) order by e.code), '[]')
            from huiyin.equipment e where e.tenant_id = $1 and e.premises_id = m.premises_id) as equipment
         from huiyin.premises m where m.tenant_id = $1 and m.premises_id::text = $2`,
      [tenant, premisesId],
    );
    return found.rows[0];
  });
}

/** Says how long a part is under warranty; a firm outside that is not known yet is entered as contractor. Refuses with warranty.part. */
export async function setWarrantyTerm(
  client: PoolClient,
  tenant: string,
  { part, name, nameEn, months, warrantor }: WarrantyTerm,
  newId: string,
): Promise<Result<null>> {
  if (!/^[a-z][A-Za-z0-9]{1,40}$/.test(part))
    return refuse(refusal('warranty.part', text('部位代码有误', 'This is no code of a part'), { field: 'part' }));
  const firm =
    warrantor === null
      ? undefined
      : (
          await client.query<{ id: string }>(
            `insert into huiyin.outside_organisation (tenant_id, organisation_id, kind, name) values ($1, $2, 'contractor', $3)
             on conflict (tenant_id, name) do update set name = excluded.name returning organisation_id as id`,
            [tenant, newId, warrantor],
          )
        ).rows[0]?.id;
  await client.query(
    `insert into huiyin.warranty_term (tenant_id, part, name_zh, name_en, months, warrantor_id) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, part) do update set name_zh = $3, name_en = $4, months = $5, warrantor_id = $6`,
    [tenant, part, name, nameEn, months, firm ?? null],
  );
  return accept(null);
}

/** Sets the last day of a part's warranty for one place and everything beneath it. Refuses with premises.unknown. */
export async function setWarranty(
  client: PoolClient,
  tenant: string,
  wish: { premisesId: string; part: string; until: string },
): Promise<Result<null>> {
  const said = await client.query(
    `insert into huiyin.warranty (tenant_id, premises_id, part, until)
     select $1, m.premises_id, t.part, $4 from huiyin.premises m join huiyin.warranty_term t on t.tenant_id = $1 and t.part = $3
      where m.tenant_id = $1 and m.premises_id = $2
     on conflict (tenant_id, premises_id, part) do update set until = excluded.until`,
    [tenant, wish.premisesId, wish.part, wish.until],
  );
  return said.rowCount === 0
    ? refuse(refusal('premises.unknown', text('没有这个地点或部位', 'There is no such place or part')))
    : accept(null);
}
