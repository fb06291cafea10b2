import type { PoolClient, PoolConfig } from 'pg';
import { openPool, rawJsonTypes, transaction } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type CompiledPack, compilePack } from '#policy/compile.ts';
import { type AnchorLog, readAnchorLog } from './anchor.ts';
import { hasAnchorKey, openAnchorKey } from './anchor-key.ts';
import type { CaseRow } from './case-row.ts';
import { bookFinding, type Finding } from './finding.ts';
import { verifyAnchors } from './verify-anchors.ts';
import { type StoredCase, type StoredEntry, verifyCase } from './verify-case.ts';

export interface Verified {
  cases: number;
  entries: number;
  anchors: number;
  /** Entries that signed anchors vouch for; later ones are vouched for by their chain alone. */
  covered: number;
  findings: Finding[];
}

const ENTRIES = `declare lines no scroll cursor for select tenant_id, case_id, seq, type, at, actor, data, personal, salt,
  personal_salt, data_digest, personal_digest, prev_hash, hash from huiyin.journal order by tenant_id collate "C", case_id, seq`;
// A case has one timer, case:<id>: without it no clock of the case would ever speak.
const CASES = `declare files no scroll cursor for select f.tenant_id, f.id, f.seq, head_hash, state, number, pack, pack_version,
  procedure, matter, channel, state_name, open, next_due_at, next_due_clock, breach_level, assignee_id, assignee_name,
  case_officer_id, responsible_id, responsible_unit, premises_id, category, summary, waits_for, received_at,
  registered_at, closed_at, archived_at, t.due_at as timer_at from huiyin.case_file f
  left join huiyin.timer t on t.tenant_id = f.tenant_id and t.key = 'case:' || f.id order by f.tenant_id collate "C", f.id`;
const PAGE = 2_000;
// Findings beyond this are counted, not listed.
const MOST = 1_000;

/** Reads everything as the owner of the schema sees it at one moment, while the program may go on writing. */
export async function verifyJournal(owner: PoolConfig, dataDir: string): Promise<Verified> {
  // Before the snapshot is taken, so that an anchor cast meanwhile is not missed in the table.
  const log = readAnchorLog(dataDir);
  const pool = openPool(owner, 1);
  try {
    return await transaction(
      pool,
      (client) => verifyAll(client, dataDir, log),
      ' isolation level repeatable read read only',
    );
  } finally {
    await pool.end();
  }
}

async function verifyAll(client: PoolClient, dataDir: string, log: AnchorLog): Promise<Verified> {
  const packs = await readPacks(client);
  const found: Verified = { cases: 0, entries: 0, anchors: 0, covered: 0, findings: [...packs.findings] };
  const numbers = new Map<string, string>();
  await client.query(ENTRIES);
  await client.query(CASES);
  const lines = groups(client);
  const files = rows<FileRow>(client, 'files');
  let group = await lines.next();
  let file = await files.next();
  while (!group.done || !file.done) {
    // Both come in the order of tenant and id; the lower one leads.
    const order = group.done ? 1 : file.done ? -1 : compare(group.value[0], file.value);
    const entries = order <= 0 && !group.done ? group.value : [];
    const row = order >= 0 && !file.done ? toCase(file.value) : undefined;
    if (row) numbers.set(row.id, row.row.number);
    const tenant = entries[0]?.tenant_id ?? row?.tenant_id ?? '';
    const faults = verifyCase(entries, row, (name, version) => packs.compiled.get(`${tenant} ${name} ${version}`));
    if (found.findings.length < MOST) found.findings.push(...faults);
    found.cases += 1;
    found.entries += entries.length;
    if (order <= 0) group = await lines.next();
    if (order >= 0) file = await files.next();
  }
  if (!hasAnchorKey(dataDir)) return found;
  const anchored = await verifyAnchors(client, log, openAnchorKey(dataDir), (id) => numbers.get(id) ?? null);
  return { ...found, ...anchored, findings: [...found.findings, ...anchored.findings] };
}

/** By tenant, then by id, as the database sorts them (built-in C collation, lower-case hexadecimal). */
function compare(entry: StoredEntry | undefined, file: FileRow): number {
  const left = `${entry?.tenant_id} ${entry?.case_id}`;
  const right = `${file.tenant_id} ${file.id}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

async function* rows<Row extends object>(client: PoolClient, cursor: string): AsyncGenerator<Row, undefined> {
  for (;;) {
    const page = await client.query<Row>({ text: `fetch ${PAGE} from ${cursor}`, types: rawJsonTypes });
    yield* page.rows;
    if (page.rows.length < PAGE) return undefined;
  }
}

/** The lines of one case at a time. */
async function* groups(client: PoolClient): AsyncGenerator<StoredEntry[], undefined> {
  let own: StoredEntry[] = [];
  for await (const entry of rows<StoredEntry>(client, 'lines')) {
    if (own[0] && (own[0].case_id !== entry.case_id || own[0].tenant_id !== entry.tenant_id)) {
      yield own;
      own = [];
    }
    own.push(entry);
  }
  if (own.length > 0) yield own;
  return undefined;
}

interface FileRow {
  tenant_id: string;
  id: string;
  seq: number;
  head_hash: Buffer;
  state: string;
  number: string;
  pack: string;
  pack_version: string;
  procedure: string;
  matter: string;
  channel: string;
  state_name: string;
  open: boolean;
  next_due_at: Instant;
  next_due_clock: string | null;
  breach_level: number;
  assignee_id: string | null;
  assignee_name: string | null;
  case_officer_id: string | null;
  responsible_id: string | null;
  responsible_unit: string | null;
  premises_id: string | null;
  category: string | null;
  summary: string;
  waits_for: string[];
  received_at: Instant;
  registered_at: Instant;
  closed_at: Instant | null;
  archived_at: Instant | null;
  timer_at: Instant | null;
}

function toCase(f: FileRow): StoredCase {
  const row: CaseRow = {
    number: f.number,
    pack: f.pack,
    packVersion: f.pack_version,
    procedure: f.procedure,
    matter: f.matter,
    channel: f.channel,
    stateName: f.state_name,
    open: f.open,
    nextDueAt: f.next_due_at === Infinity ? null : f.next_due_at,
    nextDueClock: f.next_due_clock,
    breachLevel: f.breach_level,
    assigneeId: f.assignee_id,
    assigneeName: f.assignee_name,
    caseOfficerId: f.case_officer_id,
    responsibleId: f.responsible_id,
    responsibleUnit: f.responsible_unit,
    premisesId: f.premises_id,
    category: f.category,
    summary: f.summary,
    waitsFor: f.waits_for,
    receivedAt: f.received_at,
    registeredAt: f.registered_at,
    closedAt: f.closed_at,
    archivedAt: f.archived_at,
  };
  return {
    tenant_id: f.tenant_id,
    id: f.id,
    seq: f.seq,
    head_hash: f.head_hash,
    state: f.state,
    timerAt: f.timer_at,
    row,
  };
}

async function readPacks(client: PoolClient): Promise<{ compiled: Map<string, CompiledPack>; findings: Finding[] }> {
  const compiled = new Map<string, CompiledPack>();
  const findings: Finding[] = [];
  const stored = await client.query<{
    tenant_id: string;
    pack: string;
    version: string;
    sources: { path: string; text: string }[];
  }>('select tenant_id, pack, version, sources from huiyin.pack_version');
  for (const { tenant_id, pack, version, sources } of stored.rows) {
    const read = compilePack(sources);
    if (read.ok) compiled.set(`${tenant_id} ${pack} ${version}`, read.value);
    else
      findings.push(
        bookFinding('pack.broken', `制度 ${pack} ${version} 无法编译`, `Pack ${pack} ${version} does not compile`),
      );
  }
  return { compiled, findings };
}
