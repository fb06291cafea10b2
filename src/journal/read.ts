import type { ClientBase, Pool } from 'pg';
import type { ActorRef, CaseEvent, EventType } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import { statement } from '#db/statement.ts';
import type { Instant } from '#kernel/instant.ts';

/** One entry of a case's journal as it is read back. */
export type JournalEntry = CaseEvent & { caseId: string; seq: number; position: number; personalErased: boolean };

export interface JournalRow {
  case_id: string;
  seq: number;
  position: number;
  type: EventType;
  at: Instant;
  actor: ActorRef;
  data: object;
  personal: object | null;
  erased: boolean;
}

const COLUMNS = `case_id, seq, position, type, at, actor, data, personal, personal is null and personal_digest is not null as erased`;

/** Rows of the journal as events. The database holds only what `appendBatch` wrote, so the shape is trusted. */
export const toEntry = (row: JournalRow): JournalEntry =>
  ({
    caseId: row.case_id,
    seq: row.seq,
    position: row.position,
    type: row.type,
    at: row.at,
    actor: row.actor,
    data: row.data,
    ...(row.personal === null ? {} : { personal: row.personal }),
    personalErased: row.erased,
  }) as JournalEntry;

const ofCase = statement<JournalRow>(
  'journal.ofCase',
  `select ${COLUMNS} from huiyin.journal
   where tenant_id = $1 and case_id = $2 and seq > $3 and seq <= $4 order by seq`,
);
const since = statement<JournalRow>(
  'journal.since',
  `select ${COLUMNS} from huiyin.journal where tenant_id = $1 and position > $2 order by position limit $3`,
);
const place = statement<{ position: number }>(
  'journal.place',
  'select position from huiyin.journal where tenant_id = $1 and case_id = $2 and seq = $3',
);

const written = statement<JournalRow>(
  'journal.written',
  `select ${COLUMNS} from huiyin.journal
   where tenant_id = $1 and position between $2 and $3 and written_in = $4 order by position`,
);

/** Entries of one case with `after` < seq ≤ `upto`. Call it inside `withTenant`. */
export async function readJournal(
  on: Pool | ClientBase,
  tenant: string,
  caseId: string,
  { after = 0, upto = 2_147_483_647 }: { after?: number; upto?: number } = {},
): Promise<JournalEntry[]> {
  return (await ofCase.run(on, [tenant, caseId, after, upto])).map(toEntry);
}

/** Where an entry stands among all; undefined when there is none. Call it inside `withTenant`. */
export async function placeOf(
  on: Pool | ClientBase,
  tenant: string,
  caseId: string,
  seq: number,
): Promise<number | undefined> {
  return (await place.one(on, [tenant, caseId, seq]))?.position;
}

/** Entries of all cases of a tenant after a position, oldest first. Call it inside `withTenant`. */
export async function readSince(
  on: Pool | ClientBase,
  tenant: string,
  position: number,
  limit: number,
): Promise<JournalEntry[]> {
  return (await since.run(on, [tenant, position, limit])).map(toEntry);
}

/** What one transaction wrote. Call it inside `withTenant`. */
export async function readWritten(
  on: Pool | ClientBase,
  tenant: string,
  first: number,
  last: number,
  xid: number,
): Promise<JournalEntry[]> {
  return (await written.run(on, [tenant, first, last, xid])).map(toEntry);
}

/** A case as it stands, with who changed it last. */
export interface CaseFile {
  state: CaseState;
  seq: number;
  headHash: Buffer;
  changedAt: Instant;
  changedBy: string;
}

interface LookRow {
  id: string | null;
  seq: number;
  state: CaseState;
  head_hash: Buffer;
  changed_at: Instant;
  changed_by: string;
  key: string;
  digest: string;
  answer: unknown;
}
const looking = statement<LookRow>('journal.look', 'select * from huiyin.look($1, $2, $3)');

/** Cases by id and the first answers to keys used before, in one round trip; no transaction needed. */
export async function look(
  on: Pool | ClientBase,
  tenant: string,
  caseIds: readonly string[],
  keys: readonly string[],
): Promise<{ cases: Map<string, CaseFile>; answers: Map<string, { digest: string; answer: unknown }> }> {
  const cases = new Map<string, CaseFile>();
  const answers = new Map<string, { digest: string; answer: unknown }>();
  for (const row of await looking.run(on, [tenant, caseIds, keys])) {
    if (row.id === null) answers.set(row.key, { digest: row.digest, answer: row.answer });
    else
      cases.set(row.id, {
        state: row.state,
        seq: row.seq,
        headHash: row.head_hash,
        changedAt: row.changed_at,
        changedBy: row.changed_by,
      });
  }
  return { cases, answers };
}
