import { createHmac, randomUUID } from 'node:crypto';

/** What an exchange tells of a call, signed as Standard Webhooks does. */
export async function tell(
  url: string,
  secret: string,
  message: object,
  { at = Date.now(), id = randomUUID() as string } = {},
): Promise<Response> {
  const body = JSON.stringify(message);
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}
