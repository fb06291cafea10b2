import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';

/** A crew that works where something is. `distance` counts the levels from the place up to the territory's: 0 = that very place. */
export interface TerritoryCrew {
  unitId: string;
  unitCode: string;
  territoryId: string;
  territory: string;
  distance: number;
}

/** Crews whose territory holds a place, the narrowest territory first; empty when nobody was given it. */
export async function crewsFor(db: Db, tenant: string, premisesId: string, now: Instant): Promise<TerritoryCrew[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<TerritoryCrew>(
      `with recursive above as (
         select premises_id, parent_id, 0 as distance from huiyin.premises where tenant_id = $1 and premises_id::text = $2
         union all
         select m.premises_id, m.parent_id, a.distance + 1 from huiyin.premises m
           join above a on m.premises_id = a.parent_id where m.tenant_id = $1)
       select u.unit_id as "unitId", u.code as "unitCode", t.territory_id as "territoryId", t.name_zh as territory, a.distance
         from above a
         join huiyin.territory_place p on p.tenant_id = $1 and p.premises_id = a.premises_id
         join huiyin.territory t on t.tenant_id = $1 and t.territory_id = p.territory_id and t.retired_at is null
         join huiyin.territory_crew c on c.tenant_id = $1 and c.territory_id = t.territory_id
           and c.from_date <= $3 and (c.to_date is null or c.to_date >= $3)
         join huiyin.unit u on u.tenant_id = $1 and u.unit_id = c.unit_id
        order by a.distance, u.sort, u.code`,
      [tenant, premisesId, localDate(now)],
    );
    return found.rows;
  });
}
