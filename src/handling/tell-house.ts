import type { ClientBase } from 'pg';
import type { AppendItem } from '#journal/append.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import { HOUSE_CHANNEL } from './side-feed.ts';

/** What a notice is about that belongs to no case: a certificate, a telephone call, a program that hears no more, a list at the change of a shift. */
export interface HouseNotice {
  about: 'certificate' | 'call' | 'webhook' | 'shiftList';
  id: string;
  notice: string;
}
/** Who is told what. */
export interface HouseLetter {
  id: string;
  name: string;
  role: string;
  text: Text;
}

const DELIVERY_ATTEMPTS = 12;

/**
 * Tells members of staff something that belongs to no case: on the bell at once; whether and how it leaves the house is
 * the business of the deliveries it answers with, to be ordered in the same transaction. Call it inside `withTenant`,
 * holding the row it is about.
 */
export async function writeToHouse(
  client: ClientBase,
  tenant: string,
  letters: readonly HouseLetter[],
  { about, id, notice }: HouseNotice,
  now: Instant,
): Promise<AppendItem['jobs']> {
  const before = await client.query<{ seq: number }>(
    'select coalesce(max(seq), 0) as seq from huiyin.notice where tenant_id = $1 and case_id = $2',
    [tenant, id],
  );
  const told = letters.map(({ text, ...to }, i) => ({ ...to, ...text, seq: (before.rows[0]?.seq ?? 0) + 1 + i }));
  await client.query(
    `insert into huiyin.notice (tenant_id, about, case_id, seq, notice, recipient_kind, recipient_id, recipient_name, role,
       text_zh, text_en, at, delivery)
     select $1, $2, $3, n.seq, $4, 'person', n.id, n.name, n.role, n.zh, n.en, huiyin.instant($5), 'waiting'
       from jsonb_to_recordset($6::jsonb) n (seq int, id text, name text, role text, zh text, en text)`,
    [tenant, about, id, notice, now, JSON.stringify(told)],
  );
  for (const person of letters)
    await client.query('select pg_notify($1, $2)', [HOUSE_CHANNEL, JSON.stringify({ tenant, about: person.id })]);
  return told.map(({ seq }) => ({
    task: 'deliver-notice',
    payload: { tenant, caseId: id, seq },
    key: `notice:${id}:${seq}`,
    attempts: DELIVERY_ATTEMPTS,
  }));
}

/** The same, with the deliveries ordered. */
export async function tellHouse(...said: Parameters<typeof writeToHouse>): Promise<void> {
  const [client] = said;
  await client.query('select huiyin.add_jobs($1)', [JSON.stringify(await writeToHouse(...said))]);
}
