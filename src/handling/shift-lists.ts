import type { ClientBase, Pool } from 'pg';
import type { CaseEvents, Duty, EventType } from '#case/event.ts';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { withTenant } from '#db/pool.ts';
import { doLater } from '#journal/later.ts';
import type { Instant } from '#kernel/instant.ts';
import type { SeenCase } from './shift-lines.ts';
import { askFrom, SHIFT_LATE } from './shift-rules.ts';
import { type HouseLetter, tellHouse } from './tell-house.ts';

/** What became of a line: nothing yet, taken over, objected to, passed on otherwise, ended meanwhile, never offered; or it stays where it was. */
export type LineFate = 'waiting' | 'accepted' | 'objected' | 'elsewhere' | 'ended' | 'notOffered' | 'kept';

export interface ShiftListLine {
  caseId: string;
  mode: 'hand' | 'keep';
  remark: string;
  seen: SeenCase;
  fate: LineFate;
  /** When that came about; for what stays: when the next one saw it. */
  at: Instant | null;
  reason: string;
  /** The time to accept passed, and the lead of the crew was told. */
  late: boolean;
}

/** A list that somebody confirmed, with what has become of it. */
export interface ShiftList {
  id: string;
  from: string;
  to: string;
  shiftEndsAt: Instant | null;
  nextBeginsAt: Instant;
  acceptUntil: Instant;
  note: string;
  confirmedAt: Instant;
  lines: ShiftListLine[];
}

export type NewShiftList = Omit<ShiftList, 'lines'> & {
  lines: readonly Pick<ShiftListLine, 'caseId' | 'mode' | 'remark' | 'seen'>[];
};

/**
 * Keeps a list as it was confirmed, and tells whoever comes on duty. Answers with its id; pressed twice, or again after
 * the power failed half-way, with that of the same list, which still waits.
 */
export async function keepShiftList(
  pool: Pool,
  tenant: string,
  list: NewShiftList,
  letter: HouseLetter,
): Promise<string> {
  return withTenant(pool, tenant, async (client) => {
    // One list of a person after the other: two screens may confirm at once.
    await oneAtATime(client, 'shiftList', tenant, list.from);
    const found = await client.query<Row>(
      `${READ} and l.from_person = $2 order by l.confirmed_at desc, l.list_id desc limit 1`,
      [tenant, list.from],
    );
    const [last] = await withFates(client, tenant, found.rows);
    if (last && isSame(last, list)) return last.id;
    await client.query(
      `insert into huiyin.shift_list (tenant_id, list_id, from_person, to_person, shift_ends_at, next_begins_at, accept_until,
         note, confirmed_at)
       values ($1, $2, $3, $4, huiyin.instant($5), huiyin.instant($6), huiyin.instant($7), $8, huiyin.instant($9))`,
      [
        tenant,
        list.id,
        list.from,
        list.to,
        list.shiftEndsAt,
        list.nextBeginsAt,
        list.acceptUntil,
        list.note,
        list.confirmedAt,
      ],
    );
    await client.query(
      `insert into huiyin.shift_list_line (tenant_id, list_id, nth, case_id, mode, remark, seen)
       select $1, $2, l.nth, l.case_id, l.mode, l.remark, l.seen
         from json_to_recordset($3) as l(nth int, case_id uuid, mode text, remark text, seen json)`,
      [
        tenant,
        list.id,
        JSON.stringify(
          list.lines.map(({ caseId, mode, remark, seen }, i) => ({ nth: i + 1, case_id: caseId, mode, remark, seen })),
        ),
      ],
    );
    const about = { about: 'shiftList', id: list.id, notice: 'shiftList' } as const;
    await tellHouse(client, tenant, [letter], about, list.confirmedAt);
    await doLater(client, tenant, SHIFT_LATE, list.id, list.acceptUntil);
    await askFrom(client, tenant, list.confirmedAt);
    return list.id;
  });
}

/** Whether nothing has happened to a list since, and the other one hands the very same to the same person. */
function isSame(last: ShiftList, next: NewShiftList): boolean {
  const told = ({ to, note, lines }: Pick<NewShiftList, 'to' | 'note' | 'lines'>): string =>
    JSON.stringify([to, note, lines.map(({ caseId, mode, remark }) => [caseId, mode, remark])]);
  const untouched = last.lines.every(
    ({ mode, fate, at }) => fate === 'waiting' || fate === 'notOffered' || (mode === 'keep' && at === null),
  );
  return untouched && last.shiftEndsAt === next.shiftEndsAt && told(last) === told(next);
}

interface Row extends Omit<ShiftList, 'lines'> {
  lines: (Pick<ShiftListLine, 'caseId' | 'mode' | 'remark' | 'seen'> & { readAt: Instant | null })[];
}

const epoch = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const READ = `select l.list_id as id, l.from_person as "from", l.to_person as "to", ${epoch('l.shift_ends_at')} as "shiftEndsAt",
    ${epoch('l.next_begins_at')} as "nextBeginsAt", ${epoch('l.accept_until')} as "acceptUntil", l.note,
    ${epoch('l.confirmed_at')} as "confirmedAt",
    (select json_agg(json_build_object('caseId', n.case_id, 'mode', n.mode, 'remark', n.remark, 'seen', n.seen,
       'readAt', ${epoch('n.read_at')}) order by n.nth)
       from huiyin.shift_list_line n where n.tenant_id = $1 and n.list_id = l.list_id) as lines
  from huiyin.shift_list l where l.tenant_id = $1`;

/** Lists since a moment that somebody gave or was given, or any of those whom he leads gave; newest first. */
export async function shiftListsOf(
  pool: Pool,
  tenant: string,
  people: readonly string[],
  since: Instant,
): Promise<ShiftList[]> {
  return withTenant(pool, tenant, async (client) => {
    const found = await client.query<Row>(
      `${READ} and (l.from_person = any ($2::uuid[]) or l.to_person = any ($2::uuid[])) and l.confirmed_at >= huiyin.instant($3)
       order by l.confirmed_at desc, l.list_id limit 50`,
      [tenant, people, since],
    );
    return withFates(client, tenant, found.rows);
  });
}

/** One list; undefined when there is none. */
export const shiftList = (pool: Pool, tenant: string, id: string): Promise<ShiftList | undefined> =>
  withTenant(pool, tenant, (client) => readShiftList(client, tenant, id));

/** The same, inside `withTenant`. */
export async function readShiftList(client: ClientBase, tenant: string, id: string): Promise<ShiftList | undefined> {
  const found = await client.query<Row>(`${READ} and l.list_id = $2`, [tenant, id]);
  return (await withFates(client, tenant, found.rows))[0];
}

/** The next one has seen what stays where it was. */
export async function markSeen(
  pool: Pool,
  tenant: string,
  id: string,
  cases: readonly string[],
  now: Instant,
): Promise<void> {
  await withTenant(pool, tenant, (client) =>
    client.query(
      `update huiyin.shift_list_line set read_at = coalesce(read_at, huiyin.instant($4))
        where tenant_id = $1 and list_id = $2 and case_id = any ($3::uuid[]) and mode = 'keep'`,
      [tenant, id, cases, now],
    ),
  );
}

interface Entry {
  case_id: string;
  type: EventType;
  at: Instant;
  data: Partial<CaseEvents['dutyOffered'] & CaseEvents['dutyOfferEnded'] & CaseEvents['dutyOfferLate']>;
}

/** What became of each line, as the journals of the cases tell it. */
async function withFates(client: ClientBase, tenant: string, rows: readonly Row[]): Promise<ShiftList[]> {
  const cases = [...new Set(rows.flatMap(({ lines }) => lines.map(({ caseId }) => caseId)))];
  const found = await client.query<Entry>(
    `select case_id, type, ${epoch('at')} as at, data from huiyin.journal
      where tenant_id = $1 and case_id = any ($2::uuid[])
        and type in ('dutyOffered', 'dutyOfferEnded', 'dutyOfferLate', 'dutyAssigned') order by case_id, seq`,
    [tenant, cases],
  );
  const byCase = Map.groupBy(found.rows, (entry) => entry.case_id);
  return rows.map(({ lines, ...list }) => ({
    ...list,
    lines: lines.map(({ readAt, ...line }) => {
      if (line.mode === 'keep') return { ...line, fate: 'kept', at: readAt, reason: '', late: false };
      return { ...line, ...fateOf(list.id, list.to, byCase.get(line.caseId) ?? []) };
    }),
  }));
}

function fateOf(
  list: string,
  to: string,
  entries: readonly Entry[],
): Pick<ShiftListLine, 'fate' | 'at' | 'reason' | 'late'> {
  const waiting = new Set<Duty>();
  let told: Pick<ShiftListLine, 'fate' | 'at' | 'reason' | 'late'> = {
    fate: 'notOffered',
    at: null,
    reason: '',
    late: false,
  };
  for (const { type, at, data } of entries) {
    const { duty, person, said, reason = '' } = data;
    if (type === 'dutyOffered' && data.shift?.list === list && duty) {
      waiting.add(duty);
      told = { ...told, fate: 'waiting', at };
    } else if (type === 'dutyOfferLate' && data.duties?.some((one) => waiting.has(one))) told = { ...told, late: true };
    else if (duty && waiting.has(duty) && (type === 'dutyAssigned' || type === 'dutyOfferEnded')) {
      waiting.delete(duty);
      const fate =
        type === 'dutyAssigned' && person?.id === to
          ? 'accepted'
          : said === 'declined'
            ? 'objected'
            : said === 'ended'
              ? 'ended'
              : 'elsewhere';
      told = { ...told, fate, at, reason: fate === 'objected' ? reason : '' };
    }
  }
  return told;
}
