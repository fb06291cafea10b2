import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';
import { hashOf, newToken, readToken } from './token.ts';

/** What the second of two requests is for. */
export type StepPurpose = 'secondFactor' | 'signInCode' | 'proveContact' | 'signInPasskey' | 'addPasskey' | 'ownerCode';

/** How long the second request may be waited for. */
export const STEP_LIFE = 10 * MINUTE;
const MOST_TRIES = 5;

/** A first half that waits for its second. */
export interface Step {
  tenant: string;
  stepId: string;
  purpose: StepPurpose;
  /** Null: nobody with that name. The answers are the same as for somebody. */
  personId: string | null;
  caseId: string | null;
  way: string;
  contact: string | null;
  /** scrypt of a code that was sent, or the question a passkey was asked. */
  answer: string | null;
}

/** Begins a step; the token is told to whoever asked, and only its hash is kept. */
export async function newStep(
  client: PoolClient,
  tenant: string,
  step: { purpose: StepPurpose } & Partial<Pick<Step, 'personId' | 'caseId' | 'way' | 'contact' | 'answer'>>,
  now: Instant,
): Promise<{ token: string; stepId: string; expiresAt: Instant }> {
  const token = newToken(tenant);
  const expiresAt = now + STEP_LIFE;
  // A few thousand an hour at most; what nobody can use any more goes with the next one.
  await client.query('delete from huiyin.account_step where tenant_id = $1 and expires_at < $2', [
    tenant,
    toTimestamp(now - STEP_LIFE),
  ]);
  const made = await client.query<{ id: string }>(
    `insert into huiyin.account_step (tenant_id, token_hash, purpose, person_id, case_id, way, contact, answer, made_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning step_id as id`,
    [
      tenant,
      token.hash,
      step.purpose,
      step.personId ?? null,
      step.caseId ?? null,
      step.way ?? '',
      step.contact ?? null,
      step.answer ?? null,
      toTimestamp(now),
      toTimestamp(expiresAt),
    ],
  );
  return { token: token.text, stepId: made.rows[0]?.id ?? '', expiresAt };
}

/** Opens a step for one try, which is counted first; null when it is unknown, over, used, or was tried five times. */
export async function tryStep(
  db: Db,
  token: string | undefined,
  purposes: readonly StepPurpose[],
  now: Instant,
): Promise<Step | null> {
  const parts = readToken(token);
  if (!parts) return null;
  return within(db, parts.tenant, async (client) => {
    const found = await client.query<Omit<Step, 'tenant'>>(
      `update huiyin.account_step set tries = tries + 1
        where tenant_id = $1 and token_hash = $2 and purpose = any($3) and used_at is null and expires_at > $4 and tries < $5
        returning step_id as "stepId", purpose, person_id as "personId", case_id as "caseId", way, contact, answer`,
      [parts.tenant, hashOf(parts.secret), purposes, toTimestamp(now), MOST_TRIES],
    );
    const row = found.rows[0];
    return row ? { tenant: parts.tenant, ...row } : null;
  });
}

/** Uses a step up. False when somebody was faster: then nothing may follow from it. */
export async function useUp(client: PoolClient, step: Step, now: Instant): Promise<boolean> {
  const used = await client.query(
    'update huiyin.account_step set used_at = $3 where tenant_id = $1 and step_id = $2 and used_at is null',
    [step.tenant, step.stepId, toTimestamp(now)],
  );
  return used.rowCount === 1;
}
