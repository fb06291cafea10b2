import type { ClientBase } from 'pg';
import type { EventType } from '#case/event.ts';
import { evolve, replay } from '#case/evolve.ts';
import type { CaseState } from '#case/state.ts';
import { statement } from '#db/statement.ts';
import { caseRow } from '#journal/case-row.ts';
import { type JournalEntry, type JournalRow, readJournal, toEntry } from '#journal/read.ts';
import type { CompiledPack } from '#policy/compile.ts';

/** How far the journal was read: entries never appear before a place that was given out. Not for other eyes. */
export interface Place {
  xid: number;
  position: number;
}
export const START: Place = { xid: 0, position: 0 };

/** A place as others hold it: by its entry, so that no running number tells what other companies do. */
export const sayCursor = ({ caseId, seq }: { caseId: string; seq: number }): string => `${caseId}.${seq}`;

const FIND = statement<Place>(
  'feed.find',
  `select written_in as xid, position from huiyin.journal where tenant_id = $1 and case_id = $2 and seq = $3`,
);

/** The place of a cursor; the beginning for an empty one, undefined when it was never given out. Call it inside `withTenant`. */
export async function placeOf(client: ClientBase, tenant: string, cursor: string): Promise<Place | undefined> {
  if (cursor === '') return START;
  const [, caseId, seq] = /^([0-9a-f]{8}-[0-9a-f-]{27})\.(\d{1,9})$/.exec(cursor) ?? [];
  return caseId === undefined ? undefined : FIND.one(client, [tenant, caseId, Number(seq)]);
}

/** One entry of the journal with the case as it stood right after it. */
export interface Happening {
  place: Place;
  entry: JournalEntry;
  state: CaseState;
  pack: CompiledPack;
  /** The estate the case belongs to: its id and its code; null when its place is not known. */
  estate: { id: string; code: string; name: string } | null;
}

/** What the feed asks for besides the database. */
export interface FeedDeps {
  version(tenant: string, pack: string, version: string): Promise<CompiledPack>;
}

// Transactions that are still under way may yet write entries before those of later ones that have ended.
const READ = statement<JournalRow & { xid: number }>(
  'feed.after',
  `select case_id, seq, position, type, at, actor, data, personal, false as erased, written_in as xid from huiyin.journal
   where tenant_id = $1 and (written_in, position) > ($2, $3)
     and written_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
     and ($5::text[] is null or type = any ($5))
   order by written_in, position limit $4`,
);
const LATEST = statement<Place & { caseId: string; seq: number }>(
  'feed.latest',
  `select written_in as xid, position, case_id as "caseId", seq from huiyin.journal
   where tenant_id = $1 and written_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
   order by written_in desc, position desc limit 1`,
);
const ESTATES = statement<{ start: string; id: string; code: string; name: string }>(
  'feed.estates',
  `with recursive above as (
     select premises_id::text as start, premises_id, parent_id, code, full_name from huiyin.premises
      where tenant_id = $1 and premises_id::text = any ($2)
     union all
     select a.start, m.premises_id, m.parent_id, m.code, m.full_name from huiyin.premises m
       join above a on m.premises_id = a.parent_id where m.tenant_id = $1)
   select start, premises_id as id, code, full_name as name from above where parent_id is null`,
);

/** Where the journal ends now, with the cursor of its last entry. Call it inside `withTenant`. */
export async function latest(client: ClientBase, tenant: string): Promise<{ place: Place; cursor: string }> {
  const last = await LATEST.one(client, [tenant]);
  return last ? { place: last, cursor: sayCursor(last) } : { place: START, cursor: '' };
}

/**
 * What happened after a place, at most `limit` entries, in an order in which nothing ever appears late. `types` leaves
 * out others. Call it inside `withTenant`.
 */
export async function happeningsAfter(
  client: ClientBase,
  deps: FeedDeps,
  tenant: string,
  after: Place,
  limit: number,
  types: readonly EventType[] | null = null,
): Promise<Happening[]> {
  const rows = await READ.run(client, [tenant, after.xid, after.position, limit, types]);
  const states = await statesAt(client, tenant, rows);
  const packs = new Map<CaseState, CompiledPack>();
  for (const state of states.values()) packs.set(state, await deps.version(tenant, state.pack, state.packVersion));
  const places = new Map<CaseState, string>();
  for (const [state, pack] of packs) {
    const { premisesId } = caseRow(state, pack);
    if (premisesId !== null) places.set(state, premisesId);
  }
  const found = await ESTATES.run(client, [tenant, [...new Set(places.values())]]);
  const estates = new Map(found.map(({ start, ...estate }) => [start, estate]));
  return rows.flatMap((row): Happening[] => {
    const entry = toEntry(row);
    const state = states.get(`${entry.caseId}.${entry.seq}`);
    const pack = state && packs.get(state);
    if (!state || !pack) return [];
    const estate = estates.get(places.get(state) ?? '') ?? null;
    return [{ place: { xid: row.xid, position: row.position }, entry, state, pack, estate }];
  });
}

/** Each case as it stood after each of the entries: told later, an event must still show what was true then. */
async function statesAt(
  client: ClientBase,
  tenant: string,
  rows: readonly { case_id: string; seq: number }[],
): Promise<Map<string, CaseState>> {
  const states = new Map<string, CaseState>();
  for (const [caseId, own] of Map.groupBy(rows, (row) => row.case_id)) {
    const wanted = new Set(own.map(({ seq }) => seq));
    const entries = await readJournal(client, tenant, caseId, { upto: Math.max(...wanted) });
    const [first, ...rest] = entries;
    if (!first) continue;
    let state = replay(caseId, [first]);
    if (wanted.has(first.seq)) states.set(`${caseId}.${first.seq}`, state);
    for (const entry of rest) {
      state = evolve(state, entry, caseId);
      if (wanted.has(entry.seq)) states.set(`${caseId}.${entry.seq}`, state);
    }
  }
  return states;
}
