import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { nextTelling } from './expiry.ts';
import { readStaffing } from './read.ts';
import type { HeldSkillRow } from './rows.ts';

/** Key of the timer that tells of a certificate's end. */
export const CERTIFICATE = 'certificate:';

/**
 * Sets the timers of certificates anew: those of one person's skill, since a further one may take the place of another,
 * or all of a company. One that has ended is told of no more.
 */
export async function watchCertificates(
  client: PoolClient,
  tenant: string,
  now: Instant,
  only?: { personId: string; skill: string },
): Promise<void> {
  const staffing = await readStaffing(client, tenant);
  const meant = staffing.held.filter(
    (one) => only === undefined || (one.personId === only.personId && one.skill === only.skill),
  );
  const told = await toldOf(client, tenant, meant);
  const today = localDate(now);
  const due = meant.map((held) => {
    const over = held.expiresOn !== null && held.expiresOn < today;
    return {
      key: CERTIFICATE + held.id,
      at: over ? undefined : nextTelling(staffing, held, told(held), now)?.at,
    };
  });
  const keys = due.filter(({ at }) => at === undefined).map(({ key }) => key);
  await client.query('delete from huiyin.timer where tenant_id = $1 and key = any ($2)', [tenant, keys]);
  const set = due.flatMap(({ key, at }) => (at === undefined ? [] : [{ key, at: toTimestamp(at) }]));
  await client.query(
    `insert into huiyin.timer as t (tenant_id, key, due_at, wake_at)
     select $1, u.key, u.at, u.at from unnest($2::text[], $3::timestamptz[]) as u(key, at)
     on conflict (tenant_id, key) do update set due_at = excluded.due_at, wake_at = excluded.wake_at,
       revision = t.revision + 1, failures = 0, last_failure = null`,
    [tenant, set.map(({ key }) => key), set.map(({ at }) => at)],
  );
}

/** Takes the timer of a certificate away that was withdrawn. */
export async function forgetCertificate(client: PoolClient, tenant: string, id: string): Promise<void> {
  await client.query('delete from huiyin.timer where tenant_id = $1 and key = $2', [tenant, CERTIFICATE + id]);
}

/** Which warnings of each certificate's present end were told. */
export async function toldOf(
  client: PoolClient,
  tenant: string,
  held: readonly HeldSkillRow[],
): Promise<(one: HeldSkillRow) => ReadonlySet<number>> {
  const found = await client.query<{ id: string; expiresOn: string; days: number }>(
    `select person_skill_id as id, expires_on as "expiresOn", days_before as days from huiyin.certificate_told
      where tenant_id = $1 and person_skill_id = any ($2::uuid[])`,
    [tenant, held.map(({ id }) => id)],
  );
  const of = Map.groupBy(found.rows, ({ id, expiresOn }) => `${id} ${expiresOn}`);
  return ({ id, expiresOn }) => new Set((of.get(`${id} ${expiresOn}`) ?? []).map(({ days }) => days));
}
