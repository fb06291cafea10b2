import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { searchQuery } from '#journal/search-text.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { worksOn } from './authority.ts';
import type { PackBook, Reader } from './report.ts';

/** What is looked for among archived cases; absent = no restriction (S1-32). */
export interface ArchiveQuery {
  /** A room, building or other place, with everything in it. */
  premisesId?: string | undefined;
  /** Received from (included) … */
  from?: Instant | undefined;
  /** … up to (not included). */
  to?: Instant | undefined;
  procedure?: string | undefined;
  channel?: string | undefined;
  /** A term of the taxonomy and everything under it. */
  category?: string | undefined;
  assigneeId?: string | undefined;
  /** All of these words; two Chinese characters are enough. */
  words?: string | undefined;
}

/** An archived case in the list. Nothing personal is in it. */
export interface ArchiveRow {
  id: string;
  number: string;
  pack: string;
  packVersion: string;
  procedure: string;
  matter: string;
  channel: string;
  state: string;
  category: string | null;
  summary: string;
  assigneeId: string | null;
  assigneeName: string | null;
  receivedAt: Instant;
  closedAt: Instant | null;
  archivedAt: Instant;
}

export interface ArchivePage {
  rows: ArchiveRow[];
  /** Give it back for the next page; null at the end. */
  cursor: string | null;
}

const COLUMNS = `c.id, c.number, c.pack, c.pack_version as "packVersion", c.procedure, c.matter, c.channel, c.state_name as state, c.category, c.summary,
  c.assignee_id as "assigneeId", c.assignee_name as "assigneeName", c.received_at as "receivedAt",
  c.closed_at as "closedAt", c.archived_at as "archivedAt"`;
const BELOW = `with recursive below as (
    select premises_id from huiyin.premises where tenant_id = $1 and premises_id::text = $2
    union all select p.premises_id from below b join huiyin.premises p on p.tenant_id = $1 and p.parent_id = b.premises_id
  ) select premises_id::text as id from below`;

/**
 * Archived cases that match and that the reader may see, newest first: those of procedures that are his work, and those
 * he answered for or followed up; never one that complains of him. `limit` 1–200.
 */
export async function searchArchive(
  around: { pool: Pool; packs: PackBook; tenant: string; reader: Reader },
  query: ArchiveQuery,
  { limit = 50, cursor = null }: { limit?: number; cursor?: string | null } = {},
): Promise<ArchivePage> {
  const { pool, packs, tenant, reader } = around;
  const search = query.words === undefined || query.words.trim() === '' ? undefined : searchQuery(query.words);
  if (search === null) return { rows: [], cursor: null };
  const sight = sightOf(await currentPacks(packs, tenant), reader);
  const values: unknown[] = [];
  const where = ['c.archived_at is not null'];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const and = (sql: (place: string) => string, value: unknown): void => {
    if (value !== undefined) where.push(sql(put(value)));
  };
  and((p) => `c.received_at >= huiyin.instant(${p})`, query.from);
  and((p) => `c.received_at < huiyin.instant(${p})`, query.to);
  and((p) => `c.procedure = ${p}`, query.procedure);
  and((p) => `c.channel = ${p}`, query.channel);
  and((p) => `(c.category = ${p} or starts_with(c.category, ${p} || '/'))`, query.category);
  and((p) => `c.assignee_id = ${p}`, query.assigneeId);
  and(
    (p) => `exists (select from huiyin.case_search_list s where s.case_id = c.id and s.words @@ ${p}::tsquery)`,
    search,
  );
  const me = put(reader.personId ?? '');
  where.push(`(c.procedure = any (${put(sight.open)}::text[]) or c.assignee_id = ${me} or c.case_officer_id = ${me})`);
  if (reader.personId !== null)
    where.push(
      `not exists (select from unnest(${put(sight.recusal)}::text[]) f where (c.state -> 'values' ->> f) = ${me})`,
    );
  const start = cursor === null ? undefined : readCursor(cursor);
  if (start) where.push(`(c.received_at, c.id) < (huiyin.instant(${put(start.at)}), ${put(start.id)}::uuid)`);
  return withTenant(pool, tenant, async (client) => {
    if (query.premisesId !== undefined) {
      const below = await client.query<{ id: string }>(BELOW, [tenant, query.premisesId]);
      where.push(`c.premises_id = any (${put(below.rows.map((row) => row.id))}::text[])`);
    }
    const sql = `select ${COLUMNS} from huiyin.case_list c where ${where.join(' and ')}
      order by c.received_at desc, c.id desc limit ${put(Math.max(1, Math.min(200, Math.floor(limit))) + 1)}`;
    const found = await client.query<ArchiveRow>(sql, values);
    const rows = found.rows.slice(0, limit);
    const last = rows.at(-1);
    return { rows, cursor: found.rows.length > limit && last ? `${last.receivedAt.toString(36)}.${last.id}` : null };
  });
}

async function currentPacks(packs: PackBook, tenant: string): Promise<CompiledPack[]> {
  const current = (await packs.list(tenant)).filter((one) => one.current);
  return Promise.all(current.map((one) => packs.version(tenant, one.pack, one.version)));
}

/** Procedures that are somebody's work, and the fields that name whoever must not see a case. */
function sightOf(packs: readonly CompiledPack[], { posts }: Reader): { open: string[]; recusal: string[] } {
  const procedures = packs.flatMap((pack) =>
    Object.entries(pack.procedures).map(([name, procedure]) => ({
      name,
      procedure,
      open: worksOn(pack, procedure, posts),
    })),
  );
  return {
    open: procedures.filter(({ open }) => open).map(({ name }) => name),
    recusal: [...new Set(procedures.flatMap(({ procedure }) => procedure.recusal))],
  };
}

/** Undefined for a cursor we did not write: the list then begins anew. */
function readCursor(cursor: string): { at: Instant; id: string } | undefined {
  const parts = /^(-?[0-9a-z]{1,11})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  const at = Number.parseInt(parts?.[1] ?? '', 36);
  return parts?.[2] !== undefined && Math.abs(at) < 8e15 ? { at, id: parts[2] } : undefined;
}
