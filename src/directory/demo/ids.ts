import { createHash } from 'node:crypto';

/** The company everything in the demo belongs to. */
export const DEMO_TENANT = 'demo';

/** The same id for the same name at every start (version 5 form), so that stories can name people and rooms. */
export function demoId(kind: string, name: string): string {
  const h = createHash('sha256').update(`huiyin demo ${kind} ${name}`).digest('hex');
  const variant = ((Number.parseInt(h.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-${variant}${h.slice(18, 20)}-${h.slice(20, 32)}`;
}

/** A door code that stories can type. Only the demo's are predictable. */
export function demoDoorCode(name: string): string {
  return `${DEMO_TENANT}.${createHash('sha256').update(`huiyin demo door ${name}`).digest('base64url').slice(0, 32)}`;
}
