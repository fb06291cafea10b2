import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { packsInForce } from '#handling/packs.ts';
import type { WorklistFilter } from '#journal/worklist.ts';
import type { HttpDeps } from './deps.ts';
import type { Viewer } from './who.ts';

/** What the tabs show: how many cases are in the viewer's hands or wait for his role, and how many of those are late. */
export interface WorklistCounts {
  mine: number;
  role: number;
  overdue: number;
}

// Each arm is read by its own index and ends at a thousand. A case that complains of the viewer is left out as in the list;
// beyond two hundred rows nobody could tell, and reading every case would take too long.
const counted = statement<WorklistCounts>(
  'http.worklistCount',
  `with arms as (
     (select id, next_due_at, false as role from huiyin.case_list where open and assignee_id = $1 limit 1000)
     union all
     (select id, next_due_at, false from huiyin.case_list where open and case_officer_id = $1 limit 1000)
     union all
     select l.id, l.next_due_at, true from unnest($2::text[], $3::text[], $4::text[]) as s(pack, procedure, state)
     cross join lateral (select id, next_due_at from huiyin.case_list c where c.open and c.pack = s.pack
       and c.procedure = s.procedure and c.state_name = s.state limit 1000) l
   ), once as materialized (
     select id, min(next_due_at) as due, bool_or(role) as role from arms group by id
   ), aside as materialized (
     select c.id from huiyin.case_list c join once o on o.id = c.id
     where (select count(*) from once) <= 200
       and exists (select from unnest($5::text[]) f where strpos(coalesce(c.state->'values'->>f, ''), $1) > 0)
   )
   select count(*)::int as mine, (count(*) filter (where role))::int as role,
     (count(*) filter (where due < huiyin.instant($6)))::int as overdue
   from once where id not in (select id from aside)`,
);

/** Counts what the views `mine` and `role` list, each case once. */
export async function countMine(
  deps: HttpDeps,
  { tenant, actor }: Viewer,
  states: readonly WorklistFilter[],
): Promise<WorklistCounts> {
  const { personId } = actor;
  if (personId === null) return { mine: 0, role: 0, overdue: 0 };
  const packs = await packsInForce(deps.handling.packs, tenant);
  const recusal = packs.flatMap((pack) => Object.values(pack.procedures).flatMap((procedure) => procedure.recusal));
  const column = (read: (state: WorklistFilter) => string | undefined): (string | null)[] =>
    states.map((state) => read(state) ?? null);
  const found = await withTenant(deps.pool, tenant, (client) =>
    counted.one(client, [
      personId,
      column((state) => state.pack),
      column((state) => state.procedure),
      column((state) => state.state),
      [...new Set(recusal)],
      deps.time.now(),
    ]),
  );
  return found ?? { mine: 0, role: 0, overdue: 0 };
}
