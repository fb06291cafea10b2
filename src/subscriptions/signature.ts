import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A fresh secret of 256 random bits. */
export const newSecret = (): Buffer => randomBytes(32);
/** A secret as it is shown once to whoever will check signatures with it. */
export const saySecret = (secret: Buffer): string => `${PREFIX}${secret.toString('base64')}`;

/**
 * The headers of one sending, as Standard Webhooks writes them: HMAC-SHA256 over id, moment (seconds) and body, once for
 * each secret that is valid now.
 */
export function signedHeaders(
  id: string,
  at: number,
  body: string,
  secrets: readonly Buffer[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
