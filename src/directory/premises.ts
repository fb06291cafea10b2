import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { readToken } from './account/token.ts';
import { type Db, within } from './within.ts';

export interface Place {
  id: string;
  kind: 'estate' | 'building' | 'entrance' | 'floor' | 'room' | 'place';
  code: string;
  name: string;
  nameEn: string;
  fullName: string;
  parentId: string | null;
  handedOverOn: string | null;
}

/** Somebody who lives in or owns a room. Personal: show it masked unless it was revealed with a reason. */
export interface Resident {
  id: string;
  premisesId: string;
  place: string;
  relation: 'owner' | 'tenant' | 'family';
  name: string;
  phone: string | null;
  email: string | null;
}

const PLACE = `premises_id as id, kind, code, name_zh as name, name_en as "nameEn", full_name as "fullName",
  parent_id as "parentId", handed_over_on as "handedOverOn"`;
const RESIDENT = `r.resident_id as id, r.premises_id as "premisesId", m.full_name as place, r.relation, r.name, r.phone, r.email`;

/** One place, or undefined. */
export async function placeById(db: Db, tenant: string, id: string): Promise<Place | undefined> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Place>(
      `select ${PLACE} from huiyin.premises where tenant_id = $1 and premises_id::text = $2`,
      [tenant, id],
    );
    return found.rows[0];
  });
}

/** What lies directly under a place, or the estates when `parentId` is null. */
export async function placesUnder(db: Db, tenant: string, parentId: string | null): Promise<Place[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Place>(
      `select ${PLACE} from huiyin.premises where tenant_id = $1 and parent_id is not distinct from $2::uuid order by sort, code`,
      [tenant, parentId],
    );
    return found.rows;
  });
}

/**
 * Places whose full name holds every part of what was typed, in this order: "锦绣 3 502" finds 锦绣花园3栋1单元502.
 * Rooms and common places come before what they lie in.
 */
export async function searchPlaces(db: Db, tenant: string, typed: string, limit = 12): Promise<Place[]> {
  const parts = typed.normalize('NFKC').match(/\d+|[A-Za-z]+|[^\s\dA-Za-z-]+/g) ?? [];
  if (parts.length === 0) return [];
  const pattern = `%${parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%')}%`;
  return within(db, tenant, async (client) => {
    const found = await client.query<Place>(
      `select ${PLACE} from huiyin.premises where tenant_id = $1 and kind <> 'floor' and full_name ilike $2
        order by length(full_name), sort, code limit $3`,
      [tenant, pattern, limit],
    );
    return found.rows;
  });
}

/** The place or piece of equipment a scanned code stands for, with the estate it belongs to; null when it is unknown. */
export async function placeOfDoor(
  db: Db,
  code: string,
): Promise<{ tenant: string; place: Place; equipment: { id: string; code: string; name: string } | null } | null> {
  const parts = readToken(code);
  if (!parts) return null;
  const { tenant } = parts;
  return within(db, tenant, async (client) => {
    const found = await client.query<
      Place & { equipmentId: string | null; equipmentCode: string; equipmentName: string }
    >(
      `select ${PLACE}, null::uuid as "equipmentId", '' as "equipmentCode", '' as "equipmentName"
         from huiyin.premises where tenant_id = $1 and door_code = $2
       union all
       select m.premises_id, m.kind, m.code, m.name_zh, m.name_en, m.full_name, m.parent_id, m.handed_over_on,
              e.equipment_id, e.code, e.name_zh
         from huiyin.equipment e join huiyin.premises m on m.tenant_id = e.tenant_id and m.premises_id = e.premises_id
        where e.tenant_id = $1 and e.door_code = $2`,
      [tenant, code],
    );
    const row = found.rows[0];
    if (!row) return null;
    const { equipmentId, equipmentCode, equipmentName, ...place } = row;
    return {
      tenant,
      place,
      equipment: equipmentId === null ? null : { id: equipmentId, code: equipmentCode, name: equipmentName },
    };
  });
}

/** One sign to be printed: where it hangs and what its code is. */
export interface DoorSign {
  name: string;
  code: string;
  estate: string;
  /** Building and entrance, or the name of a common place; empty on the estate's own sign. */
  unit: string;
  /** Number of a room; empty elsewhere. */
  room: string;
}

/** The codes to print for an estate or building: the place itself, everything under it that people pass, and equipment. */
export async function doorSheet(db: Db, tenant: string, premisesId: string): Promise<DoorSign[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ name: string; code: string; estate: string; room: string }>(
      `with recursive above as (
         select premises_id, parent_id, full_name from huiyin.premises where tenant_id = $1 and premises_id = $2
         union all
         select m.premises_id, m.parent_id, m.full_name from huiyin.premises m
           join above a on m.premises_id = a.parent_id where m.tenant_id = $1),
       below as (
         select premises_id, kind, full_name, name_zh, door_code, array[sort] as way
           from huiyin.premises where tenant_id = $1 and premises_id = $2
         union all
         select m.premises_id, m.kind, m.full_name, m.name_zh, m.door_code, b.way || m.sort from huiyin.premises m
           join below b on m.parent_id = b.premises_id where m.tenant_id = $1),
       signs as (
         select full_name as name, door_code as code, case kind when 'room' then name_zh else '' end as room, way
           from below where kind <> 'floor'
         union all
         select b.full_name || ' ' || e.name_zh, e.door_code, '', b.way from huiyin.equipment e
           join below b on b.premises_id = e.premises_id where e.tenant_id = $1)
       select s.name, s.code, s.room, (select full_name from above where parent_id is null) as estate
         from signs s order by s.way, s.name`,
      [tenant, premisesId],
    );
    return found.rows.map((sign) => {
      const inside = sign.name.startsWith(sign.estate) ? sign.name.slice(sign.estate.length) : sign.name;
      const unit = sign.room !== '' && inside.endsWith(sign.room) ? inside.slice(0, -sign.room.length) : inside;
      return { ...sign, unit: unit.trim() };
    });
  });
}

/** Present residents with this telephone number (any writing of it) or e-mail address: who is calling. */
export async function residentsByContact(
  db: Db,
  tenant: string,
  contact: string,
  now: Instant = Date.now(),
): Promise<Resident[]> {
  const email = contact.includes('@') ? contact.trim().toLowerCase() : null;
  const phone = contact.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
  if (email === null && phone.length < 5) return [];
  return within(db, tenant, async (client) => {
    const found = await client.query<Resident>(
      `select ${RESIDENT} from huiyin.resident r
         join huiyin.premises m on m.tenant_id = r.tenant_id and m.premises_id = r.premises_id
        where r.tenant_id = $1 and ${email === null ? 'r.phone = $2' : 'lower(r.email) = $2'}
          and r.from_date <= $3 and (r.to_date is null or r.to_date >= $3)
        order by m.full_name limit 20`,
      [tenant, email ?? phone, localDate(now)],
    );
    return found.rows;
  });
}

/** Present residents of a room, owners first. */
export async function residentsOf(
  db: Db,
  tenant: string,
  premisesId: string,
  now: Instant = Date.now(),
): Promise<Resident[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Resident>(
      `select ${RESIDENT} from huiyin.resident r
         join huiyin.premises m on m.tenant_id = r.tenant_id and m.premises_id = r.premises_id
        where r.tenant_id = $1 and r.premises_id = $2 and r.from_date <= $3 and (r.to_date is null or r.to_date >= $3)
        order by r.relation <> 'owner', r.from_date, r.resident_id`,
      [tenant, premisesId, localDate(now)],
    );
    return found.rows;
  });
}
