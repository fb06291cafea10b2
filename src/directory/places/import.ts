import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { oneAtATime } from '#db/one-at-a-time.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { newToken } from '../account/token.ts';
import { insertRows } from '../rows.ts';
import { type Db, within } from '../within.ts';
import { type KnownPlace, type KnownResident, type PlacesPlan, planPlaces } from './plan.ts';

/** A list of places of one estate. */
export interface PlacesList {
  estateId: string;
  lines: readonly string[];
}

/** What a list would do, line by line. Nothing is written. Refuses with premises.estate. */
export async function previewPlaces(
  db: Db,
  tenant: string,
  list: PlacesList,
  now: Instant,
): Promise<Result<PlacesPlan>> {
  return within(db, tenant, (client) => plan(client, tenant, list, now));
}

/**
 * Adds what is new of a list, all of it or nothing, and answers what each line became. Sending the same list again adds
 * nothing. Refuses with premises.estate, and with premises.faulty while a line is at fault unless it is to be left out.
 */
export async function importPlaces(
  db: Db,
  tenant: string,
  list: PlacesList & { leaveOutFaulty: boolean },
  now: Instant,
): Promise<Result<PlacesPlan>> {
  return within(db, tenant, async (client) => {
    // Two lists at once would both find the same room missing.
    await oneAtATime(client, 'premises', tenant);
    const made = await plan(client, tenant, list, now);
    if (!made.ok) return made;
    const { lines, places, residents, phones } = made.value;
    const bad = lines.filter((line) => line.verdict === 'fault');
    if (bad.length > 0 && !list.leaveOutFaulty)
      return refuse(
        refusal(
          'premises.faulty',
          text(
            `有 ${bad.length} 行有误，一行也没有写入：请改正，或选择略过这些行`,
            `${bad.length} line(s) are at fault and nothing was written: correct them or leave them out`,
          ),
          {
            also: bad
              .slice(0, 50)
              .map(({ line, message }) => refusal('premises.line', message, { field: `lines.${line}` })),
          },
        ),
      );
    await insertRows(
      client,
      'premises',
      tenant,
      places.map(({ id, parentId, kind, code, name, fullName, sort }) => ({
        premises_id: id,
        parent_id: parentId,
        kind,
        code,
        name_zh: name,
        name_en: '',
        full_name: fullName,
        door_code: newToken(tenant).text,
        sort,
      })),
    );
    await insertRows(
      client,
      'resident',
      tenant,
      residents.map(({ premisesId, relation, name, phone }) => ({
        resident_id: randomUUID(),
        premises_id: premisesId,
        relation,
        name,
        phone,
        from_date: localDate(now),
      })),
    );
    for (const { residentId, phone } of phones)
      await client.query('update huiyin.resident set phone = $3 where tenant_id = $1 and resident_id = $2', [
        tenant,
        residentId,
        phone,
      ]);
    return made;
  });
}

async function plan(client: PoolClient, tenant: string, list: PlacesList, now: Instant): Promise<Result<PlacesPlan>> {
  const found = await client.query<KnownPlace & { top: boolean }>(
    `with recursive below as (
       select premises_id, parent_id, kind, code, name_zh, full_name, true as top
         from huiyin.premises where tenant_id = $1 and premises_id::text = $2 and kind = 'estate'
       union all
       select m.premises_id, m.parent_id, m.kind, m.code, m.name_zh, m.full_name, false
         from huiyin.premises m join below b on m.parent_id = b.premises_id where m.tenant_id = $1)
     select premises_id as id, parent_id as "parentId", kind, code, name_zh as name, full_name as "fullName", top from below`,
    [tenant, list.estateId],
  );
  const estate = found.rows.find((place) => place.top);
  if (!estate)
    return refuse(refusal('premises.estate', text('没有这个小区', 'There is no such estate'), { field: 'estateId' }));
  const places = found.rows.filter((place) => !place.top);
  const residents = await client.query<KnownResident>(
    `select resident_id as id, premises_id as "premisesId", name, phone from huiyin.resident
      where tenant_id = $1 and premises_id = any($2::uuid[]) and (to_date is null or to_date >= $3)`,
    [tenant, places.filter((place) => place.kind === 'room').map((place) => place.id), localDate(now)],
  );
  return accept(planPlaces(list.lines, estate, { places, residents: residents.rows }, randomUUID));
}
