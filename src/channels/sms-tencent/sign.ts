import { createHash, createHmac } from 'node:crypto';

const sha256 = (words: string): string => createHash('sha256').update(words, 'utf8').digest('hex');
const hmac = (key: string | Buffer, words: string): Buffer => createHmac('sha256', key).update(words, 'utf8').digest();

/** One POST of JSON to be signed. */
export interface ToSign {
  secretId: string;
  secretKey: string;
  service: string;
  host: string;
  body: string;
  /** Seconds since 1970, as they go into X-TC-Timestamp. */
  timestamp: number;
}

/** The Authorization of a request by TC3-HMAC-SHA256 over content-type and host. The key of each day is drawn from the secret. */
export function tc3Authorization({ secretId, secretKey, service, host, body, timestamp }: ToSign): string {
  const day = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${day}/${service}/tc3_request`;
  const headers = `content-type:application/json; charset=utf-8\nhost:${host}\n`;
  const request = ['POST', '/', '', headers, 'content-type;host', sha256(body)].join('\n');
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(request)].join('\n');
  const key = hmac(hmac(hmac(`TC3${secretKey}`, day), service), 'tc3_request');
  const signature = hmac(key, toSign).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}
