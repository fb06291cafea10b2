import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { hashPassword } from './password.ts';

const SHORTEST = 8;
const LONGEST = 200;

/** Usernames are compared as they look: lower case, one Unicode form, no blanks at the ends. */
export const normalUsername = (username: string): string => username.normalize('NFKC').trim().toLowerCase();

/** Gives a person a username and password. Refuses with account.username…, account.password… or account.taken. */
export async function createAccount(
  db: Db,
  tenant: string,
  account: { personId: string; username: string; password: string },
  now: Instant = Date.now(),
): Promise<Result<{ username: string }>> {
  const username = normalUsername(account.username);
  const fault = usernameFault(username) ?? passwordFault(account.password, username);
  if (fault) return refuse(fault);
  const hash = await hashPassword(account.password);
  return within(db, tenant, async (client) => {
    const made = await client.query(
      `insert into huiyin.login (tenant_id, person_id, username, password, set_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [tenant, account.personId, username, hash, toTimestamp(now)],
    );
    if (made.rowCount === 1) return accept({ username });
    return refuse(
      refusal(
        'account.taken',
        text(
          `用户名“${username}”已有人使用，或该员工已有账号`,
          `The username “${username}” is taken, or this person has an account`,
        ),
        {
          field: 'username',
        },
      ),
    );
  });
}

/** Sets a new password and ends every session of the person. Refuses with account.password… or account.unknown. */
export async function setPassword(
  db: Db,
  tenant: string,
  personId: string,
  password: string,
  now: Instant = Date.now(),
): Promise<Result<null>> {
  const fault = passwordFault(password, '');
  if (fault) return refuse(fault);
  const hash = await hashPassword(password);
  return within(db, tenant, async (client) => {
    const at = toTimestamp(now);
    const set = await client.query(
      'update huiyin.login set password = $3, set_at = $4, first_password = false where tenant_id = $1 and person_id = $2',
      [tenant, personId, hash, at],
    );
    if (set.rowCount !== 1)
      return refuse(refusal('account.unknown', text('该员工没有账号', 'This person has no account')));
    await client.query(
      'update huiyin.staff_session set ended_at = $3 where tenant_id = $1 and person_id = $2 and ended_at is null',
      [tenant, personId, at],
    );
    return accept(null);
  });
}

/** Why a username cannot be one; undefined when it can. */
export function usernameFault(username: string): ReturnType<typeof refusal> | undefined {
  if (/^[\p{L}\p{N}._@-]{2,40}$/u.test(username)) return undefined;
  return refusal(
    'account.username',
    text('用户名须为 2–40 个字母、汉字、数字或 . _ - @', 'A username is 2–40 letters, digits or . _ - @'),
    { field: 'username' },
  );
}

function passwordFault(password: string, username: string): ReturnType<typeof refusal> | undefined {
  const length = [...password].length;
  const weak =
    length < SHORTEST || (username !== '' && password.toLowerCase().includes(username)) || /^(.)\1*$/u.test(password);
  if (!weak && length <= LONGEST) return undefined;
  return refusal(
    'account.password',
    text(
      `密码须为 ${SHORTEST}–${LONGEST} 个字符，不得包含用户名，也不得由同一字符组成`,
      `A password has ${SHORTEST}–${LONGEST} characters, does not contain the username and is not one character repeated`,
    ),
    { field: 'password' },
  );
}
