import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { residentsByContact } from '#directory/premises.ts';
import { searchQuery } from '#journal/search-text.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';

/** How somebody made sure that a number and an address belong to one person. */
export const CHECKS = ['calledBack', 'answeredMail', 'atCounter', 'residentList'] as const;
export type Check = (typeof CHECKS)[number];

/** A number and an address that may belong to one person; nothing is made of it until somebody has checked. */
export interface Suggestion {
  /** Names the pair for this case without showing it. */
  id: string;
  phone: string;
  email: string;
  /** Why it is suggested: both stand on this case, or the list of residents has them together. */
  source: 'thisCase' | 'residentList';
}

/** A number and an address that were checked. */
export interface Joined extends Omit<Suggestion, 'source'> {
  how: Check;
  at: Instant;
  byName: string;
}

const digits = (phone: string): string => phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');

/** The number and the address that the person who asked left with a case. */
export function contactOf({ values }: CaseState): { phone: string | null; email: string | null } {
  const { contactPhone, contactEmail } = values;
  return {
    phone: typeof contactPhone === 'string' && contactPhone !== '' ? digits(contactPhone) : null,
    email: typeof contactEmail === 'string' && contactEmail !== '' ? contactEmail.toLowerCase() : null,
  };
}

/** What was checked about the person of a case. */
export async function joinedOf(pool: Pool, tenant: string, state: CaseState): Promise<Joined[]> {
  const { phone, email } = contactOf(state);
  return withTenant(pool, tenant, async (client) => {
    const found = await client.query<Joined>(
      `select joined_id as id, phone, email, how, at, by_name as "byName" from huiyin.joined_contact
       where tenant_id = $1 and (phone = $2 or email = $3) and undone_at is null order by at`,
      [tenant, phone, email],
    );
    return found.rows;
  });
}

/** Pairs that somebody may want to check. */
export async function suggestionsFor(
  pool: Pool,
  tenant: string,
  state: CaseState,
  now: Instant,
): Promise<Suggestion[]> {
  const { phone, email } = contactOf(state);
  const joined = await joinedOf(pool, tenant, state);
  const pairs: Omit<Suggestion, 'id'>[] =
    phone !== null && email !== null ? [{ phone, email, source: 'thisCase' }] : [];
  for (const contact of [phone, email])
    for (const resident of contact === null ? [] : await residentsByContact(pool, tenant, contact, now))
      if (resident.phone !== null && resident.email !== null)
        pairs.push({ phone: digits(resident.phone), email: resident.email.toLowerCase(), source: 'residentList' });
  const same = (a: Pick<Suggestion, 'phone' | 'email'>, b: Pick<Suggestion, 'phone' | 'email'>): boolean =>
    a.phone === b.phone && a.email === b.email;
  return pairs
    .filter((pair, i) => !joined.some((one) => same(one, pair)) && pairs.findIndex((other) => same(other, pair)) === i)
    .map((pair) => ({ ...pair, id: digestOf(state.id, pair.phone, pair.email) }));
}

const digestOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24);

/** Joins a number and an address, because somebody checked and says how. Refuses with contact.notSuggested. */
export async function confirmSame(
  pool: Pool,
  tenant: string,
  state: CaseState,
  { suggestion, how }: { suggestion: string; how: Check },
  who: { personId: string; name: string },
  now: Instant,
): Promise<Result<undefined>> {
  const pair = (await suggestionsFor(pool, tenant, state, now)).find((one) => one.id === suggestion);
  if (!pair) return refuse(notSuggested);
  await withTenant(pool, tenant, (client) =>
    client.query(
      `insert into huiyin.joined_contact (tenant_id, joined_id, phone, email, case_id, how, at, by_id, by_name)
       values ($1, $2, $3, $4, $5, $6, huiyin.instant($7), $8, $9)`,
      [tenant, randomUUID(), pair.phone, pair.email, state.id, how, now, who.personId, who.name],
    ),
  );
  return accept(undefined);
}

/** Takes a joining back; who did it stays on record. */
export async function undoSame(
  pool: Pool,
  tenant: string,
  id: string,
  name: string,
  now: Instant,
): Promise<Result<undefined>> {
  const done = await withTenant(pool, tenant, (client) =>
    client.query(
      `update huiyin.joined_contact set undone_at = huiyin.instant($3), undone_by = $4
       where tenant_id = $1 and joined_id = $2 and undone_at is null`,
      [tenant, id, now, name],
    ),
  );
  return done.rowCount === 1 ? accept(undefined) : refuse(notSuggested);
}

const notSuggested = refusal(
  'contact.notSuggested',
  text('没有可合并的电话与邮箱，可能刚刚有人处理过', 'There is no such pair; somebody may just have dealt with it'),
);

/** Other cases of the same person: by the same contact, or by one that was checked to be his too. */
export async function casesOfPerson(pool: Pool, tenant: string, state: CaseState): Promise<CaseState[]> {
  const own = contactOf(state);
  const joined = await joinedOf(pool, tenant, state);
  const contacts = new Set([own.phone, own.email, ...joined.flatMap(({ phone, email }) => [phone, email])]);
  const queries = [...contacts].flatMap((contact) => (contact === null ? [] : (searchQuery(contact) ?? [])));
  if (queries.length === 0) return [];
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ state: CaseState }>(
      `select c.state from huiyin.case_search_list s join huiyin.case_list c on c.id = s.case_id
       where s.words @@ $1::tsquery and c.id <> $2 order by c.received_at desc limit 50`,
      [queries.map((query) => `(${query})`).join(' | '), state.id],
    ),
  );
  // The index finds the figures anywhere; only the contact itself counts.
  return found.rows.flatMap(({ state: other }) => {
    const { phone, email } = contactOf(other);
    return (phone !== null && contacts.has(phone)) || (email !== null && contacts.has(email)) ? [other] : [];
  });
}

/** Open cases of whoever left this number with them, newest first. */
export async function openCasesByPhone(pool: Pool, tenant: string, phone: string): Promise<CaseState[]> {
  const query = searchQuery(digits(phone));
  if (query === null) return [];
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ state: CaseState }>(
      `select c.state from huiyin.case_search_list s join huiyin.case_list c on c.id = s.case_id
       where s.words @@ $1::tsquery and c.open order by c.received_at desc limit 20`,
      [query],
    ),
  );
  return found.rows.flatMap(({ state }) => (contactOf(state).phone === digits(phone) ? [state] : []));
}
