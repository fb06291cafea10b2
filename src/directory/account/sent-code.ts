import { randomInt } from 'node:crypto';
import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import type { Origin } from './device.ts';
import { activePerson, admit, type Entrance, stepOver } from './enter.ts';
import { locked, type Subject, takeAttempt } from './guard.ts';
import { normalUsername } from './login.ts';
import { hashPassword, pretendToVerify, verifyPassword } from './password.ts';
import { newStep, type Step, type StepPurpose, tryStep, useUp } from './step.ts';

/** How a code can travel. Which of them this installation has is said by whoever puts it together. */
export const codeWays = ['email', 'sms'] as const;
export type CodeWay = (typeof codeWays)[number];

const wrongCode = refusal('signIn.wrongCode', text('验证码不正确', 'The code is not right'), { field: 'code' });

/** What was ordered: the token goes to whoever asked, the code to the address. */
export interface Ordered {
  token: string;
  expiresAt: Instant;
}

/**
 * Orders a code. The job that sends it draws it, so that it stands nowhere in clear but in the letter; without a contact
 * nothing is sent and the answer is the same. Refuses with signIn.locked.
 */
export async function orderCode(
  db: Db,
  tenant: string,
  wish: {
    purpose: StepPurpose;
    way: CodeWay;
    /** What the orders are counted for, e.g. the name that was typed. */
    counted: string;
    contact: string | null;
    personId?: string | null;
    caseId?: string | null;
  },
  origin: Origin,
): Promise<Result<Ordered>> {
  const now = origin.now ?? Date.now();
  const subjects: Subject[] = [`send:${wish.counted.slice(0, 120)}`, `sendFrom:${origin.address}`];
  return within(db, tenant, async (client): Promise<Result<Ordered>> => {
    const shut = await takeAttempt(client, tenant, subjects, now);
    if (shut) return refuse(locked(shut, now));
    const { purpose, way, contact, personId = null, caseId = null } = wish;
    const step = await newStep(client, tenant, { purpose, way, contact, personId, caseId }, now);
    const payload = { tenant, stepId: step.stepId };
    // Ordered for nobody too: knowing who has an account must not be a matter of milliseconds.
    const job = { task: 'send-code', payload, key: `code:${step.stepId}`, attempts: 5 };
    await client.query('select huiyin.add_jobs($1)', [JSON.stringify([job])]);
    return accept({ token: step.token, expiresAt: step.expiresAt });
  });
}

/** Whose sign-in a name stands for: a username, or an address that its owner has proved. */
export async function contactFor(
  db: Db,
  tenant: string,
  account: string,
  way: CodeWay,
): Promise<{ personId: string; contact: string } | null> {
  const name = normalUsername(account);
  return within(db, tenant, async (client) => {
    const found = await client.query<{ personId: string; contact: string }>(
      `select c.person_id as "personId", c.contact from huiyin.proved_contact c
         join huiyin.login l on l.tenant_id = c.tenant_id and l.person_id = c.person_id
         join huiyin.person p on p.tenant_id = c.tenant_id and p.person_id = c.person_id and p.left_at is null
        where c.tenant_id = $1 and c.way = $3 and (l.username = $2 or c.contact = $2)
        order by l.username = $2 desc limit 1`,
      [tenant, name, way],
    );
    return found.rows[0] ?? null;
  });
}

/** Draws the code of a step, just before it is sent; null when nobody waits for it any more. Drawn again, the last one counts. */
export async function drawCode(
  db: Db,
  tenant: string,
  stepId: string,
  now: Instant,
): Promise<{ code: string; contact: string; way: string; purpose: StepPurpose; expiresAt: Instant } | null> {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const answer = await hashPassword(code);
  return within(db, tenant, async (client) => {
    const drawn = await client.query<{ contact: string; way: string; purpose: StepPurpose; expiresAt: Instant }>(
      `update huiyin.account_step set answer = $3
        where tenant_id = $1 and step_id = $2 and contact is not null and used_at is null and expires_at > $4
        returning contact, way, purpose, expires_at as "expiresAt"`,
      [tenant, stepId, answer, toTimestamp(now)],
    );
    const row = drawn.rows[0];
    return row ? { code, ...row } : null;
  });
}

/** A step whose code was right, used up. Refuses with signIn.stepOver or signIn.wrongCode; unknown people are answered alike. */
export async function redeemCode<T>(
  db: Db,
  { step, code }: { step: string; code: string },
  purpose: StepPurpose,
  now: Instant,
  then: (client: PoolClient, opened: Step) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await tryStep(db, step, [purpose], now);
  if (!opened) return refuse(stepOver);
  const typed = code.replace(/\s/g, '').slice(0, 12);
  const right = opened.answer === null ? await pretendToVerify(typed) : await verifyPassword(typed, opened.answer);
  if (!right) return refuse(wrongCode);
  return within(db, opened.tenant, async (client) =>
    (await useUp(client, opened, now)) ? then(client, opened) : refuse(stepOver),
  );
}

/** Signs in by a code that was sent; whoever has a second factor is asked for it next. */
export function enterByCode(db: Db, wish: { step: string; code: string }, origin: Origin): Promise<Result<Entrance>> {
  const now = origin.now ?? Date.now();
  return redeemCode(db, wish, 'signInCode', now, async (client, { tenant, personId }) => {
    const person = personId === null ? null : await activePerson(client, tenant, personId);
    return person ? accept(await admit(client, tenant, person, origin, 'code')) : refuse(stepOver);
  });
}
