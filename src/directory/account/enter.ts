import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { noteEvent } from './account-event.ts';
import { isKnown, type Origin } from './device.ts';
import { forgive, giveBack, locked, type Subject, takeAttempt } from './guard.ts';
import { normalUsername } from './login.ts';
import { pretendToVerify, verifyPassword } from './password.ts';
import { type Begun, begin, type SignInWay } from './session.ts';
import { newStep, type Step, tryStep, useUp } from './step.ts';
import { hashOf } from './token.ts';
import { checkTotp, useRecoveryCode } from './totp.ts';
import type { Vault } from './vault.ts';

/** How a second factor can be shown. */
export type FactorWay = 'totp' | 'recovery' | 'passkey';

/** What became of a sign-in: a session, or a second question. */
export type Entrance =
  | ({ entered: true } & Begun)
  | { entered: false; step: string; ways: FactorWay[]; expiresAt: Instant };

export interface Person {
  personId: string;
  name: string;
}

export const wrongPassword = refusal('signIn.wrong', text('用户名或密码不正确', 'Wrong username or password'));
export const stepOver = refusal(
  'signIn.stepOver',
  text('验证已过期或用过，请重新登录', 'This step has expired or was used; please sign in again'),
);
const wrongCode = refusal('signIn.wrongCode', text('验证码不正确', 'The code is not right'), { field: 'code' });

/**
 * Whose username and password these are. Unknown names are counted, locked and answered like known ones. Refuses with
 * signIn.wrong or signIn.locked.
 */
export async function checkPassword(
  db: Db,
  tenant: string,
  attempt: { username: string; password: string },
  origin: Origin,
): Promise<Result<Person>> {
  const now = origin.now ?? Date.now();
  const username = normalUsername(attempt.username).slice(0, 80);
  const address: Subject = `address:${origin.address}`;
  const found = await within(db, tenant, async (client) => {
    const login = await client.query<Person & { password: string }>(
      `select l.person_id as "personId", p.name, l.password from huiyin.login l
         join huiyin.person p on p.tenant_id = l.tenant_id and p.person_id = l.person_id
        where l.tenant_id = $1 and l.username = $2 and p.left_at is null`,
      [tenant, username],
    );
    const row = login.rows[0];
    const known = row !== undefined && (await isKnown(client, tenant, row.personId, origin.mark));
    const own: Subject = known ? `mark:${hashOf(origin.mark ?? '').toString('hex')}` : `user:${username}`;
    const shut = await takeAttempt(client, tenant, [own, address], now);
    return { row, own, shut };
  });
  if (found.shut) return refuse(locked(found.shut, now));
  // Outside the transaction: hashing takes its time and must hold no row meanwhile.
  const password = attempt.password.slice(0, 1_000);
  const right = found.row ? await verifyPassword(password, found.row.password) : await pretendToVerify(password);
  if (!right || !found.row) return refuse(wrongPassword);
  const { personId, name } = found.row;
  await within(db, tenant, async (client) => {
    await forgive(client, tenant, [found.own]);
    await giveBack(client, tenant, address);
  });
  return accept({ personId, name });
}

/** Signs in by username and password, as far as that goes. Refuses with what checkPassword refuses. */
export async function signIn(
  db: Db,
  tenant: string,
  attempt: { username: string; password: string },
  origin: Origin,
): Promise<Result<Entrance>> {
  const proved = await checkPassword(db, tenant, attempt, origin);
  if (!proved.ok) return proved;
  return within(db, tenant, async (client) => accept(await admit(client, tenant, proved.value, origin, 'password')));
}

/** Lets a person in who has proved one thing; whoever has a second factor is asked for it first. */
export async function admit(
  client: PoolClient,
  tenant: string,
  person: Person,
  origin: Origin,
  way: SignInWay,
): Promise<Entrance> {
  const ways = await factorsOf(client, tenant, person.personId);
  if (ways.length === 0 || way === 'passkey')
    return { entered: true, ...(await begin(client, tenant, person, origin, way)) };
  const now = origin.now ?? Date.now();
  const step = await newStep(client, tenant, { purpose: 'secondFactor', personId: person.personId, way }, now);
  return { entered: false, step: step.token, ways, expiresAt: step.expiresAt };
}

/** What second factors a person has. */
export async function factorsOf(client: PoolClient, tenant: string, personId: string): Promise<FactorWay[]> {
  const found = await client.query<{ totp: boolean; recovery: boolean; passkey: boolean }>(
    `select exists (select from huiyin.totp where tenant_id = $1 and person_id = $2 and confirmed_at is not null) as totp,
            exists (select from huiyin.recovery_code where tenant_id = $1 and person_id = $2 and used_at is null) as recovery,
            exists (select from huiyin.passkey where tenant_id = $1 and person_id = $2) as passkey`,
    [tenant, personId],
  );
  const has = found.rows[0];
  if (!has) return [];
  return (['totp', 'recovery', 'passkey'] as const).filter((way) => has[way]);
}

/** The second question answered by a code of the generator or a recovery code. Refuses with signIn.stepOver, signIn.wrongCode or signIn.locked. */
export async function showFactor(
  db: Db,
  vault: Vault,
  { step, code }: { step: string; code: string },
  origin: Origin,
): Promise<Result<Entrance>> {
  const now = origin.now ?? Date.now();
  const opened = await tryStep(db, step, ['secondFactor'], now);
  const personId = opened?.personId;
  if (!opened || !personId) return refuse(stepOver);
  const { tenant } = opened;
  const subject: Subject = `factor:${personId}`;
  const shut = await within(db, tenant, (client) => takeAttempt(client, tenant, [subject], now));
  if (shut) return refuse(locked(shut, now));
  return within(db, tenant, async (client): Promise<Result<Entrance>> => {
    const right = await isRight(client, vault, opened, personId, code, origin, now);
    if (!right) return refuse(wrongCode);
    if (!(await useUp(client, opened, now))) return refuse(stepOver);
    await forgive(client, tenant, [subject]);
    const person = await activePerson(client, tenant, personId);
    if (!person) return refuse(stepOver);
    const way = opened.way === 'code' ? 'code' : 'password';
    return accept({ entered: true, ...(await begin(client, tenant, person, origin, way)) });
  });
}

async function isRight(
  client: PoolClient,
  vault: Vault,
  { tenant }: Step,
  personId: string,
  code: string,
  origin: Origin,
  now: Instant,
): Promise<boolean> {
  const digits = code.replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) return checkTotp(client, vault, { tenant, personId }, digits, now);
  const used = await useRecoveryCode(client, tenant, personId, code, now);
  const { address, device = '' } = origin;
  if (used) await noteEvent(client, tenant, { personId, kind: 'recoveryUsed', address, device }, now);
  return used;
}

/** Somebody who works here; null when he has left. */
export async function activePerson(client: PoolClient, tenant: string, personId: string): Promise<Person | null> {
  const found = await client.query<Person>(
    `select person_id as "personId", name from huiyin.person where tenant_id = $1 and person_id = $2 and left_at is null`,
    [tenant, personId],
  );
  return found.rows[0] ?? null;
}
