import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';

/** Something a person was told. */
export interface Notice {
  about: 'case' | 'certificate' | 'call' | 'webhook' | 'shiftList';
  /** The id of what it is about, where that is no case. */
  caseId: string;
  /** Whose certificate it is; null: about a case, or it was withdrawn. */
  personId: string | null;
  seq: number;
  /** Empty where it is about no case. */
  number: string;
  notice: string;
  role: string;
  text: Text;
  at: Instant;
  readAt: Instant | null;
  delivery: 'page' | 'waiting' | 'sent' | 'failed';
  deliveryNote: string | null;
}

interface Row extends Omit<Notice, 'text'> {
  zh: string;
  en: string;
}

const COLUMNS = `n.about, n.case_id as "caseId", s.person_id as "personId", n.seq, coalesce(c.number, '') as number, n.notice, n.role,
  n.text_zh as zh, n.text_en as en, n.at, n.read_at as "readAt", n.delivery, n.delivery_note as "deliveryNote"`;
const FROM = `huiyin.notice n left join huiyin.case_file c on c.tenant_id = n.tenant_id and c.id = n.case_id
  left join huiyin.person_skill s on n.about = 'certificate' and s.tenant_id = n.tenant_id and s.person_skill_id = n.case_id`;
const toNotice = ({ zh, en, ...rest }: Row): Notice => ({ ...rest, text: { zh, en } });

/** A person's inbox, newest first; `before` is the `at` of the last one shown. */
export async function noticesOf(
  pool: Pool,
  tenant: string,
  personId: string,
  {
    unreadOnly = false,
    before = null,
    limit = 50,
  }: { unreadOnly?: boolean; before?: Instant | null; limit?: number } = {},
): Promise<Notice[]> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(
      `select ${COLUMNS} from ${FROM} where n.tenant_id = $1 and n.recipient_id = $2
         ${unreadOnly ? 'and n.read_at is null' : ''} and ($3::float8 is null or n.at < huiyin.instant($3))
       order by n.at desc, n.case_id, n.seq limit $4`,
      [tenant, personId, before, limit],
    ),
  );
  return found.rows.map(toNotice);
}

/** Everything the person who asked was told about one case, oldest first. */
export async function ownerNoticesOf(pool: Pool, tenant: string, caseId: string): Promise<Notice[]> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(
      `select ${COLUMNS} from ${FROM} where n.tenant_id = $1 and n.case_id = $2 and n.recipient_kind = 'owner' order by n.seq`,
      [tenant, caseId],
    ),
  );
  return found.rows.map(toNotice);
}

/** Notes that a person has read notices: of one case, or all. The first reading counts. */
export async function markRead(
  pool: Pool,
  tenant: string,
  personId: string,
  now: Instant,
  caseId: string | null = null,
): Promise<number> {
  const done = await withTenant(pool, tenant, (client) =>
    client.query(
      `update huiyin.notice set read_at = huiyin.instant($3), read_by = 'page'
       where tenant_id = $1 and recipient_id = $2 and read_at is null
         and ($4::uuid is null or case_id = $4)`,
      [tenant, personId, now, caseId],
    ),
  );
  return done.rowCount ?? 0;
}

/** How many notices a person has not read. */
export async function unreadCount(pool: Pool, tenant: string, personId: string): Promise<number> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ n: number }>(
      'select count(*)::int as n from huiyin.notice where tenant_id = $1 and recipient_id = $2 and read_at is null',
      [tenant, personId],
    ),
  );
  return found.rows[0]?.n ?? 0;
}
