import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { noteEvent } from './account-event.ts';
import type { Subject } from './guard.ts';
import { removePasskeys } from './passkey.ts';
import { type CodeWay, redeemCode } from './sent-code.ts';
import { removeTotp } from './totp.ts';

/** What an account is secured with. */
export interface Security {
  username: string | null;
  totp: boolean;
  /** Recovery codes that were not used yet. */
  recoveryLeft: number;
  /** Addresses whose owner has shown that he reads them. */
  contacts: { way: CodeWay; contact: string; provedAt: Instant }[];
}

/** What somebody's account is secured with. */
export async function securityOf(db: Db, tenant: string, personId: string): Promise<Security> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Omit<Security, 'contacts'>>(
      `select (select username from huiyin.login where tenant_id = $1 and person_id = $2) as username,
              exists (select from huiyin.totp where tenant_id = $1 and person_id = $2 and confirmed_at is not null) as totp,
              (select count(*)::int from huiyin.recovery_code
                where tenant_id = $1 and person_id = $2 and used_at is null) as "recoveryLeft"`,
      [tenant, personId],
    );
    const contacts = await client.query<Security['contacts'][number]>(
      `select way, contact, proved_at as "provedAt" from huiyin.proved_contact
        where tenant_id = $1 and person_id = $2 order by way`,
      [tenant, personId],
    );
    const row = found.rows[0] ?? { username: null, totp: false, recoveryLeft: 0 };
    return { ...row, contacts: contacts.rows };
  });
}

/** An address is proved by the code that was sent there. Refuses with what redeemCode refuses and contact.taken. */
export function proveContact(
  db: Db,
  who: { tenant: string; personId: string },
  wish: { step: string; code: string },
  now: Instant,
): Promise<Result<null>> {
  return redeemCode(db, wish, 'proveContact', now, async (client, step): Promise<Result<null>> => {
    if (step.personId !== who.personId || step.tenant !== who.tenant) return refuse(taken);
    const { tenant, personId } = who;
    const way: CodeWay = step.way === 'sms' ? 'sms' : 'email';
    if (await isTaken(client, tenant, personId, way, step.contact ?? '')) return refuse(taken);
    await client.query(
      `insert into huiyin.proved_contact (tenant_id, person_id, way, contact, proved_at) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, person_id, way) do update set contact = excluded.contact, proved_at = excluded.proved_at`,
      [tenant, personId, way, step.contact, toTimestamp(now)],
    );
    await noteEvent(client, tenant, { personId, kind: 'contactProved', detail: way }, now);
    return accept(null);
  });
}

const taken = refusal(
  'contact.taken',
  text('这个地址已由另一名员工验证', 'Another member of staff has proved this address'),
);

/** Whether an address is already another person's way in. */
async function isTaken(db: Db, tenant: string, personId: string, way: CodeWay, contact: string): Promise<boolean> {
  return within(db, tenant, async (client) => {
    const found = await client.query(
      `select 1 from huiyin.proved_contact where tenant_id = $1 and way = $3 and contact = $4 and person_id <> $2`,
      [tenant, personId, way, contact],
    );
    return found.rowCount === 1;
  });
}

/** Everything attempts of one person are counted under; for unlocking. */
export async function subjectsOf(client: PoolClient, tenant: string, personId: string): Promise<Subject[]> {
  const found = await client.query<{ username: string | null; marks: string[] }>(
    `select (select username from huiyin.login where tenant_id = $1 and person_id = $2) as username,
            array(select encode(mark_hash, 'hex') from huiyin.known_device where tenant_id = $1 and person_id = $2) as marks`,
    [tenant, personId],
  );
  const { username = null, marks = [] } = found.rows[0] ?? {};
  const own: Subject[] = [`factor:${personId}`, ...marks.map((mark): Subject => `mark:${mark}`)];
  return username === null ? own : [`user:${username}`, `send:${username}`, ...own];
}

/** Takes every second factor away from somebody who has lost his telephone. */
export async function resetFactors(
  client: PoolClient,
  tenant: string,
  personId: string,
  by: string,
  now: Instant,
): Promise<void> {
  await removeTotp(client, tenant, personId);
  await removePasskeys(client, tenant, personId, null);
  await noteEvent(client, tenant, { personId, kind: 'factorRemoved', by }, now);
}

/** An address is no longer a way in. */
export async function removeContact(db: Db, tenant: string, personId: string, way: CodeWay): Promise<void> {
  await within(db, tenant, (client) =>
    client.query('delete from huiyin.proved_contact where tenant_id = $1 and person_id = $2 and way = $3', [
      tenant,
      personId,
      way,
    ]),
  );
}
