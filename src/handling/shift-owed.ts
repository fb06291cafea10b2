import type { PoolClient } from 'pg';
import { countHeld } from '#directory/deactivate.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import { type ListPromise, type OwedList, owedBy } from '#directory/staffing/shift-owed.ts';
import type { Instant } from '#kernel/instant.ts';

/** A list that is owed: open matters are his, a colleague takes over, and he has confirmed none. */
export interface MissingList extends OwedList {
  held: number;
  /** The highest level that was told, -1: nobody yet. */
  level: number;
  /** Whom of those above him. */
  told: string[];
}

/** Who of these people owes a list for the shift he is ending. Call it inside `withTenant`. */
export async function missingLists(
  client: PoolClient,
  snapshot: Snapshot,
  people: readonly string[],
  promise: ListPromise,
  now: Instant,
): Promise<MissingList[]> {
  const { tenant } = snapshot;
  const owed = people.flatMap((id) => owedBy(snapshot, id, promise, now) ?? []);
  if (owed.length === 0) return [];
  const found = await client.query<{ id: string; confirmed: boolean; level: number | null; told: string[] | null }>(
    `select o.id,
       exists (select from huiyin.shift_list l where l.tenant_id = $1 and l.from_person = o.id
         and l.confirmed_at >= huiyin.instant(o.began)) as confirmed,
       (select max(t.level) from huiyin.shift_list_owed t where t.tenant_id = $1 and t.person_id = o.id
         and t.shift_ends_at = huiyin.instant(o.ended)) as level,
       (select array_agg(one::text) from huiyin.shift_list_owed t cross join unnest(t.told) one
         where t.tenant_id = $1 and t.person_id = o.id and t.shift_ends_at = huiyin.instant(o.ended) and t.level > 0) as told
       from unnest($2::uuid[], $3::float8[], $4::float8[]) as o(id, began, ended)`,
    [tenant, owed.map((o) => o.personId), owed.map((o) => o.began), owed.map((o) => o.endedAt)],
  );
  const unconfirmed = owed.flatMap((one, i) => {
    const { confirmed, level, told } = found.rows[i] ?? { confirmed: true, level: null, told: null };
    return confirmed ? [] : [{ ...one, level: level ?? -1, told: (told ?? []).filter((id) => id !== one.personId) }];
  });
  const held = await countHeld(
    client,
    tenant,
    unconfirmed.map(({ personId }) => personId),
  );
  return unconfirmed.flatMap((one) => {
    const count = held.get(one.personId);
    return count === undefined ? [] : [{ ...one, held: count }];
  });
}
