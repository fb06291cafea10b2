import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Text } from '#kernel/text.ts';
import { text } from '#kernel/text.ts';
import { countDeadLetters as countMails, deadLetters as deadMails } from './email/dead-letters.ts';
import { tryAgain } from './messaging/store.ts';
import { unsettled } from './settled.ts';

/** Something that came in or should have gone out by any channel, and waits for a person. */
export interface DeadLetter {
  channel: string;
  direction: 'in' | 'out';
  key: string;
  sender: string;
  subject: string;
  receivedAt: Instant;
  size: number;
  whole: boolean;
  code: string;
  why: Text;
  /** Whether it can be tried again as it is. */
  again: boolean;
}

interface Row {
  channel: string;
  direction: 'in' | 'out';
  key: string;
  sender: string;
  subject: string;
  receivedAt: Instant;
  code: string;
  zh: string;
  en: string;
}
/** What somebody said who has not told where he lives: he may need help all the same, and nobody else sees it. */
const unanswered = refusal(
  'channel.unanswered',
  text(
    '他还没填住处和电话（网址已发给他），所以还没登记；急事请照这段话人工登记，他填好后会自动登记',
    'He has not said where he lives (the address was sent to him), so it is not registered yet: register it by hand when it is urgent; once he has, it registers by itself',
  ),
);
// Time enough to fill in a form of three boxes.
const PATIENCE = 10 * MINUTE;
// A picture or a recording has no words of its own.
const SAID = `coalesce(nullif(body->>'text', ''), case what when 'picture' then '图片' when 'voice' then '语音' else what end)`;
const ALL = `
  select kind as channel, 'in' as direction, key, sender, ${SAID} as subject, kept_at as "receivedAt",
    reason as code, reason_zh as zh, reason_en as en
  from huiyin.message_in where tenant_id = $1 and status = 'deadLetter'
  union all
  select kind, 'in', key, sender, ${SAID}, kept_at, '${unanswered.code}', '${unanswered.message.zh}',
    '${unanswered.message.en}'
  from huiyin.message_in where tenant_id = $1 and status = 'held' and kept_at < huiyin.instant($2)
  union all
  select kind, 'out', message_id::text, recipient, text_zh, created_at, reason, reason_zh, reason_en
  from huiyin.message_out where tenant_id = $1 and status = 'failed'`;
const MESSAGES = `select * from (${ALL}) as l where ${unsettled('l.channel', 'l.direction', 'l.key')}`;

/** What waits for a person, of all channels, newest first. */
export async function deadLetters(pool: Pool, tenant: string, now: Instant, limit = 100): Promise<DeadLetter[]> {
  const mails = (await deadMails(pool, tenant, limit)).map(
    (mail): DeadLetter => ({ ...mail, channel: 'email', direction: 'in', again: false }),
  );
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(`select * from (${MESSAGES}) as m order by "receivedAt" desc limit $3`, [
      tenant,
      now - PATIENCE,
      limit,
    ]),
  );
  const messages = found.rows.map(
    ({ zh, en, subject, ...row }): DeadLetter => ({
      ...row,
      subject: subject.slice(0, 200),
      size: Buffer.byteLength(subject),
      whole: true,
      why: { zh, en },
      again: row.code !== unanswered.code,
    }),
  );
  return [...mails, ...messages].toSorted((a, b) => b.receivedAt - a.receivedAt).slice(0, limit);
}

/** How many wait for a person. */
export async function countDeadLetters(pool: Pool, tenant: string, now: Instant): Promise<number> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ n: number }>(`select count(*)::int as n from (${MESSAGES}) as m`, [tenant, now - PATIENCE]),
  );
  return (found.rows[0]?.n ?? 0) + (await countMails(pool, tenant));
}

/** Puts one away that a person has seen to: who, when and what he did stay on record. Refuses what waits no longer. */
export async function settleLetter(
  pool: Pool,
  tenant: string,
  { channel, direction, key, note }: { channel: string; direction: 'in' | 'out'; key: string; note: string },
  by: { id: string | null; name: string },
  now: Instant,
): Promise<Refusal | undefined> {
  const done = await withTenant(pool, tenant, (client) =>
    client.query(
      `insert into huiyin.letter_settled (tenant_id, channel, direction, key, at, by_id, by_name, note)
       select $1, l.channel, l.direction, l.key, huiyin.instant($2), $3, $4, $5 from (
         select 'email' as channel, 'in' as direction, encode(key, 'hex') as key
         from huiyin.mail_message where tenant_id = $1 and status = 'deadLetter'
         union all select channel, direction, key from (${ALL}) as messages
       ) as l where l.channel = $6 and l.direction = $7 and l.key = $8
       on conflict do nothing`,
      [tenant, now, by.id, by.name, note, channel, direction, key],
    ),
  );
  return done.rowCount === 0 ? settledAlready : undefined;
}

const settledAlready = refusal(
  'deadLetter.settled',
  text('没有这一条，或已经处理过', 'There is no such one, or somebody has seen to it already'),
);

/** Tries one again, because somebody has mended what stood in its way. */
export async function tryLetterAgain(
  pool: Pool,
  tenant: string,
  { channel, direction, key }: { channel: string; direction: 'in' | 'out'; key: string },
): Promise<Refusal | undefined> {
  const which = direction === 'out' ? { id: key } : { kind: channel, key };
  return (await tryAgain(pool, tenant, which)) ? undefined : notThere;
}

const notThere = refusal(
  'deadLetter.notThere',
  text(
    '没有这一条，或已经重试过；邮件请按原件人工登记',
    'There is no such one, or it was tried again already; register mails by hand',
  ),
);
