import { createHash, randomBytes } from 'node:crypto';

/** A secret that names its company, so that every look-up goes to that company's rows only: `tenant.secret`. */
export interface Token {
  tenant: string;
  secret: string;
}

const TENANT = /^[a-z0-9]{4,16}$/;
const SECRET = /^[A-Za-z0-9_-]{16,64}$/;

/** A fresh token of 192 random bits. Only its hash is kept. */
export function newToken(tenant: string): { text: string; hash: Buffer } {
  const secret = randomBytes(24).toString('base64url');
  return { text: `${tenant}.${secret}`, hash: hashOf(secret) };
}

/** Takes a token apart; null when it is malformed. `prefix` is what keys begin with, e.g. 'hy_'. */
export function readToken(text: string | undefined, prefix = ''): Token | null {
  if (!text?.startsWith(prefix) || text.length > 128) return null;
  const [tenant = '', secret = '', ...more] = text.slice(prefix.length).split('.');
  return more.length === 0 && TENANT.test(tenant) && SECRET.test(secret) ? { tenant, secret } : null;
}

/** What the tables keep of a secret. Plain SHA-256 is enough, because nobody can guess 192 random bits. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
