import type { ClientBase } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import { HOUSE_CHANNEL } from './side-feed.ts';

/** What a notice is about that belongs to no case: a telephone call, a program that hears no more. */
export interface HouseNotice {
  about: 'call' | 'webhook';
  id: string;
  notice: string;
  text: Text;
}

const DELIVERY_ATTEMPTS = 12;

/**
 * Tells members of staff something that belongs to no case: on the bell at once; whether and how it leaves the house is
 * the delivery's business. Call it inside `withTenant`, holding the row it is about.
 */
export async function tellHouse(
  client: ClientBase,
  tenant: string,
  people: readonly { id: string; name: string; role: string }[],
  { about, id, notice, text }: HouseNotice,
  now: Instant,
): Promise<void> {
  const before = await client.query<{ seq: number }>(
    'select coalesce(max(seq), 0) as seq from huiyin.notice where tenant_id = $1 and case_id = $2',
    [tenant, id],
  );
  const told = people.map((person, i) => ({ ...person, seq: (before.rows[0]?.seq ?? 0) + 1 + i }));
  await client.query(
    `insert into huiyin.notice (tenant_id, about, case_id, seq, notice, recipient_kind, recipient_id, recipient_name, role,
       text_zh, text_en, at, delivery)
     select $1, $2, $3, n.seq, $4, 'person', n.id, n.name, n.role, $5, $6, huiyin.instant($7), 'waiting'
       from jsonb_to_recordset($8::jsonb) n (seq int, id text, name text, role text)`,
    [tenant, about, id, notice, text.zh, text.en, now, JSON.stringify(told)],
  );
  const jobs = told.map(({ seq }) => ({
    task: 'deliver-notice',
    payload: { tenant, caseId: id, seq },
    key: `notice:${id}:${seq}`,
    attempts: DELIVERY_ATTEMPTS,
  }));
  await client.query('select huiyin.add_jobs($1)', [JSON.stringify(jobs)]);
  for (const person of people)
    await client.query('select pg_notify($1, $2)', [HOUSE_CHANNEL, JSON.stringify({ tenant, about: person.id })]);
}
