import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';

/** How many failures in a row each kind of subject is forgiven before the door stays shut, a minute and then twice as long each time. */
const LIMITS = {
  /** A username, existing or not. */
  user: 5,
  /** A browser that this person has signed in from before: strangers cannot shut its owner out. */
  mark: 5,
  address: 30,
  /** Codes of a second factor. */
  factor: 5,
  /** Codes that are sent out: to one account, and ordered from one address. */
  send: 3,
  sendFrom: 20,
  /** Invitations and links opened with a wrong secret. */
  link: 30,
} as const;

const FORGET_AFTER = 15 * MINUTE;
const LONGEST_WAIT = HOUR;

/** One thing attempts are counted for. */
export type Subject = `${keyof typeof LIMITS}:${string}`;

interface Row {
  subject: string;
  failures: number;
  lastAt: Instant;
  lockedUntil: Instant | null;
}

const limitOf = (subject: string): number =>
  Object.entries(LIMITS).find(([kind]) => subject.startsWith(`${kind}:`))?.[1] ?? 5;

/**
 * Counts an attempt before it is judged, so that a hundred at once are counted one by one. Answers who is shut out and
 * until when, in which case nothing is counted; null when it may be tried. Undo it with `forgive` or `giveBack` after a success.
 */
export async function takeAttempt(
  client: PoolClient,
  tenant: string,
  subjects: Subject[],
  now: Instant,
): Promise<{ subject: string; until: Instant } | null> {
  const wanted = [...subjects].sort();
  await client.query(
    `insert into huiyin.sign_in_guard (tenant_id, subject, failures, last_at)
     select $1, s, 0, $3 from unnest($2::text[]) s order by s on conflict do nothing`,
    [tenant, wanted, toTimestamp(now)],
  );
  const found = await client.query<Row>(
    `select subject, failures, last_at as "lastAt", locked_until as "lockedUntil" from huiyin.sign_in_guard
      where tenant_id = $1 and subject = any($2) order by subject for update`,
    [tenant, wanted],
  );
  const shut = found.rows.filter((row) => row.lockedUntil !== null && row.lockedUntil > now);
  const [longest] = shut.sort((a, b) => (b.lockedUntil ?? 0) - (a.lockedUntil ?? 0));
  if (longest) return { subject: longest.subject, until: longest.lockedUntil ?? now };
  for (const row of found.rows) {
    const quietSince = Math.max(row.lastAt, row.lockedUntil ?? 0);
    const failures = quietSince < now - FORGET_AFTER ? 1 : row.failures + 1;
    const beyond = failures - limitOf(row.subject);
    const until = beyond < 0 ? null : now + Math.min(LONGEST_WAIT, MINUTE * 2 ** Math.min(beyond, 6));
    await client.query(
      `update huiyin.sign_in_guard set failures = $3, last_at = $4, locked_until = $5 where tenant_id = $1 and subject = $2`,
      [tenant, row.subject, failures, toTimestamp(now), until === null ? null : toTimestamp(until)],
    );
  }
  return null;
}

/** Forgets a subject's failures, after a success or by an administrator. */
export async function forgive(client: PoolClient, tenant: string, subjects: readonly Subject[]): Promise<void> {
  await client.query(
    'update huiyin.sign_in_guard set failures = 0, locked_until = null where tenant_id = $1 and subject = any($2)',
    [tenant, subjects],
  );
}

/** Takes one counted attempt back. An address keeps its other failures: one good account must not cover for guessing others. */
export async function giveBack(client: PoolClient, tenant: string, subject: Subject): Promise<void> {
  await client.query(
    `update huiyin.sign_in_guard set failures = greatest(0, failures - 1),
            locked_until = case when failures - 1 >= $3 then locked_until end
      where tenant_id = $1 and subject = $2`,
    [tenant, subject, limitOf(subject)],
  );
}

/** Until when one of the subjects is shut out; null when none is. */
export async function lockedUntil(
  client: PoolClient,
  tenant: string,
  subjects: readonly Subject[],
  now: Instant,
): Promise<Instant | null> {
  const found = await client.query<{ until: Instant | null }>(
    `select max(locked_until) as until from huiyin.sign_in_guard
      where tenant_id = $1 and subject = any($2) and locked_until > $3`,
    [tenant, subjects, toTimestamp(now)],
  );
  return found.rows[0]?.until ?? null;
}

/** Why nothing may be tried now: how long, and who can shorten it. The same words whether or not the account exists. */
export function locked(shut: { subject: string; until: Instant }, now: Instant): Refusal {
  const n = Math.max(1, Math.ceil((shut.until - now) / MINUTE));
  const byPlace = /^(address|sendFrom|link):/.test(shut.subject);
  return refusal(
    'signIn.locked',
    byPlace
      ? text(
          `这个网络地址尝试次数过多，请 ${n} 分钟后再试；急用请换手机流量登录`,
          `Too many attempts from this network address; try again in ${n} minute(s), or from another network`,
        )
      : text(
          `尝试次数过多，请 ${n} 分钟后再试；急用请找本公司管理员在“人员”页解锁`,
          `Too many attempts; try again in ${n} minute(s), or ask your company’s administrator to unlock it on the page “People”`,
        ),
    { who: text('本公司管理员', 'your company’s administrator') },
  );
}
