import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { countFailure, forgive, lockedUntil, type Subject } from './guard.ts';
import { normalUsername } from './login.ts';
import { pretendToVerify, verifyPassword } from './password.ts';
import { hashOf, newToken, readToken } from './token.ts';

/** Sessions run on real time, never on a sandbox's clock: moving that one must not sign everybody out. */
const IDLE = 12 * HOUR;
const LONGEST = 14 * 24 * HOUR;

export const SESSION_COOKIE = 'huiyin_session';

/** A member of staff who has signed in. */
export interface Session {
  tenant: string;
  personId: string;
  name: string;
  endsAt: Instant;
}

/** Where an attempt comes from. */
export interface Origin {
  address: string;
  device?: string;
  /** Real time; default: now. */
  now?: Instant;
}

/** Checks a username and password. The value is the token for the cookie. Refuses with signIn.wrong or signIn.locked. */
export async function signIn(
  db: Db,
  tenant: string,
  attempt: { username: string; password: string },
  origin: Origin,
): Promise<Result<{ token: string; session: Session }>> {
  const now = origin.now ?? Date.now();
  const username = normalUsername(attempt.username).slice(0, 80);
  const user: Subject = `user:${username}`;
  const subjects: Subject[] = [user, `address:${origin.address}`];
  const found = await within(db, tenant, async (client) => {
    const until = await lockedUntil(client, tenant, subjects, now);
    if (until !== null) return { until, login: undefined };
    const login = await client.query<{ personId: string; name: string; password: string }>(
      `select l.person_id as "personId", p.name, l.password from huiyin.login l
         join huiyin.person p on p.tenant_id = l.tenant_id and p.person_id = l.person_id
        where l.tenant_id = $1 and l.username = $2 and p.left_at is null`,
      [tenant, username],
    );
    return { until, login: login.rows[0] };
  });
  if (found.until !== null) return refuse(locked(found.until, now));
  // Outside the transaction: hashing takes its time and must hold no row meanwhile.
  const password = attempt.password.slice(0, 1_000);
  const right = found.login ? await verifyPassword(password, found.login.password) : await pretendToVerify(password);
  return within(db, tenant, async (client) => {
    if (!right || !found.login) {
      await countFailure(client, tenant, subjects, now);
      return refuse(refusal('signIn.wrong', text('用户名或密码不正确', 'Wrong username or password')));
    }
    await forgive(client, tenant, user);
    return accept(await begin(client, tenant, found.login, origin.device ?? '', now));
  });
}

/** Begins a session for a person who has been recognised; call it only after a check of its own. */
export async function begin(
  client: PoolClient,
  tenant: string,
  person: { personId: string; name: string },
  device: string,
  now: Instant,
): Promise<{ token: string; session: Session }> {
  const token = newToken(tenant);
  const endsAt = now + LONGEST;
  await client.query(
    `insert into huiyin.staff_session (tenant_id, token_hash, person_id, begun_at, seen_at, ends_at, device)
     values ($1, $2, $3, $4, $4, $5, $6)`,
    [tenant, token.hash, person.personId, toTimestamp(now), toTimestamp(endsAt), device.slice(0, 200)],
  );
  return { token: token.text, session: { tenant, personId: person.personId, name: person.name, endsAt } };
}

/** Whose session a cookie's token is; null when it ended, lay idle, or its person left. One query when it is fresh. */
export async function sessionOf(
  db: Db,
  token: string | undefined,
  now: Instant = Date.now(),
): Promise<(Session & { posts: string[] }) | null> {
  const parts = readToken(token);
  if (!parts) return null;
  const { tenant } = parts;
  const hash = hashOf(parts.secret);
  return within(db, tenant, async (client) => {
    const found = await client.query<{
      personId: string;
      name: string;
      posts: string[];
      endsAt: Instant;
      seenAt: Instant;
    }>(
      `select s.person_id as "personId", p.name, s.ends_at as "endsAt", s.seen_at as "seenAt",
              array(select distinct a.post from huiyin.post_assignment a where a.tenant_id = s.tenant_id
                and a.person_id = s.person_id and a.from_date <= $5 and (a.to_date is null or a.to_date >= $5)) as posts
         from huiyin.staff_session s
         join huiyin.person p on p.tenant_id = s.tenant_id and p.person_id = s.person_id
        where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null and s.ends_at > $3 and s.seen_at > $4
          and p.left_at is null`,
      [tenant, hash, toTimestamp(now), toTimestamp(now - IDLE), localDate(now)],
    );
    const row = found.rows[0];
    if (!row) return null;
    if (now - row.seenAt > 5 * MINUTE)
      await client.query('update huiyin.staff_session set seen_at = $3 where tenant_id = $1 and token_hash = $2', [
        tenant,
        hash,
        toTimestamp(now),
      ]);
    return { tenant, personId: row.personId, name: row.name, endsAt: row.endsAt, posts: row.posts };
  });
}

/** Ends a session. Nothing happens when there is none. */
export async function signOut(db: Db, token: string | undefined, now: Instant = Date.now()): Promise<void> {
  const parts = readToken(token);
  if (!parts) return;
  await within(db, parts.tenant, (client) =>
    client.query(
      'update huiyin.staff_session set ended_at = $3 where tenant_id = $1 and token_hash = $2 and ended_at is null',
      [parts.tenant, hashOf(parts.secret), toTimestamp(now)],
    ),
  );
}

/** The Set-Cookie line of a session. `secure` when the page came over HTTPS; an empty token takes the cookie away. */
export function sessionCookie(token: string, secure: boolean): string {
  const life = token === '' ? 0 : LONGEST / 1000;
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${life}${secure ? '; Secure' : ''}`;
}

function locked(until: Instant, now: Instant): Refusal {
  const minutes = Math.max(1, Math.ceil((until - now) / MINUTE));
  return refusal(
    'signIn.locked',
    text(`尝试次数过多，请 ${minutes} 分钟后再试`, `Too many attempts; try again in ${minutes} minute(s)`),
  );
}
