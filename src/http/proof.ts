import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { Viewer } from './who.ts';

/** How long a sign-in or a password that was shown again lets somebody change what secures his account. */
const FRESH = 15 * MINUTE;

export const isFresh = ({ provedAt }: { provedAt: Instant }): boolean => Date.now() - provedAt < FRESH;

/** Why what secures an account cannot be changed now: a browser left open must not be enough. Undefined when it can. */
export const proofFault = ({ session }: Viewer): Refusal | undefined =>
  session !== null && isFresh(session) ? undefined : proofNeeded;

const proofNeeded = refusal(
  'account.proofNeeded',
  text('为安全起见，请再输入一次密码', 'Please enter your password once more'),
);
