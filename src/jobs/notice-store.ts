import type { ClientBase } from 'pg';
import type { CaseState } from '#case/state.ts';
import { COMPANY_CHOICE, type NoticeRules, noticeChoice, noticeRules, rulesFor } from '#handling/notice-rules.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { Reach, Recipient, Told } from './notice-ways.ts';

/** Names one notice. */
export interface NoticeKey {
  caseId: string;
  seq: number;
}
/** Names one try at delivering it. */
export interface Sending extends NoticeKey {
  attempt: number;
  way: string;
}
/** A notice with everything its delivery asks for. */
export interface Notice extends NoticeKey {
  notice: string;
  delivery: string;
  deliveryNote: string | null;
  recipient: Recipient;
  /** Null: it is about no case. */
  state: CaseState | null;
  told: Told;
  /** Whether it follows from something the owner himself did. */
  byOwner: boolean;
  /** How many tries there were or are planned, and by which ways. */
  attempts: number;
  tried: string[];
  /** What goes to the same place may go in one message. */
  place: string;
}

interface Row {
  about: string;
  case_id: string;
  seq: number;
  notice: string;
  delivery: string;
  delivery_note: string | null;
  recipient_kind: 'person' | 'owner';
  recipient_id: string | null;
  text_zh: string;
  text_en: string;
  at: Instant;
  number: string | null;
  state: CaseState | null;
  email: string | null;
  phone: string | null;
  short: Text | null;
  clause: string | null;
  by_kind: string | null;
  tried: string[];
}

const READ = `select n.about, n.case_id, n.seq, n.notice, n.delivery, n.delivery_note, n.recipient_kind, n.recipient_id, n.text_zh,
    n.text_en, n.at, c.number, c.state, p.email, p.phone, j.data->'short' as short, j.data->>'clause' as clause,
    j.actor->>'kind' as by_kind,
    array(select s.way from huiyin.notice_sending s
      where s.tenant_id = n.tenant_id and s.case_id = n.case_id and s.seq = n.seq order by s.attempt) as tried
  from huiyin.notice n left join huiyin.case_file c on c.tenant_id = n.tenant_id and c.id = n.case_id
  left join huiyin.journal j on j.tenant_id = n.tenant_id and j.case_id = n.case_id and j.seq = n.seq
  left join huiyin.person p on p.tenant_id = n.tenant_id and p.person_id::text = n.recipient_id and p.left_at is null`;

/** Stands where messages have the number of their case. */
const NO_CASE: { [about: string]: string } = {
  certificate: '证书到期',
  call: '未接来电',
  webhook: '接口订阅',
  shiftList: '交接班',
};

const toNotice = (tenant: string, row: Row): Notice => {
  const { case_id: caseId, seq, state, at } = row;
  const number = row.number ?? NO_CASE[row.about] ?? '';
  return {
    caseId,
    seq,
    notice: row.notice,
    delivery: row.delivery,
    deliveryNote: row.delivery_note,
    state,
    byOwner: row.by_kind === 'owner',
    tried: row.tried,
    attempts: row.tried.length,
    place: row.recipient_kind === 'person' ? `person:${row.recipient_id}` : `owner:${caseId}`,
    recipient: {
      tenant,
      kind: row.recipient_kind,
      personId: row.recipient_id,
      email: row.email,
      phone: row.phone,
      state,
      personal: row.about === 'certificate',
    },
    told: {
      caseId,
      seq,
      number,
      text: { zh: row.text_zh, en: row.text_en },
      short: row.short,
      clause: row.clause ?? '',
      at,
    },
  };
};

/** Reads one notice. Call it, like all here, inside `withTenant`. */
export async function loadNotice(
  client: ClientBase,
  tenant: string,
  { caseId, seq }: NoticeKey,
): Promise<Notice | undefined> {
  const found = await client.query<Row>(`${READ} where n.tenant_id = $1 and n.case_id = $2 and n.seq = $3`, [
    tenant,
    caseId,
    seq,
  ]);
  return found.rows[0] && toNotice(tenant, found.rows[0]);
}

const columns = (keys: readonly NoticeKey[]): [string[], number[]] => [
  keys.map((key) => key.caseId),
  keys.map((key) => key.seq),
];

/** The notices of several tries, oldest first. */
export async function readNotices(client: ClientBase, tenant: string, keys: readonly NoticeKey[]): Promise<Notice[]> {
  const found = await client.query<Row>(
    `${READ} where n.tenant_id = $1 and (n.case_id, n.seq) in (select * from unnest($2::uuid[], $3::int[]))
     order by n.at, n.case_id, n.seq`,
    [tenant, ...columns(keys)],
  );
  return found.rows.map((row) => toNotice(tenant, row));
}

/** Those of the tries that are still to be made. */
export async function loadSendings(
  client: ClientBase,
  tenant: string,
  keys: readonly (NoticeKey & { attempt: number })[],
): Promise<Sending[]> {
  const found = await client.query<Sending>(
    `select case_id as "caseId", seq, attempt, way from huiyin.notice_sending
     where tenant_id = $1 and status = 'sending'
       and (case_id, seq, attempt) in (select * from unnest($2::uuid[], $3::int[], $4::int[]))`,
    [tenant, ...columns(keys), keys.map((key) => key.attempt)],
  );
  return found.rows;
}

/** When something was last sent to the same place; null: never. */
export async function lastSentTo(client: ClientBase, tenant: string, place: string): Promise<Instant | null> {
  const found = await client.query<{ at: Instant }>(
    `select settled_at as at from huiyin.notice_sending
     where tenant_id = $1 and place = $2 and status = 'sent' order by settled_at desc limit 1`,
    [tenant, place],
  );
  return found.rows[0]?.at ?? null;
}

/** The rules as they hold for whom the notice is for. */
export async function rulesOf(client: ClientBase, tenant: string, { recipient }: Notice): Promise<NoticeRules> {
  const company = await noticeRules(client, tenant);
  const { personId } = recipient;
  return rulesFor(company, personId === null ? COMPANY_CHOICE : await noticeChoice(client, tenant, personId));
}

export interface Attempt {
  attempt: number;
  reach: Reach;
  reason: 'first' | 'quiet' | 'together' | 'unread' | 'failed' | 'again';
  at: Instant;
  now: Instant;
}

/** Writes down a try; one whose moment has come is to be made by whoever wrote it. */
export async function planAttempt(
  client: ClientBase,
  tenant: string,
  { caseId, seq, place }: Notice,
  { attempt, reach: { way, address }, reason, at, now }: Attempt,
): Promise<void> {
  await client.query(
    `insert into huiyin.notice_sending (tenant_id, case_id, seq, attempt, way, address, place, reason, status, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, huiyin.instant($10)) on conflict do nothing`,
    [tenant, caseId, seq, attempt, way.id, way.masked(address), place, reason, at > now ? 'planned' : 'sending', at],
  );
}

const SENDING_ATTEMPTS = 12;

/** Orders tries that are in status 'sending', in the transaction that put them there. */
export async function orderSending(
  client: ClientBase,
  tenant: string,
  sendings: readonly (NoticeKey & { attempt: number })[],
): Promise<void> {
  const [first] = sendings;
  if (!first) return;
  const { caseId, seq, attempt } = first;
  const job = {
    task: 'deliver-notice',
    payload: { tenant, sendings: sendings.map((one) => ({ caseId: one.caseId, seq: one.seq, attempt: one.attempt })) },
    key: `notice:${caseId}:${seq}:${attempt}`,
    attempts: SENDING_ATTEMPTS,
  };
  await client.query('select huiyin.add_jobs($1)', [JSON.stringify([job])]);
}

/** A further try, made at once by a job of its own. */
export async function orderAttempt(
  client: ClientBase,
  tenant: string,
  notice: Notice,
  attempt: Attempt,
): Promise<void> {
  await planAttempt(client, tenant, notice, attempt);
  await client.query(
    `update huiyin.notice set delivery = 'waiting' where tenant_id = $1 and case_id = $2 and seq = $3`,
    [tenant, notice.caseId, notice.seq],
  );
  await orderSending(client, tenant, [{ caseId: notice.caseId, seq: notice.seq, attempt: attempt.attempt }]);
}

/** What became of a try. A report of failure may have been faster than our own word that it was sent. */
export async function settle(
  client: ClientBase,
  tenant: string,
  { caseId, seq }: NoticeKey,
  attempt: number,
  { status, note, now, inOne }: { status: 'sent' | 'failed'; note: string | null; now: Instant; inOne: number },
): Promise<void> {
  await client.query(
    `update huiyin.notice_sending set status = $5, note = $6, settled_at = huiyin.instant($7), in_one = $8
     where tenant_id = $1 and case_id = $2 and seq = $3 and attempt = $4 and status = 'sending'`,
    [tenant, caseId, seq, attempt, status, note, now, inOne],
  );
  await client.query(
    `update huiyin.notice set delivery = $4, delivery_note = $5, delivery_at = huiyin.instant($6)
     where tenant_id = $1 and case_id = $2 and seq = $3 and delivery = 'waiting'`,
    [tenant, caseId, seq, status, note, now],
  );
}
