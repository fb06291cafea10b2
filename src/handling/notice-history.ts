import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { Notice } from './notices.ts';

/** One try at bringing a notice to somebody. */
export interface SendingRow {
  way: string;
  /** Masked. */
  address: string;
  reason: 'first' | 'quiet' | 'together' | 'unread' | 'failed' | 'again';
  status: 'planned' | 'sending' | 'sent' | 'failed' | 'needless';
  dueAt: Instant;
  settledAt: Instant | null;
  note: string | null;
  /** How many notices went in the same message. */
  inOne: number;
}

/** Who was told what and when, by which ways, and whether it arrived. */
export interface NoticeHistory {
  about: Notice['about'];
  /** The id of what it is about, where that is no case. */
  caseId: string;
  seq: number;
  /** Empty where it is about no case. */
  number: string;
  notice: string;
  recipientId: string | null;
  recipientKind: 'person' | 'owner';
  recipientName: string;
  role: string;
  text: Text;
  at: Instant;
  delivery: 'page' | 'waiting' | 'sent' | 'failed';
  deliveryNote: string | null;
  readAt: Instant | null;
  /** `link`: by the link of a letter. */
  readBy: 'page' | 'link' | 'message' | null;
  sendings: SendingRow[];
}

interface Row extends Omit<NoticeHistory, 'text'> {
  zh: string;
  en: string;
}

const READ = `select n.about, n.case_id as "caseId", n.seq, coalesce(c.number, '') as number, n.notice, n.recipient_id as "recipientId", n.recipient_kind as "recipientKind",
    n.recipient_name as "recipientName", n.role, n.text_zh as zh, n.text_en as en, n.at, n.delivery,
    n.delivery_note as "deliveryNote", n.read_at as "readAt", n.read_by as "readBy",
    coalesce((select json_agg(json_build_object('way', s.way, 'address', s.address, 'reason', s.reason,
        'status', s.status, 'dueAt', huiyin.epoch_ms(s.due_at), 'settledAt', huiyin.epoch_ms(s.settled_at),
        'note', s.note, 'inOne', s.in_one) order by s.attempt)
      from huiyin.notice_sending s where s.tenant_id = n.tenant_id and s.case_id = n.case_id and s.seq = n.seq),
      '[]'::json) as sendings
  from huiyin.notice n left join huiyin.case_file c on c.tenant_id = n.tenant_id and c.id = n.case_id`;
const toHistory = ({ zh, en, ...rest }: Row): NoticeHistory => ({ ...rest, text: { zh, en } });

/** Everything that was told about one case, newest first. */
export async function noticesOfCase(pool: Pool, tenant: string, caseId: string): Promise<NoticeHistory[]> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(`${READ} where n.tenant_id = $1 and n.case_id = $2 order by n.at desc, n.seq desc`, [
      tenant,
      caseId,
    ]),
  );
  return found.rows.map(toHistory);
}

/** What reached nobody by any way, newest first: it waits for a person. */
export async function undeliveredNotices(pool: Pool, tenant: string, limit = 100): Promise<NoticeHistory[]> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(
      `${READ} where n.tenant_id = $1 and n.delivery = 'failed' order by n.delivery_at desc, n.case_id, n.seq limit $2`,
      [tenant, limit],
    ),
  );
  return found.rows.map(toHistory);
}

/** A notice that is about no case; undefined when there is none. */
export async function houseNotice(
  pool: Pool,
  tenant: string,
  { caseId, seq }: { caseId: string; seq: number },
): Promise<NoticeHistory | undefined> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(`${READ} where n.tenant_id = $1 and n.case_id = $2 and n.seq = $3 and n.about <> 'case'`, [
      tenant,
      caseId,
      seq,
    ]),
  );
  return found.rows.map(toHistory)[0];
}

/** Has a notice that did not arrive sent once more by the last way; false when there is none, or one is under way. */
export async function sendAgain(
  pool: Pool,
  tenant: string,
  { caseId, seq }: { caseId: string; seq: number },
  now: Instant,
): Promise<boolean> {
  const done = await withTenant(pool, tenant, (client) =>
    client.query(
      `insert into huiyin.notice_sending (tenant_id, case_id, seq, attempt, way, address, place, reason, status, due_at)
       select s.tenant_id, s.case_id, s.seq, s.attempt + 1, s.way, s.address, s.place, 'again', 'planned', huiyin.instant($4)
       from huiyin.notice_sending s join huiyin.notice n using (tenant_id, case_id, seq)
       where s.tenant_id = $1 and s.case_id = $2 and s.seq = $3 and n.delivery = 'failed' and s.status = 'failed'
         and s.attempt = (select max(x.attempt) from huiyin.notice_sending x
           where x.tenant_id = $1 and x.case_id = $2 and x.seq = $3)
       on conflict do nothing`,
      [tenant, caseId, seq, now],
    ),
  );
  return done.rowCount === 1;
}

/** Notes that the owner opened his page, where everything he was told stands; the first time counts. */
export async function ownerHasRead(
  pool: Pool,
  tenant: string,
  caseId: string,
  by: 'page' | 'link',
  now: Instant,
): Promise<void> {
  await withTenant(pool, tenant, (client) =>
    client.query(
      `update huiyin.notice set read_at = huiyin.instant($4), read_by = $3
       where tenant_id = $1 and case_id = $2 and recipient_kind = 'owner' and read_at is null`,
      [tenant, caseId, by, now],
    ),
  );
}
