import type { ClientBase } from 'pg';
import type { CaseEvent } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import { statement } from '#db/statement.ts';
import type { StoredCase, StoredEntry } from '#journal/verify-case.ts';
import type { Instant } from '#kernel/instant.ts';

/** An archived case with everything its completeness is judged by. */
export interface ArchivedCase {
  id: string;
  number: string;
  archivedAt: Instant;
  state: CaseState;
  stored: StoredCase;
  /** Lines of the journal exactly as stored. */
  entries: StoredEntry[];
  events: CaseEvent[];
}

interface Row {
  id: string;
  seq: number;
  head_hash: Buffer;
  state: string;
  archived_at: Instant;
  row: string;
}

// The columns of lists come as one object of the shape that proves them.
const cases = statement<Row>(
  'reports.archived',
  `select id, seq, head_hash, state, archived_at, json_build_object('number', number, 'pack', pack,
     'packVersion', pack_version, 'procedure', procedure, 'matter', matter, 'channel', channel, 'stateName', state_name,
     'open', open, 'nextDueAt', case when next_due_at = 'infinity' then null else huiyin.epoch_ms(next_due_at) end,
     'nextDueClock', next_due_clock, 'breachLevel', breach_level, 'assigneeId', assignee_id, 'assigneeName', assignee_name,
     'caseOfficerId', case_officer_id, 'responsibleId', responsible_id, 'responsibleUnit', responsible_unit,
     'premisesId', premises_id, 'category', category, 'summary', summary, 'waitsFor', waits_for,
     'receivedAt', huiyin.epoch_ms(received_at), 'registeredAt', huiyin.epoch_ms(registered_at),
     'closedAt', huiyin.epoch_ms(closed_at), 'archivedAt', huiyin.epoch_ms(archived_at)) as row
   from huiyin.case_list
   where archived_at is not null and pack = $1 and archived_at <= huiyin.instant($2)
     and ($3::float8 is null or archived_at >= huiyin.instant($3))
     and ($4::float8 is null or (archived_at, id) > (huiyin.instant($4), $5::uuid))
   order by archived_at, id limit $6`,
  true,
);
const lines = statement<StoredEntry>(
  'reports.archivedLines',
  `select tenant_id, case_id, seq, type, at, actor, data, personal, salt, personal_salt, data_digest, personal_digest,
     prev_hash, hash from huiyin.journal where tenant_id = $1 and case_id = any ($2::uuid[]) order by case_id, seq`,
  true,
);

/** One page of archived cases in the order they were sealed, with their journals. */
export async function readArchived(
  client: ClientBase,
  tenant: string,
  wanted: {
    pack: string;
    since: Instant | null;
    until: Instant;
    after: { at: Instant; id: string } | null;
    limit: number;
  },
): Promise<ArchivedCase[]> {
  const { pack, since, until, after, limit } = wanted;
  const rows = await cases.run(client, [pack, until, since, after?.at ?? null, after?.id ?? null, limit]);
  const entries = Map.groupBy(await lines.run(client, [tenant, rows.map((row) => row.id)]), (line) => line.case_id);
  return rows.map((row) => {
    const own = entries.get(row.id) ?? [];
    const columns: StoredCase['row'] = JSON.parse(row.row);
    const stored = {
      tenant_id: tenant,
      id: row.id,
      seq: row.seq,
      head_hash: row.head_hash,
      state: row.state,
      row: columns,
    };
    const state: CaseState = JSON.parse(row.state);
    return {
      id: row.id,
      number: columns.number,
      archivedAt: row.archived_at,
      state,
      stored,
      entries: own,
      events: own.map(toEvent),
    };
  });
}

// The database holds only what was appended through the engine; whether it still does is checked line by line.
const toEvent = (line: StoredEntry): CaseEvent =>
  ({
    type: line.type,
    at: line.at,
    actor: JSON.parse(line.actor),
    data: JSON.parse(line.data),
    ...(line.personal === null ? {} : { personal: JSON.parse(line.personal) }),
  }) as CaseEvent;
