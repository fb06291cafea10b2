import { createHmac } from 'node:crypto';

/** Percent-encoding of the POP signature: RFC 3986, upper-case hexadecimal, nothing but letters, digits and - _ . ~ kept. */
const encode = (words: string): string =>
  encodeURIComponent(words).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The query of a signed request: parameters in the order of their names, HMAC-SHA1 with the secret and an ampersand, Base64. */
export function signedQuery(method: 'GET' | 'POST', params: { [name: string]: string }, secret: string): string {
  const query = Object.entries(params)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  const signature = createHmac('sha1', `${secret}&`)
    .update(`${method}&${encode('/')}&${encode(query)}`)
    .digest('base64');
  return `Signature=${encode(signature)}&${query}`;
}
