import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { noteEvent } from './account-event.ts';
import type { Origin } from './device.ts';
import { activePerson, admit, type Entrance } from './enter.ts';
import { createAccount, normalUsername, setPassword, usernameFault } from './login.ts';
import { hashOf, newToken, readToken } from './token.ts';

/** Long enough for somebody on leave, short enough for a slip of paper that was lost. */
export const INVITATION_LIFE = 7 * DAY;

/** An invitation as whoever gave it sees it; the link itself is told once. */
export interface Invitation {
  id: string;
  username: string;
  email: string | null;
  madeAt: Instant;
  madeBy: string;
  expiresAt: Instant;
}

export const noInvitation = refusal(
  'invitation.over',
  text(
    '邀请已过期、已用过或已撤回，请找本公司管理员重新发一份',
    'This invitation has expired, was used or withdrawn; ask your company’s administrator for a new one',
  ),
  { who: text('本公司管理员', 'your company’s administrator') },
);

/**
 * Invites somebody to choose a password of his own; an earlier open invitation ends. Whoever has an account keeps his
 * username. Refuses with account.username, account.taken, person.unknown or invitation.noEmail.
 */
export async function invite(
  db: Db,
  tenant: string,
  wish: { personId: string; username?: string | undefined; byEmail: boolean; base: string },
  by: string,
  now: Instant = Date.now(),
): Promise<Result<{ token: string; expiresAt: Instant }>> {
  return within(db, tenant, async (client): Promise<Result<{ token: string; expiresAt: Instant }>> => {
    const found = await client.query<{ email: string | null; username: string | null }>(
      `select p.email, l.username from huiyin.person p
         left join huiyin.login l on l.tenant_id = p.tenant_id and l.person_id = p.person_id
        where p.tenant_id = $1 and p.person_id = $2 and p.left_at is null and not p.automaton`,
      [tenant, wish.personId],
    );
    const person = found.rows[0];
    if (!person) return refuse(refusal('person.unknown', text('没有这名员工', 'There is no such member of staff')));
    if (wish.byEmail && person.email === null) return refuse(noEmail);
    const username = person.username ?? normalUsername(wish.username ?? '');
    const fault = person.username === null ? await nameFault(client, tenant, username) : undefined;
    if (fault) return refuse(fault);
    await withdraw(client, tenant, wish.personId, now);
    const token = newToken(tenant);
    const invitationId = randomUUID();
    const expiresAt = now + INVITATION_LIFE;
    await client.query(
      `insert into huiyin.invitation (tenant_id, invitation_id, token_hash, person_id, username, email, made_at, made_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        tenant,
        invitationId,
        token.hash,
        wish.personId,
        username,
        wish.byEmail ? person.email : null,
        toTimestamp(now),
        by,
        toTimestamp(expiresAt),
      ],
    );
    await noteEvent(client, tenant, { personId: wish.personId, kind: 'invited', by }, now);
    if (wish.byEmail) {
      const payload = { tenant, invitationId, base: wish.base };
      const job = { task: 'invite-staff', payload, key: `invite:${invitationId}`, attempts: 10 };
      await client.query('select huiyin.add_jobs($1)', [JSON.stringify([job])]);
    }
    return accept({ token: token.text, expiresAt });
  });
}

const noEmail = refusal(
  'invitation.noEmail',
  text('该员工没有登记邮箱：请改为打印或当面出示邀请码', 'No e-mail is known: print the invitation or show its code'),
  { field: 'email' },
);

async function nameFault(
  client: PoolClient,
  tenant: string,
  username: string,
): Promise<ReturnType<typeof refusal> | undefined> {
  const fault = usernameFault(username);
  if (fault) return fault;
  const taken = await client.query('select 1 from huiyin.login where tenant_id = $1 and username = $2', [
    tenant,
    username,
  ]);
  if (taken.rowCount === 0) return undefined;
  return refusal('account.taken', text(`用户名“${username}”已有人使用`, `The username “${username}” is taken`), {
    field: 'username',
  });
}

/** The open invitation of a person; null when there is none. */
export async function invitationOf(
  db: Db,
  tenant: string,
  personId: string,
  now: Instant = Date.now(),
): Promise<Invitation | null> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Invitation>(
      `select ${COLUMNS} from huiyin.invitation
        where tenant_id = $1 and person_id = $2 and used_at is null and withdrawn_at is null and expires_at > $3
        order by made_at desc limit 1`,
      [tenant, personId, toTimestamp(now)],
    );
    return found.rows[0] ?? null;
  });
}

const COLUMNS = `invitation_id as id, username, email, made_at as "madeAt", made_by as "madeBy", expires_at as "expiresAt"`;

/** Withdraws what is open; answers how many. */
export async function withdraw(db: Db, tenant: string, personId: string, now: Instant = Date.now()): Promise<number> {
  return within(db, tenant, async (client) => {
    const done = await client.query(
      `update huiyin.invitation set withdrawn_at = $3
        where tenant_id = $1 and person_id = $2 and used_at is null and withdrawn_at is null`,
      [tenant, personId, toTimestamp(now)],
    );
    return done.rowCount ?? 0;
  });
}

/** A fresh link for the letter of an invitation; the one that was shown ends. Null when it is over. */
export async function linkForLetter(
  db: Db,
  tenant: string,
  invitationId: string,
  now: Instant,
): Promise<{ token: string; email: string; name: string; username: string; expiresAt: Instant } | null> {
  const token = newToken(tenant);
  return within(db, tenant, async (client) => {
    const found = await client.query<{ email: string; name: string; username: string; expiresAt: Instant }>(
      `update huiyin.invitation i set token_hash = $3 from huiyin.person p
        where i.tenant_id = $1 and i.invitation_id = $2 and p.tenant_id = i.tenant_id and p.person_id = i.person_id
          and i.used_at is null and i.withdrawn_at is null and i.expires_at > $4 and i.email is not null
        returning i.email, p.name, i.username, i.expires_at as "expiresAt"`,
      [tenant, invitationId, token.hash, toTimestamp(now)],
    );
    const row = found.rows[0];
    return row ? { token: token.text, ...row } : null;
  });
}

interface Open {
  tenant: string;
  personId: string;
  name: string;
  username: string;
  expiresAt: Instant;
}

/** Who is invited by a link; null when it is unknown, over, used or withdrawn. */
export async function readInvitation(
  db: Db,
  token: string | undefined,
  now: Instant = Date.now(),
): Promise<Open | null> {
  const parts = readToken(token);
  if (!parts) return null;
  return within(db, parts.tenant, async (client) => {
    const found = await client.query<Omit<Open, 'tenant'>>(
      `select i.person_id as "personId", p.name, i.username, i.expires_at as "expiresAt"
         from huiyin.invitation i join huiyin.person p on p.tenant_id = i.tenant_id and p.person_id = i.person_id
        where i.tenant_id = $1 and i.token_hash = $2 and i.used_at is null and i.withdrawn_at is null
          and i.expires_at > $3 and p.left_at is null`,
      [parts.tenant, hashOf(parts.secret), toTimestamp(now)],
    );
    const row = found.rows[0];
    return row ? { tenant: parts.tenant, ...row } : null;
  });
}

/**
 * Accepts an invitation with a password of one's own, and signs in. Whoever has a second factor is still asked for it.
 * Refuses with invitation.over and what createAccount and setPassword refuse.
 */
export async function acceptInvitation(
  db: Db,
  wish: { token: string; password: string },
  origin: Origin,
): Promise<Result<Entrance>> {
  const now = origin.now ?? Date.now();
  const open = await readInvitation(db, wish.token, now);
  if (!open) return refuse(noInvitation);
  const { tenant, personId, username } = open;
  const hash = hashOf(readToken(wish.token)?.secret ?? '');
  return within(db, tenant, async (client): Promise<Result<Entrance>> => {
    // The row lock lets one of two browsers through.
    const mine = await client.query<{ taken: boolean }>(
      `select exists (select from huiyin.login l where l.tenant_id = i.tenant_id and l.person_id = i.person_id) as taken
         from huiyin.invitation i
        where tenant_id = $1 and token_hash = $2 and used_at is null and withdrawn_at is null for update`,
      [tenant, hash],
    );
    const row = mine.rows[0];
    if (!row) return refuse(noInvitation);
    const set = row.taken
      ? await setPassword(client, tenant, personId, wish.password, now)
      : await createAccount(client, tenant, { personId, username, password: wish.password }, now);
    if (!set.ok) return set;
    await client.query('update huiyin.invitation set used_at = $3 where tenant_id = $1 and token_hash = $2', [
      tenant,
      hash,
      toTimestamp(now),
    ]);
    const person = await activePerson(client, tenant, personId);
    return person ? accept(await admit(client, tenant, person, origin, 'invitation')) : refuse(noInvitation);
  });
}
