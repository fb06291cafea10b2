import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';
import { noteEvent } from './account-event.ts';
import { type Origin, rememberDevice } from './device.ts';
import { rulesOf, USUAL_RULES } from './rules.ts';
import { hashOf, newToken, readToken } from './token.ts';

/** Sessions run on real time, never on a sandbox's clock: moving that one must not sign everybody out. */
export const SESSION_COOKIE = 'huiyin_session';
const COOKIE_LIFE = 400 * 24 * 3600;

/** How a session was begun. */
export type SignInWay = 'password' | 'passkey' | 'code' | 'invitation' | 'setup' | 'demo';

/** A member of staff who has signed in. */
export interface Session {
  tenant: string;
  personId: string;
  name: string;
  endsAt: Instant;
}

/** A session that was just begun: what the two cookies carry. */
export interface Begun {
  token: string;
  session: Session;
  /** By what this browser will be known again. */
  mark: string;
  /** The person has signed in before, but never from here: he is to be told. */
  newDevice: boolean;
}

/** What somebody must do before anything else is open to him. */
export type Duty = 'password' | 'secondFactor';

/** A running session as every request sees it. */
export interface Running extends Session {
  sessionId: string;
  posts: string[];
  way: SignInWay;
  provedAt: Instant;
  must: Duty | null;
}

/** Begins a session for a person who has been recognised; call it only after a check of its own. */
export async function begin(
  client: PoolClient,
  tenant: string,
  person: { personId: string; name: string },
  origin: Origin,
  way: SignInWay,
): Promise<Begun> {
  const now = origin.now ?? Date.now();
  const token = newToken(tenant);
  const { longest } = await rulesOf(client, tenant);
  const endsAt = now + longest;
  const device = (origin.device ?? '').slice(0, 200);
  await client.query(
    `insert into huiyin.staff_session (tenant_id, token_hash, person_id, begun_at, seen_at, ends_at, device, address, way, proved_at)
     values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $4)`,
    [tenant, token.hash, person.personId, toTimestamp(now), toTimestamp(endsAt), device, origin.address, way],
  );
  const session = { tenant, personId: person.personId, name: person.name, endsAt };
  // Everybody plays everybody in a demo: a notice at each change of roles would only be noise.
  if (way === 'demo') return { token: token.text, session, mark: '', newDevice: false };
  const { mark, fresh } = await rememberDevice(client, tenant, person.personId, origin.mark, now);
  if (fresh) {
    const where = { address: origin.address, device };
    await noteEvent(client, tenant, { personId: person.personId, kind: 'newDevice', detail: way, ...where }, now);
    const payload = { tenant, personId: person.personId, at: now, ...where };
    const job = {
      task: 'tell-new-device',
      payload,
      key: `device:${tenant}.${hashOf(mark).toString('hex')}`,
      attempts: 5,
    };
    await client.query('select huiyin.add_jobs($1)', [JSON.stringify([job])]);
  }
  return { token: token.text, session, mark, newDevice: fresh };
}

/** Whose session a cookie's token is; null when it ended, lay idle, or its person left. One query when it is fresh. */
export async function sessionOf(db: Db, token: string | undefined, now: Instant = Date.now()): Promise<Running | null> {
  const parts = readToken(token);
  if (!parts) return null;
  const { tenant } = parts;
  const hash = hashOf(parts.secret);
  return within(db, tenant, async (client) => {
    const found = await client.query<
      Omit<Running, 'tenant' | 'must'> & { seenAt: Instant; first: boolean; wants: string[]; factor: boolean }
    >(
      `select s.session_id as "sessionId", s.person_id as "personId", p.name, s.ends_at as "endsAt",
              s.seen_at as "seenAt", s.way, s.proved_at as "provedAt", coalesce(l.first_password, false) as first,
              coalesce(r.second_factor_posts, '{}') as wants,
              exists (select from huiyin.totp t where t.tenant_id = s.tenant_id and t.person_id = s.person_id
                        and t.confirmed_at is not null)
                or exists (select from huiyin.passkey k where k.tenant_id = s.tenant_id and k.person_id = s.person_id) as factor,
              array(select distinct a.post from huiyin.post_assignment a where a.tenant_id = s.tenant_id
                and a.person_id = s.person_id and a.from_date <= $5 and (a.to_date is null or a.to_date >= $5)) as posts
         from huiyin.staff_session s
         join huiyin.person p on p.tenant_id = s.tenant_id and p.person_id = s.person_id
         left join huiyin.login l on l.tenant_id = s.tenant_id and l.person_id = s.person_id
         left join huiyin.account_rules r on r.tenant_id = s.tenant_id
        where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null and s.ends_at > $3
          and s.seen_at > $3::timestamptz - interval '1 minute' * coalesce(r.idle_minutes, $4)
          and s.begun_at > $3::timestamptz - interval '1 hour' * coalesce(r.longest_hours, 100000)
          and p.left_at is null`,
      [tenant, hash, toTimestamp(now), USUAL_RULES.idle / MINUTE, localDate(now)],
    );
    const row = found.rows[0];
    if (!row) return null;
    const { seenAt, first, wants, factor, ...rest } = row;
    if (now - seenAt > MINUTE)
      await client.query('update huiyin.staff_session set seen_at = $3 where tenant_id = $1 and token_hash = $2', [
        tenant,
        hash,
        toTimestamp(now),
      ]);
    const wanted = row.way !== 'demo' && !factor && row.posts.some((post) => wants.includes(post));
    return { tenant, ...rest, must: first ? 'password' : wanted ? 'secondFactor' : null };
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

/** A session as its owner sees it. */
export interface SessionEntry {
  id: string;
  device: string;
  address: string;
  way: SignInWay;
  begunAt: Instant;
  seenAt: Instant;
  endsAt: Instant;
}

/** Where somebody is signed in, latest first. */
export async function sessionsOf(
  db: Db,
  tenant: string,
  personId: string,
  now: Instant = Date.now(),
): Promise<SessionEntry[]> {
  return within(db, tenant, async (client) => {
    const { idle } = await rulesOf(client, tenant);
    const found = await client.query<SessionEntry>(
      `select session_id as id, device, address, way, begun_at as "begunAt", seen_at as "seenAt", ends_at as "endsAt"
         from huiyin.staff_session
        where tenant_id = $1 and person_id = $2 and ended_at is null and ends_at > $3 and seen_at > $4
        order by seen_at desc, session_id limit 200`,
      [tenant, personId, toTimestamp(now), toTimestamp(now - idle)],
    );
    return found.rows;
  });
}

/** Ends one session of a person, all but one, or all; answers how many ended. */
export async function endSessions(
  db: Db,
  tenant: string,
  personId: string,
  which: { only?: string; except?: string | null },
  now: Instant = Date.now(),
): Promise<number> {
  return within(db, tenant, async (client) => {
    const ended = await client.query(
      `update huiyin.staff_session set ended_at = $3
        where tenant_id = $1 and person_id = $2 and ended_at is null and ends_at > $3
          and ($4::uuid is null or session_id = $4) and ($5::uuid is null or session_id <> $5)`,
      [tenant, personId, toTimestamp(now), which.only ?? null, which.except ?? null],
    );
    return ended.rowCount ?? 0;
  });
}

/** He has just proved anew who he is. */
export async function markProved(db: Db, tenant: string, sessionId: string, now: Instant): Promise<void> {
  await within(db, tenant, (client) =>
    client.query('update huiyin.staff_session set proved_at = $3 where tenant_id = $1 and session_id = $2', [
      tenant,
      sessionId,
      toTimestamp(now),
    ]),
  );
}

/** The Set-Cookie line of a session. `secure` when the page came over HTTPS; an empty token takes the cookie away. */
export function sessionCookie(token: string, secure: boolean): string {
  // The server ends sessions; a cookie that outlives one opens nothing.
  const life = token === '' ? 0 : USUAL_RULES.longest / 1000;
  return cookie(SESSION_COOKIE, token, life, secure);
}

/** A cookie that scripts cannot read and other sites cannot send. */
export const markCookie = (name: string, mark: string, secure: boolean): string =>
  cookie(name, mark, COOKIE_LIFE, secure);

const cookie = (name: string, value: string, life: number, secure: boolean): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${life}${secure ? '; Secure' : ''}`;
