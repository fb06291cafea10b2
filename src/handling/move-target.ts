import type { Pool } from 'pg';
import type { MoveTarget } from '#case/context.ts';
import type { CaseState } from '#case/state.ts';
import type { Calendar } from '#clock/calendar.ts';
import { withTenant } from '#db/pool.ts';
import { postsWith } from '#directory/post-powers.ts';
import { type Appended, type AppendItem, appendBatch } from '#journal/append.ts';
import { readJournal } from '#journal/read.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Packs } from './packs.ts';

interface Deps {
  pool: Pool;
  packs: Packs;
  calendars: ReadonlyMap<string, Calendar>;
}

/** The version in force with the case's own journal; undefined where the case follows it already. */
export async function moveTarget(deps: Deps, tenant: string, state: CaseState): Promise<MoveTarget | undefined> {
  const pack = await deps.packs.current(tenant, state.pack);
  if (!pack || pack.version === state.packVersion) return undefined;
  const calendar = deps.calendars.get(pack.calendar);
  if (!calendar) throw new Error(`Pack ${pack.pack} names the unknown calendar ${pack.calendar}`);
  const movers = (await postsWith(deps.pool, tenant, 'procedures')).map(({ post }) => post);
  const journal = await withTenant(deps.pool, tenant, (client) =>
    readJournal(client, tenant, state.id, { upto: state.seq }),
  );
  return { pack, calendar, journal, movers };
}

/** A case moves to the version in force and to no other. */
export const notInForce = (asked: string, inForce: string | undefined): Refusal =>
  inForce === undefined
    ? refusal('move.same', { zh: '本件已按现行版本办理', en: 'The case follows the version in force already' })
    : refusal(
        'move.notInForce',
        {
          zh: `${asked} 不是现行版本，现行的是 ${inForce}`,
          en: `${asked} is not the version in force; that is ${inForce}`,
        },
        { field: 'version' },
      );

/** Writes a move: the entry, and in the same transaction the version by which the case is listed. */
export async function recordVersion(pool: Pool, tenant: string, item: AppendItem, state: CaseState): Promise<Appended> {
  return withTenant(pool, tenant, async (client) => {
    const said = await appendBatch(client, tenant, [item]);
    if (said.repeated.length > 0 || said.conflicts.length > 0) return said;
    await client.query('update huiyin.case_file set pack_version = $3 where tenant_id = $1 and id = $2', [
      tenant,
      state.id,
      state.packVersion,
    ]);
    return said;
  });
}
