import type { CandidateFacts } from '#case/dispatch/facts.ts';
import { holds } from '#case/guard.ts';
import { premisesOf, recused } from '#case/roles.ts';
import type { CaseState } from '#case/state.ts';
import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { DispatchSpec } from '#policy/language/dispatch.ts';
import type { RoutingRow } from '#policy/language/pack.ts';
import { directoryAt } from './directory.ts';
import type { Snapshot } from './snapshot.ts';
import { absenceAt, nextDuty, onShift } from './staffing/roster.ts';
import { skillsOf } from './staffing/skills.ts';
import { type Db, within } from './within.ts';

/** What the cases of a company say about people: how much is in their hands, where they are, what they know. */
export interface Dealings {
  load: ReadonlyMap<string, number>;
  near: ReadonlyMap<string, 'building' | 'estate'>;
  /** Who had cases at the very place. */
  knowsPlace: ReadonlySet<string>;
  lastTurn: ReadonlyMap<string, Instant>;
}

interface Row {
  load: [string, number][];
  near: [string, 'building' | 'estate'][];
  knows: string[];
  turns: [string, number][];
}

// `building` sorts before `estate`, so that min() is the nearer of the two. Upward from the places of open cases only: an estate has thousands of rooms, a technician a few cases.
const DEALINGS = `with recursive held as materialized (
    select assignee_id as who, premises_id as place from huiyin.case_file where tenant_id = $1 and open and assignee_id is not null),
  up as (
    select p.premises_id as place, p.premises_id as at, p.kind, p.parent_id from huiyin.premises p
     where $2::text is not null and p.tenant_id = $1 and (p.premises_id::text = $2 or p.premises_id in (
       select place::uuid from held where place ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'))
    union all
    select up.place, p.premises_id, p.kind, p.parent_id from up
      join huiyin.premises p on p.tenant_id = $1 and p.premises_id = up.parent_id),
  here as (select at, kind from up where place::text = $2 and kind in ('building', 'estate'))
  select
    (select coalesce(json_agg(json_build_array(who, n)), '[]') from (select who, count(*) as n from held group by who) l) as load,
    (select coalesce(json_agg(json_build_array(who, kind)), '[]') from (
       select held.who, min(here.kind) as kind from held join up on up.place::text = held.place
         join here on here.at = up.at group by held.who) d) as near,
    (select coalesce(json_agg(who), '[]') from (
       select who from held where place = $2
       union select assignee_id from huiyin.case_file
        where tenant_id = $1 and premises_id = $2 and archived_at is not null and assignee_id is not null) k) as knows,
    (select coalesce(json_agg(json_build_array(person_id, round(extract(epoch from last_at) * 1000))), '[]')
       from huiyin.dispatch_turn where tenant_id = $1) as turns`;

/** Reads what the cases say about everybody at once, seen from a place. */
export async function readDealings(db: Db, tenant: string, premisesId: string | undefined): Promise<Dealings> {
  return within(db, tenant, async (client) => {
    const row = (await client.query<Row>(DEALINGS, [tenant, premisesId ?? null])).rows[0];
    return {
      load: new Map(row?.load),
      near: new Map(row?.near),
      knowsPlace: new Set(row?.knows),
      lastTurn: new Map(row?.turns),
    };
  });
}

/** A case for which somebody is wanted. */
export interface Wanted {
  state: CaseState;
  pack: CompiledPack;
  policy: DispatchSpec;
  now: Instant;
  /** The unit that takes it: what the routing suggests, or another that somebody chose; undefined: none in particular. */
  unit: string | undefined;
}

/** The place of a case as its policy names it. */
export const placeOf = ({ state, policy }: Pick<Wanted, 'state' | 'policy'>): string | undefined =>
  policy.place === undefined ? undefined : premisesOf(state.values[policy.place]);

/** The unit that the routing suggests for a case. `liesIn`: codes of all that its places lie in, by field (`placesOf`). */
export function routedUnit(
  state: CaseState,
  pack: CompiledPack,
  liesIn: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const fits = ({ when, at, premises }: RoutingRow): boolean =>
    (!when || holds(when, { state, values: {}, pack })) &&
    (!premises || premises.some((code) => liesIn.get(at ?? '')?.has(code) === true));
  return pack.routing.rows.find(fits)?.unit;
}

/** What the places of a case lie in, by the field that names each, as codes of premises; only fields that the routing asks about. */
export async function placesOf(
  db: Db,
  tenant: string,
  state: CaseState,
  pack: CompiledPack,
): Promise<Map<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const { at } of pack.routing.rows) {
    const place = at === undefined || found.has(at) ? undefined : premisesOf(state.values[at]);
    if (at !== undefined && place !== undefined) found.set(at, await codesAbove(db, tenant, place));
  }
  return found;
}

async function codesAbove(db: Db, tenant: string, premisesId: string): Promise<ReadonlySet<string>> {
  return within(db, tenant, async (client) => {
    const above = await client.query<{ code: string }>(
      `with recursive above as (
         select premises_id, parent_id, code from huiyin.premises where tenant_id = $1 and premises_id::text = $2
         union all
         select p.premises_id, p.parent_id, p.code from above a
           join huiyin.premises p on p.tenant_id = $1 and p.premises_id = a.parent_id
       ) select code from above`,
      [tenant, premisesId],
    );
    return new Set(above.rows.map(({ code }) => code));
  });
}

/** The facts on everybody who could be asked: holders of the post, and those of the routed unit without it. */
export function factsFor(snapshot: Snapshot, dealings: Dealings, wanted: Wanted): CandidateFacts[] {
  const { state, pack, policy, now } = wanted;
  const directory = directoryAt(snapshot, now);
  const today = localDate(now);
  const role = roleOf(pack, policy);
  const spec = role === undefined ? undefined : pack.roles[role];
  const posts = spec && 'post' in spec ? spec.post : null;
  const routed = wanted.unit;
  const unit = routed === undefined ? undefined : snapshot.units.find((one) => one.code === routed);
  const members = unit ? new Set(directory.members(unit.code).map(({ id }) => id)) : null;
  const place = placeOf(wanted);
  const near =
    place === undefined || posts === null
      ? []
      : posts.flatMap((post) => directory.near(post, place).map(({ id }) => id));
  const territory = new Set(near);
  const aside = new Set(recused(state, pack));
  const acted = new Set(Object.values(state.entries).flatMap((list) => list.map((entry) => entry.by.personId)));
  // Of an earlier search nothing is held against anybody.
  const declined = state.dispatch?.status === 'given' ? [] : (state.dispatch?.declined ?? []);
  const facts: CandidateFacts[] = [];
  for (const row of snapshot.people) {
    const person = row.active && !row.automaton ? directory.person(row.id) : undefined;
    if (!person) continue;
    const holdsPost = posts === null || person.posts.some((post) => posts.includes(post));
    const inUnit = members === null || members.has(person.id);
    // Somebody who is neither is no candidate anybody would miss.
    if (posts === null ? !inUnit : !holdsPost && !(members !== null && inUnit)) continue;
    const running = onShift(snapshot, person.id, now);
    const load = dealings.load.get(person.id) ?? 0;
    facts.push({
      person: { id: person.id, name: person.name, unitId: person.unitId },
      holdsPost,
      inUnit,
      head: unit !== undefined && person.posts.includes(unit.headPost),
      skills: new Set(skillsOf(snapshot.staffing, person.id, today).keys()),
      inTerritory: territory.has(person.id),
      onShiftUntil: running?.to ?? null,
      nextShift: running ? null : nextDuty(snapshot, person.id, now),
      awayUntil: absenceAt(snapshot.staffing, person.id, now)?.to ?? null,
      recused: aside.has(person.id),
      declined: declined.findLast((one) => one.personId === person.id)?.reason ?? null,
      load,
      near: dealings.near.get(person.id) ?? null,
      knows: acted.has(person.id) ? 'case' : dealings.knowsPlace.has(person.id) ? 'place' : null,
      lastTurn: dealings.lastTurn.get(person.id) ?? null,
    });
  }
  return facts;
}

/** The role that the field of the step asks for. */
function roleOf(pack: CompiledPack, { procedure, step, field }: DispatchSpec): string | undefined {
  const role = pack.procedures[procedure]?.steps[step]?.fields[field]?.role;
  return typeof role === 'string' ? role : undefined;
}
