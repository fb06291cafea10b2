import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, MINUTE } from '#kernel/instant.ts';

/** How far the exchange's clock may be from ours; what is older may be somebody's copy of a true message. */
const TOLERANCE = 5 * MINUTE;

/** What a message says of itself, as Standard Webhooks writes it. */
export interface Signed {
  id: string;
  /** Seconds. */
  timestamp: string;
  /** One or more of `v1,base64`, by blanks. */
  signature: string;
}

/** Whether a message was signed with the secret, within minutes of `now`: HMAC-SHA256 over id, moment and body. */
export function isGenuine({ id, timestamp, signature }: Signed, body: string, secret: Buffer, now: Instant): boolean {
  if (id === '' || !/^\d{9,11}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > TOLERANCE) return false;
  const own = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest();
  return signature
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .some((one) => {
      const theirs = Buffer.from(one.slice(3), 'base64');
      return theirs.length === own.length && timingSafeEqual(theirs, own);
    });
}
