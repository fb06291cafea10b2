import type { PoolClient } from 'pg';
import type { Shift } from './shifts.ts';
import { readStaffing } from './staffing/read.ts';
import type { Staffing } from './staffing/rows.ts';
import { type Db, within } from './within.ts';

export interface UnitRow {
  id: string;
  code: string;
  parentId: string | null;
  kind: 'company' | 'siteOffice' | 'department' | 'crew';
  name: string;
  nameEn: string;
  headPost: string;
}
export interface PersonRow {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  unitId: string | null;
  automaton: boolean;
  active: boolean;
}
export interface PostRow {
  personId: string;
  post: string;
  unitId: string;
  /** Local dates, both inclusive; `to` null = until further notice. */
  from: string;
  to: string | null;
}

/** The whole organisation of one company as it stands in the tables, with all its dates. */
export interface Snapshot {
  tenant: string;
  name: string;
  units: readonly UnitRow[];
  people: readonly PersonRow[];
  posts: readonly PostRow[];
  /** Person → superior, only where it is not the head of the unit. */
  superiors: ReadonlyMap<string, string>;
  shifts: ReadonlyMap<string, readonly Shift[]>;
  /** Skills, patterns, leave, substitutes, limits, territories. */
  staffing: Staffing;
  /** Pack → estates to which it is limited; a pack without an entry applies everywhere. */
  scopes: ReadonlyMap<string, readonly { id: string; name: string }[]>;
  /** What each place lies in. Only read where territories or scopes ask for it. */
  parents: ReadonlyMap<string, string>;
}

// One round trip, because it runs again after every change of the organisation.
const ALL = `select
  (select name_zh from huiyin.tenant where tenant_id = $1) as name,
  (select coalesce(json_agg(json_build_object('id', unit_id, 'code', code, 'parentId', parent_id, 'kind', kind,
     'name', name_zh, 'nameEn', name_en, 'headPost', head_post) order by sort, code), '[]')
   from huiyin.unit where tenant_id = $1) as units,
  (select coalesce(json_agg(json_build_object('id', person_id, 'name', name, 'phone', phone, 'email', email,
     'unitId', unit_id, 'automaton', automaton, 'active', left_at is null) order by sort, person_id), '[]')
   from huiyin.person where tenant_id = $1) as people,
  (select coalesce(json_agg(json_build_object('personId', person_id, 'post', post, 'unitId', unit_id,
     'from', from_date, 'to', to_date) order by from_date, post, unit_id), '[]')
   from huiyin.post_assignment where tenant_id = $1) as posts,
  (select coalesce(json_agg(json_build_array(person_id, superior_id)), '[]')
   from huiyin.superior where tenant_id = $1) as superiors,
  (select coalesce(json_agg(json_build_object('personId', person_id, 'weekday', weekday,
     'fromMinute', from_minute, 'toMinute', to_minute) order by weekday, from_minute), '[]')
   from huiyin.shift where tenant_id = $1) as shifts`;

interface Answer {
  name: string | null;
  units: UnitRow[];
  people: PersonRow[];
  posts: PostRow[];
  superiors: [string, string][];
  shifts: (Shift & { personId: string })[];
}

/** Reads the organisation of a company. Throws when the company does not exist: nobody may act for it. */
export async function loadSnapshot(db: Db, tenant: string): Promise<Snapshot> {
  return within(db, tenant, (client) => read(client, tenant));
}

async function read(client: PoolClient, tenant: string): Promise<Snapshot> {
  const row = (await client.query<Answer>(ALL, [tenant])).rows[0];
  if (!row || row.name === null) throw new Error(`there is no company ${tenant}`);
  const shifts = new Map<string, Shift[]>();
  for (const { personId, ...shift } of row.shifts) {
    const mine = shifts.get(personId);
    if (mine) mine.push(shift);
    else shifts.set(personId, [shift]);
  }
  const staffing = await readStaffing(client, tenant);
  const scopes = await readScopes(client, tenant);
  return {
    tenant,
    name: row.name,
    units: row.units,
    people: row.people,
    posts: row.posts,
    superiors: new Map(row.superiors),
    shifts,
    staffing,
    scopes,
    parents: staffing.territories.length + scopes.size > 0 ? await readParents(client, tenant) : new Map(),
  };
}

async function readScopes(client: PoolClient, tenant: string): Promise<Snapshot['scopes']> {
  const { rows } = await client.query<{ pack: string; id: string; name: string }>(
    `select e.pack, e.premises_id as id, m.name_zh as name from huiyin.pack_estate e
       join huiyin.premises m on m.tenant_id = e.tenant_id and m.premises_id = e.premises_id
      where e.tenant_id = $1 order by e.pack, m.sort, m.code`,
    [tenant],
  );
  return Map.groupBy(rows, ({ pack }) => pack);
}

async function readParents(client: PoolClient, tenant: string): Promise<Snapshot['parents']> {
  const { rows } = await client.query<{ id: string; parent: string }>(
    'select premises_id as id, parent_id as parent from huiyin.premises where tenant_id = $1 and parent_id is not null',
    [tenant],
  );
  return new Map(rows.map(({ id, parent }) => [id, parent]));
}
