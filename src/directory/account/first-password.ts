import { randomInt } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { createAccount, setPassword } from './login.ts';

/** A username and a password that is shown once and must be replaced by its owner. */
export interface FirstAccess {
  username: string;
  firstPassword: string;
}

// Without the signs that look alike on paper: 0 o, 1 l i.
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Twelve signs in three groups, about 59 bits: it is read from a screen or a slip of paper. */
function drawPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return `${group()}-${group()}-${group()}`;
}

/** Gives somebody who has none an account with a first password. Refuses with what createAccount refuses. */
export async function openAccount(
  db: Db,
  tenant: string,
  account: { personId: string; username: string },
  now: Instant = Date.now(),
): Promise<Result<FirstAccess>> {
  const firstPassword = drawPassword();
  return within(db, tenant, async (client) => {
    const made = await createAccount(client, tenant, { ...account, password: firstPassword }, now);
    if (!made.ok) return made;
    await markFirst(client, tenant, account.personId);
    return accept({ username: made.value.username, firstPassword });
  });
}

/**
 * Replaces a forgotten password by a first one and signs the person out everywhere. Refuses with account.unknown when he
 * has no account or has left.
 */
export async function renewAccount(
  db: Db,
  tenant: string,
  personId: string,
  now: Instant = Date.now(),
): Promise<Result<FirstAccess>> {
  const firstPassword = drawPassword();
  return within(db, tenant, async (client) => {
    const found = await client.query<{ username: string }>(
      `select l.username from huiyin.login l join huiyin.person p on p.tenant_id = l.tenant_id and p.person_id = l.person_id
        where l.tenant_id = $1 and l.person_id = $2 and p.left_at is null`,
      [tenant, personId],
    );
    const username = found.rows[0]?.username;
    if (username === undefined)
      return refuse(refusal('account.unknown', text('该员工没有账号', 'This person has no account')));
    const set = await setPassword(client, tenant, personId, firstPassword, now);
    if (!set.ok) return set;
    await markFirst(client, tenant, personId);
    return accept({ username, firstPassword });
  });
}

/** What a person signs in with; null without an account. `first`: he still has the password he was given. */
export async function accountOf(
  db: Db,
  tenant: string,
  personId: string,
): Promise<{ username: string; first: boolean } | null> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ username: string; first: boolean }>(
      'select username, first_password as first from huiyin.login where tenant_id = $1 and person_id = $2',
      [tenant, personId],
    );
    return found.rows[0] ?? null;
  });
}

async function markFirst(db: Db, tenant: string, personId: string): Promise<void> {
  await within(db, tenant, (client) =>
    client.query('update huiyin.login set first_password = true where tenant_id = $1 and person_id = $2', [
      tenant,
      personId,
    ]),
  );
}
