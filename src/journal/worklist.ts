import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CaseRow } from './case-row.ts';
import { searchQuery } from './search-text.ts';

/** Which cases to list. Absent = no restriction. */
export interface WorklistFilter {
  /** Cases this person answers for. */
  assigneeId?: string | undefined;
  caseOfficerId?: string | undefined;
  /** Cases that wait for one of these roles of the pack. */
  waitsFor?: readonly string[] | undefined;
  responsibleUnit?: string | undefined;
  /** Premises, e.g. a room and everything below a building, by id. */
  premises?: readonly string[] | undefined;
  pack?: string | undefined;
  procedure?: string | undefined;
  procedures?: readonly string[] | undefined;
  state?: string | undefined;
  category?: string | undefined;
  /** Only what is due before this moment. */
  dueBefore?: Instant | undefined;
  /** Words of the number, the matter or the person. */
  words?: string | undefined;
  /** Ended cases instead of open ones, or all. */
  scope?: 'open' | 'ended' | 'all' | undefined;
}

/** A row of the list. Nothing personal is in it: names and rooms are looked up, and logged, case by case. */
export interface WorklistRow extends Omit<CaseRow, 'stateName'> {
  id: string;
  state: string;
  seq: number;
  changedAt: Instant;
}

export interface WorklistPage {
  rows: WorklistRow[];
  /** Give it back for the next page; null at the end. */
  cursor: string | null;
}

const COLUMNS = `id, number, pack, pack_version as "packVersion", procedure, matter, channel, state_name as state, open, seq,
  next_due_at as "nextDueAt", next_due_clock as "nextDueClock", breach_level as "breachLevel",
  assignee_id as "assigneeId", assignee_name as "assigneeName", case_officer_id as "caseOfficerId",
  responsible_id as "responsibleId", responsible_unit as "responsibleUnit", premises_id as "premisesId", category,
  summary, waits_for as "waitsFor", received_at as "receivedAt", registered_at as "registeredAt",
  closed_at as "closedAt", archived_at as "archivedAt", changed_at as "changedAt"`;

// Of a word that half the archive contains, the newest cases: ids sort by time. Materialised, because the planner would
// otherwise walk the list in search of words that hardly occur.
const HITS = `(select case_id from huiyin.case_search_list where words @@ $W::tsquery order by case_id desc limit 5000)`;

/** Conditions as SQL, with their values. */
function conditions(filter: WorklistFilter): { where: string[]; values: unknown[]; search: string | null } {
  const where: string[] = [];
  const values: unknown[] = [];
  const and = (sql: (place: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    where.push(sql(`$${values.length}`));
  };
  const scope = filter.scope ?? 'open';
  if (scope !== 'all') where.push(scope === 'open' ? 'open' : 'not open');
  and((p) => `assignee_id = ${p}`, filter.assigneeId);
  and((p) => `case_officer_id = ${p}`, filter.caseOfficerId);
  and((p) => `waits_for && ${p}::text[]`, filter.waitsFor);
  and((p) => `responsible_unit = ${p}`, filter.responsibleUnit);
  and((p) => `premises_id = any (${p}::text[])`, filter.premises);
  and((p) => `pack = ${p}`, filter.pack);
  and((p) => `procedure = ${p}`, filter.procedure);
  and((p) => `procedure = any (${p}::text[])`, filter.procedures);
  and((p) => `state_name = ${p}`, filter.state);
  and((p) => `(category = ${p} or starts_with(category, ${p} || '/'))`, filter.category);
  and((p) => `next_due_at < huiyin.instant(${p})`, filter.dueBefore);
  const search = filter.words === undefined ? null : searchQuery(filter.words);
  if (search !== null) and((p) => `id in ${HITS.replace('$W', p)}`, search);
  return { where, values, search };
}

/** One page of the list, next deadline first; cases without a running clock come last. `limit` 1–200. */
export async function worklist(
  pool: Pool,
  tenant: string,
  filter: WorklistFilter,
  { limit = 50, cursor = null }: { limit?: number; cursor?: string | null } = {},
): Promise<WorklistPage> {
  const { where, values, search } = conditions(filter);
  if (filter.words !== undefined && filter.words.trim() !== '' && search === null) return { rows: [], cursor: null };
  const after: string[] = [];
  const start = cursor === null ? undefined : readCursor(cursor);
  if (start) {
    values.push(start.due ?? 'infinity', start.id);
    after.push(`(next_due_at, id) > ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  values.push(limit + 1);
  const text = `select ${COLUMNS} from huiyin.case_list${clause([...where, ...after])}
    order by next_due_at, id limit $${values.length}`;
  const found = await withTenant(pool, tenant, async (client) => (await client.query<WorklistRow>(text, values)).rows);
  const rows = found.slice(0, limit).map(plainDue);
  const last = rows.at(-1);
  return { rows, cursor: found.length > limit && last ? cursorOf(last) : null };
}

/** How many match; stops counting at `most`. */
export async function worklistCount(pool: Pool, tenant: string, filter: WorklistFilter, most = 1_000): Promise<number> {
  const { where, values } = conditions(filter);
  const text = `select count(*)::int as n from (select 1 from huiyin.case_list${clause(where)} limit ${Math.floor(most)}) c`;
  const found = await withTenant(pool, tenant, (client) => client.query<{ n: number }>(text, values));
  return found.rows[0]?.n ?? 0;
}

const clause = (parts: readonly string[]): string => (parts.length === 0 ? '' : ` where ${parts.join(' and ')}`);
const plainDue = (row: WorklistRow): WorklistRow => (row.nextDueAt === Infinity ? { ...row, nextDueAt: null } : row);

/** The place in the list just after a row. */
export const cursorOf = (row: WorklistRow): string =>
  `${row.nextDueAt === null ? 'z' : row.nextDueAt.toString(36)}.${row.id.replaceAll('-', '')}`;

/** Undefined for a cursor we did not write: the list then begins anew. */
function readCursor(cursor: string): { due: string | null; id: string } | undefined {
  const parts = /^([0-9a-z]{1,11})\.([0-9a-f]{32})$/.exec(cursor);
  const [, due = '', hex = ''] = parts ?? [];
  if (!parts) return undefined;
  const at = due === 'z' ? null : Number.parseInt(due, 36);
  if (at !== null && !(at >= 0 && at < 8e15)) return undefined;
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return { due: at === null ? null : new Date(at).toISOString(), id };
}
