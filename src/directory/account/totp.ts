import { randomBytes, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { type Instant, SECOND } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';
import { hashOf } from './token.ts';
import type { Vault } from './vault.ts';

const PERIOD = 30;
const SEED_BYTES = 20;
const RECOVERY_CODES = 10;
// Without the signs that look alike on paper: 0 O, 1 I L.
const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

const about = (tenant: string, personId: string): string => `totp ${tenant} ${personId}`;
const generator = (seed: Buffer, issuer = '', label = ''): TOTP =>
  new TOTP({
    issuer,
    label,
    secret: new Secret({ buffer: Uint8Array.from(seed).buffer }),
    digits: 6,
    period: PERIOD,
    algorithm: 'SHA1',
  });

/** Begins enrolment: a fresh seed that counts for nothing until its first right code. Told once, as an address and as words. */
export async function beginTotp(
  db: Db,
  vault: Vault,
  who: { tenant: string; personId: string; company: string; username: string },
  now: Instant,
): Promise<{ uri: string; secret: string }> {
  const { tenant, personId } = who;
  const seed = randomBytes(SEED_BYTES);
  await within(db, tenant, (client) =>
    client.query(
      `insert into huiyin.totp (tenant_id, person_id, seed, begun_at) values ($1, $2, $3, $4)
       on conflict (tenant_id, person_id) do update set seed = excluded.seed, begun_at = excluded.begun_at, last_step = 0
         where totp.confirmed_at is null`,
      [tenant, personId, vault.seal(seed, about(tenant, personId)), toTimestamp(now)],
    ),
  );
  const made = generator(seed, who.company, who.username);
  return { uri: made.toString(), secret: made.secret.base32 };
}

/** Whether `code` is the generator's, now or half a minute off; each is taken once. `enrolling` looks at the one that was just begun. */
export async function checkTotp(
  client: PoolClient,
  vault: Vault,
  { tenant, personId, enrolling = false }: { tenant: string; personId: string; enrolling?: boolean },
  code: string,
  now: Instant,
): Promise<boolean> {
  const found = await client.query<{ seed: Buffer; lastStep: number }>(
    `select seed, last_step as "lastStep" from huiyin.totp
      where tenant_id = $1 and person_id = $2 and (confirmed_at is null) = $3 for update`,
    [tenant, personId, enrolling],
  );
  const row = found.rows[0];
  const seed = row && vault.open(row.seed, about(tenant, personId));
  if (!row || !seed) return false;
  const delta = generator(seed).validate({ token: code, timestamp: now, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(now / SECOND / PERIOD) + delta;
  if (step <= row.lastStep) return false;
  await client.query(
    `update huiyin.totp set last_step = $3, confirmed_at = coalesce(confirmed_at, $4) where tenant_id = $1 and person_id = $2`,
    [tenant, personId, step, toTimestamp(now)],
  );
  return true;
}

/** Ten new recovery codes; the old ones are worth nothing from now on. Told once. */
export async function renewRecoveryCodes(
  client: PoolClient,
  tenant: string,
  personId: string,
  now: Instant,
): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, drawCode);
  await client.query('delete from huiyin.recovery_code where tenant_id = $1 and person_id = $2', [tenant, personId]);
  await client.query(
    `insert into huiyin.recovery_code (tenant_id, person_id, code_hash, made_at)
     select $1, $2, h, $4 from unnest($3::bytea[]) h`,
    [tenant, personId, codes.map((code) => hashOf(plain(code))), toTimestamp(now)],
  );
  return codes;
}

/** Takes a recovery code, once. 59 random bits each, so that a plain hash is enough. */
export async function useRecoveryCode(
  client: PoolClient,
  tenant: string,
  personId: string,
  code: string,
  now: Instant,
): Promise<boolean> {
  const used = await client.query(
    `update huiyin.recovery_code set used_at = $4
      where tenant_id = $1 and person_id = $2 and code_hash = $3 and used_at is null`,
    [tenant, personId, hashOf(plain(code)), toTimestamp(now)],
  );
  return used.rowCount === 1;
}

/** Takes the generator and its recovery codes away. */
export async function removeTotp(client: PoolClient, tenant: string, personId: string): Promise<void> {
  await client.query('delete from huiyin.totp where tenant_id = $1 and person_id = $2', [tenant, personId]);
  await client.query('delete from huiyin.recovery_code where tenant_id = $1 and person_id = $2', [tenant, personId]);
}

const plain = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Twelve signs in three groups, about 59 bits. */
function drawCode(): string {
  const group = (): string => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return `${group()}-${group()}-${group()}`;
}
