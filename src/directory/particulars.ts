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
  /** Whether that day was said of this very place. */
  ownHandover: boolean;
  /** Per part the last day under warranty, null where the day of handover is not known; `own`: said of this very place. */
  warranties: {
    part: string;
    name: string;
    nameEn: string;
    until: string | null;
    warrantor: string | null;
    own: boolean;
  }[];
  risers: { name: string; sharedBy: string[] }[];
  equipment: {
    id: string;
    code: string;
    name: string;
    kind: string;
    installedOn: string | null;
    warrantyUntil: string | null;
    warrantor: string | null;
  }[];
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
         m.handed_over_on is not null as "ownHandover",
         (select coalesce(json_agg(json_build_object('part', t.part, 'name', t.name_zh, 'nameEn', t.name_en,
            'until', coalesce(
              (select w.until from huiyin.warranty w join up u on u.premises_id = w.premises_id
                where w.tenant_id = $1 and w.part = t.part order by u.level limit 1),
              ((select day from handed) + make_interval(months => t.months) - interval '1 day')::date),
            'warrantor', o.name,
            'own', exists (select 1 from huiyin.warranty w
              where w.tenant_id = $1 and w.premises_id = m.premises_id and w.part = t.part)) order by t.part), '[]')
            from huiyin.warranty_term t
            left join huiyin.outside_organisation o on o.tenant_id = $1 and o.organisation_id = t.warrantor_id
           where t.tenant_id = $1) as warranties,
         (select coalesce(json_agg(json_build_object('name', r.name_zh, 'sharedBy',
            (select coalesce(json_agg(n.full_name order by n.sort, n.code), '[]') from huiyin.riser_place s
               join huiyin.premises n on n.tenant_id = $1 and n.premises_id = s.premises_id
              where s.tenant_id = $1 and s.riser_id = r.riser_id and s.premises_id <> m.premises_id)) order by r.name_zh), '[]')
            from huiyin.riser_place p join huiyin.riser r on r.tenant_id = $1 and r.riser_id = p.riser_id
           where p.tenant_id = $1 and p.premises_id = m.premises_id) as risers,
         (select coalesce(json_agg(json_build_object('id', e.equipment_id, 'code', e.code, 'name', e.name_zh,
            'kind', e.kind, 'installedOn', e.installed_on, 'warrantyUntil', e.warranty_until, 'warrantor', o.name)
            order by e.code), '[]')
            from huiyin.equipment e
            left join huiyin.outside_organisation o on o.tenant_id = $1 and o.organisation_id = e.warrantor_id
           where e.tenant_id = $1 and e.premises_id = m.premises_id) as equipment
         from huiyin.premises m where m.tenant_id = $1 and m.premises_id::text = $2`,
      [tenant, premisesId],
    );
    return found.rows[0];
  });
}

/** How long each part is under warranty in this company. */
export async function warrantyTerms(db: Db, tenant: string): Promise<WarrantyTerm[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<WarrantyTerm>(
      `select t.part, t.name_zh as name, t.name_en as "nameEn", t.months, o.name as warrantor from huiyin.warranty_term t
         left join huiyin.outside_organisation o on o.tenant_id = $1 and o.organisation_id = t.warrantor_id
        where t.tenant_id = $1 order by t.part`,
      [tenant],
    );
    return found.rows;
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
  const firm = await firmByName(client, tenant, warrantor, newId);
  await client.query(
    `insert into huiyin.warranty_term (tenant_id, part, name_zh, name_en, months, warrantor_id) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, part) do update set name_zh = $3, name_en = $4, months = $5, warrantor_id = $6`,
    [tenant, part, name, nameEn, months, firm],
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
  return said.rowCount === 0 ? refuse(noPlace) : accept(null);
}

/** Takes a place's own last day of a part away again: the term from handover counts. Refuses with premises.unknown. */
export async function dropWarranty(
  client: PoolClient,
  tenant: string,
  wish: { premisesId: string; part: string },
): Promise<Result<null>> {
  const said = await client.query(
    'delete from huiyin.warranty where tenant_id = $1 and premises_id::text = $2 and part = $3',
    [tenant, wish.premisesId, wish.part],
  );
  return said.rowCount === 0 ? refuse(noPlace) : accept(null);
}

/** Says when a place was handed over, with everything beneath it that has no day of its own; null: nobody knows. Refuses with premises.unknown. */
export async function setHandover(
  client: PoolClient,
  tenant: string,
  { premisesId, on }: { premisesId: string; on: string | null },
): Promise<Result<null>> {
  const said = await client.query(
    'update huiyin.premises set handed_over_on = $3 where tenant_id = $1 and premises_id::text = $2',
    [tenant, premisesId, on],
  );
  return said.rowCount === 0 ? refuse(noPlace) : accept(null);
}

/** What is known of a piece of equipment in time: when it went in, until when a firm stands for it, and which. */
export interface EquipmentDates {
  installedOn: string | null;
  warrantyUntil: string | null;
  warrantor: string | null;
}

/** Says it; answers where the equipment stands. Refuses with premises.unknown, and with warranty.backwards. */
export async function setEquipmentDates(
  client: PoolClient,
  tenant: string,
  { id, installedOn, warrantyUntil, warrantor }: EquipmentDates & { id: string },
  newId: string,
): Promise<Result<string>> {
  if (installedOn !== null && warrantyUntil !== null && warrantyUntil < installedOn)
    return refuse(
      refusal(
        'warranty.backwards',
        text('保修截止早于安装日期：请改其中一个', 'The warranty ends before the installation: correct one of them'),
        { field: 'warrantyUntil' },
      ),
    );
  const firm = await firmByName(client, tenant, warrantor, newId);
  const said = await client.query<{ place: string }>(
    `update huiyin.equipment set installed_on = $3, warranty_until = $4, warrantor_id = $5
      where tenant_id = $1 and equipment_id::text = $2 returning premises_id as place`,
    [tenant, id, installedOn, warrantyUntil, firm],
  );
  const place = said.rows[0]?.place;
  return place === undefined ? refuse(noPlace) : accept(place);
}

/** The firm outside of that name; one that is not known yet is entered as contractor. */
async function firmByName(
  client: PoolClient,
  tenant: string,
  name: string | null,
  newId: string,
): Promise<string | null> {
  if (name === null) return null;
  const found = await client.query<{ id: string }>(
    `insert into huiyin.outside_organisation (tenant_id, organisation_id, kind, name) values ($1, $2, 'contractor', $3)
     on conflict (tenant_id, name) do update set name = excluded.name returning organisation_id as id`,
    [tenant, newId, name],
  );
  return found.rows[0]?.id ?? null;
}

const noPlace = refusal(
  'premises.unknown',
  text('没有这个地点、部位或设备：请刷新页面', 'There is no such place, part or equipment: reload the page'),
);
