import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { type Text, text } from '#kernel/text.ts';

export const INCIDENT_KINDS = ['water', 'power', 'gas', 'heating', 'lift', 'network', 'other'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Where an outage is: a place with all below it, one riser of it, or what a machine there serves. */
export interface IncidentPlace {
  premisesId: string;
  equipmentId: string | null;
  /** The last two figures of the rooms concerned, e.g. 02; null: all. */
  riser: string | null;
  name: string;
}

/** A known outage. */
export interface Incident {
  id: string;
  kind: IncidentKind;
  title: Text;
  /** What callers are told. */
  words: Text;
  beganAt: Instant;
  expectedEnd: Instant | null;
  endedAt: Instant | null;
  places: IncidentPlace[];
  cases: number;
  changes: { at: Instant; by: string; what: 'declared' | 'moved' | 'worded' | 'ended'; told: Text }[];
}

/** What a manager declares. */
export interface Declaration {
  kind: IncidentKind;
  title: Text;
  words: Text;
  beganAt: Instant;
  expectedEnd: Instant | null;
  places: { premisesId: string; equipmentId: string | null; riser: string | null }[];
}
interface Who {
  personId: string | null;
  name: string;
}

const SELECT = `select i.incident_id as id, i.kind, json_build_object('zh', i.title_zh, 'en', i.title_en) as title,
    json_build_object('zh', i.words_zh, 'en', i.words_en) as words, i.began_at as "beganAt",
    i.expected_end as "expectedEnd", i.ended_at as "endedAt",
    (select coalesce(json_agg(json_build_object('premisesId', p.premises_id, 'equipmentId', p.equipment_id, 'riser', p.riser,
        'name', m.full_name || coalesce(' ' || e.name_zh, '') || coalesce(' ' || p.riser || ' 立管', '')) order by m.full_name), '[]')
      from huiyin.incident_place p join huiyin.premises m on m.tenant_id = p.tenant_id and m.premises_id = p.premises_id
      left join huiyin.equipment e on e.tenant_id = p.tenant_id and e.equipment_id = p.equipment_id
      where p.tenant_id = i.tenant_id and p.incident_id = i.incident_id) as places,
    (select count(*)::int from huiyin.incident_case c where c.tenant_id = i.tenant_id and c.incident_id = i.incident_id) as cases,
    (select coalesce(json_agg(json_build_object('at', round(extract(epoch from h.at) * 1000), 'by', h.by_name, 'what', h.what,
        'told', json_build_object('zh', h.told_zh, 'en', h.told_en)) order by h.revision), '[]')
      from huiyin.incident_change h where h.tenant_id = i.tenant_id and h.incident_id = i.incident_id) as changes
  from huiyin.incident i`;

/** Outages of a company, the running ones first, then those that ended last. */
export async function incidentsOf(pool: Pool, tenant: string, { openOnly = false } = {}): Promise<Incident[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `${SELECT} where i.tenant_id = $1 and (not $2 or i.ended_at is null)
      order by (i.ended_at is null) desc, coalesce(i.ended_at, i.began_at) desc limit 100`;
    return (await client.query<Incident>(ask, [tenant, openOnly])).rows;
  });
}

/** Running outages that touch a place: it lies where one is, on its riser, or is served by its machine. */
export async function incidentsAt(pool: Pool, tenant: string, premisesId: string): Promise<Incident[]> {
  return withTenant(pool, tenant, async (client) => {
    const found = await client.query<Incident>(
      `with recursive above as (
         select premises_id, parent_id, name_zh as room, kind as start from huiyin.premises
          where tenant_id = $1 and premises_id::text = $2
         union all
         select m.premises_id, m.parent_id, a.room, a.start from huiyin.premises m
           join above a on m.premises_id = a.parent_id where m.tenant_id = $1)
       ${SELECT} where i.tenant_id = $1 and i.ended_at is null and exists (
         select from huiyin.incident_place p join above a on a.premises_id = p.premises_id
         where p.tenant_id = $1 and p.incident_id = i.incident_id
           and (p.riser is null or a.start <> 'room' or a.room ~ ('[0-9]' || lpad(p.riser, 2, '0') || '$')))
       order by i.began_at desc`,
      [tenant, premisesId],
    );
    return found.rows;
  });
}

/** Outages that a case belongs to, running or ended. */
export async function incidentsOfCase(pool: Pool, tenant: string, caseId: string): Promise<Incident[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `${SELECT} join huiyin.incident_case l on l.tenant_id = i.tenant_id and l.incident_id = i.incident_id
      where i.tenant_id = $1 and l.case_id = $2 order by i.began_at desc`;
    return (await client.query<Incident>(ask, [tenant, caseId])).rows;
  });
}

const unknown = refusal('incident.unknown', text('没有这个事件', 'There is no such incident'));
const ended = refusal('incident.ended', text('事件已经结束', 'The incident has ended'));
const noPlace = refusal(
  'incident.unknownPlace',
  text('有的地点或设备不在名册里', 'A place or machine is not on the list'),
  {
    field: 'places',
  },
);

async function one(client: PoolClient, tenant: string, id: string): Promise<Incident | undefined> {
  const ask = `${SELECT} where i.tenant_id = $1 and i.incident_id = $2`;
  return (await client.query<Incident>(ask, [tenant, id])).rows[0];
}

/** One outage; refuses with incident.unknown. */
export async function incidentById(pool: Pool, tenant: string, id: string): Promise<Result<Incident>> {
  const found = await withTenant(pool, tenant, (client) => one(client, tenant, id));
  return found ? accept(found) : refuse(unknown);
}

/** Declares an outage: from now on whoever calls from there is told of it. */
export async function declareIncident(
  pool: Pool,
  tenant: string,
  { kind, title, words, beganAt, expectedEnd, places }: Declaration,
  who: Who,
  now: Instant,
): Promise<Result<Incident>> {
  return withTenant(pool, tenant, async (client) => {
    const id = randomUUID();
    const known = await client.query(
      `select from unnest($2::uuid[], $3::uuid[]) as w(premises, equipment)
       join huiyin.premises p on p.tenant_id = $1 and p.premises_id = w.premises
       where w.equipment is null or exists (select from huiyin.equipment e
         where e.tenant_id = $1 and e.equipment_id = w.equipment and e.premises_id = w.premises)`,
      [tenant, places.map((place) => place.premisesId), places.map((place) => place.equipmentId)],
    );
    if (known.rowCount !== places.length) return refuse(noPlace);
    await client.query(
      `insert into huiyin.incident (tenant_id, incident_id, kind, title_zh, title_en, words_zh, words_en, began_at, expected_end)
       values ($1, $2, $3, $4, $5, $6, $7, huiyin.instant($8), huiyin.instant($9))`,
      [tenant, id, kind, title.zh, title.en, words.zh, words.en, beganAt, expectedEnd],
    );
    await client.query(
      `insert into huiyin.incident_place (tenant_id, incident_id, place_id, premises_id, equipment_id, riser)
       select $1, $2, u.id, u.premises, u.equipment, u.riser
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[]) as u(id, premises, equipment, riser)`,
      [
        tenant,
        id,
        places.map(() => randomUUID()),
        places.map((place) => place.premisesId),
        places.map((place) => place.equipmentId),
        places.map((place) => place.riser),
      ],
    );
    await note(client, tenant, id, 1, 'declared', words, expectedEnd, who, now);
    const made = await one(client, tenant, id);
    if (!made) throw new Error('an incident was declared without a row');
    return accept(made);
  });
}

/** What changes on an outage. */
export interface IncidentChange {
  words?: Text | undefined;
  /** Null: not known any more. */
  expectedEnd?: Instant | null | undefined;
  ended?: boolean | undefined;
}

/**
 * Changes or ends an outage. When its promise moves or it ends, everybody whose case belongs to it is told, by a job of
 * the same transaction.
 */
export async function changeIncident(
  pool: Pool,
  tenant: string,
  id: string,
  change: IncidentChange,
  who: Who,
  now: Instant,
): Promise<Result<Incident>> {
  return withTenant(pool, tenant, async (client) => {
    const locked = await client.query<{ revision: number }>(
      'select revision from huiyin.incident where tenant_id = $1 and incident_id = $2 for update',
      [tenant, id],
    );
    const before = await one(client, tenant, id);
    const [row] = locked.rows;
    if (!before || !row) return refuse(unknown);
    if (before.endedAt !== null) return refuse(ended);
    const words = change.words ?? before.words;
    const expectedEnd = change.expectedEnd === undefined ? before.expectedEnd : change.expectedEnd;
    const moved = expectedEnd !== before.expectedEnd;
    const what = change.ended ? 'ended' : moved ? 'moved' : 'worded';
    const revision = row.revision + 1;
    await client.query(
      `update huiyin.incident set words_zh = $3, words_en = $4, expected_end = huiyin.instant($5),
         ended_at = huiyin.instant($6), revision = $7 where tenant_id = $1 and incident_id = $2`,
      [tenant, id, words.zh, words.en, expectedEnd, change.ended ? now : null, revision],
    );
    const told = newsOf(before, what, words, expectedEnd, now);
    await note(client, tenant, id, revision, what, told, expectedEnd, who, now);
    if (what !== 'worded') {
      const job = {
        task: 'tell-incident',
        payload: { tenant, incidentId: id, revision, text: told },
        key: `incident:${id}:${revision}`,
        attempts: 25,
      };
      await client.query('select huiyin.add_jobs($1)', [JSON.stringify([job])]);
    }
    const after = await one(client, tenant, id);
    return after ? accept(after) : refuse(unknown);
  });
}

function newsOf(
  { title }: Incident,
  what: 'ended' | 'moved' | 'worded',
  words: Text,
  expectedEnd: Instant | null,
  now: Instant,
): Text {
  if (what === 'ended')
    return text(
      `${title.zh}已于 ${formatLocal(now)} 恢复。${words.zh}`,
      `${title.en}: over since ${formatLocal(now)}. ${words.en}`,
    );
  if (what === 'worded') return words;
  return expectedEnd === null
    ? text(`${title.zh}的恢复时间暂不能确定。${words.zh}`, `${title.en}: its end is not known at present. ${words.en}`)
    : text(
        `${title.zh}预计恢复时间改为 ${formatLocal(expectedEnd)}。${words.zh}`,
        `${title.en}: now expected to end at ${formatLocal(expectedEnd)}. ${words.en}`,
      );
}

async function note(
  client: PoolClient,
  tenant: string,
  id: string,
  revision: number,
  what: Incident['changes'][number]['what'],
  told: Text,
  expectedEnd: Instant | null,
  who: Who,
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into huiyin.incident_change (tenant_id, incident_id, revision, at, by_id, by_name, what, expected_end, told_zh, told_en)
     values ($1, $2, $3, huiyin.instant($4), $5, $6, $7, huiyin.instant($8), $9, $10)`,
    [tenant, id, revision, now, who.personId, who.name, what, expectedEnd, told.zh, told.en],
  );
}

/** Notes that a case belongs to an outage; any number of times is once. */
export async function linkCase(pool: Pool, tenant: string, incidentId: string, caseId: string): Promise<void> {
  await withTenant(pool, tenant, (client) =>
    client.query(
      'insert into huiyin.incident_case (tenant_id, incident_id, case_id) values ($1, $2, $3) on conflict do nothing',
      [tenant, incidentId, caseId],
    ),
  );
}

/** Ids of the cases that belong to an outage. */
export async function casesOfIncident(pool: Pool, tenant: string, incidentId: string): Promise<string[]> {
  return withTenant(pool, tenant, async (client) => {
    const ask =
      'select case_id as id from huiyin.incident_case where tenant_id = $1 and incident_id = $2 order by case_id';
    return (await client.query<{ id: string }>(ask, [tenant, incidentId])).rows.map((row) => row.id);
  });
}
