import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Html, trusted } from './html.ts';

const read = (name: string): string => readFileSync(new URL(`public/${name}`, import.meta.url), 'utf8');

/** The script, served from our own address and cached by its digest; without what only we read: on a slow line every byte counts. */
export const script = read('owner.js')
  .replace(/^\s*\/\/.*$/gm, '')
  .replace(/^\s+/gm, '');
export const scriptHref = `/o/s/owner.js?v=${createHash('sha256').update(script).digest('base64url').slice(0, 12)}`;

// Line breaks and indentation are for us here too.
const css = read('owner.css')
  .trim()
  .replace(/\s*\n\s*/g, ' ')
  .replace(/([{};,]|: ) +/g, (sign) => sign.trim())
  .replace(/: /g, ':')
  .replace(/ ([{}>]) ?/g, '$1')
  .replaceAll(';}', '}');
/** The style sheet travels inside the page: one round trip on a slow line. */
export const style: Html = trusted(css);

/** Nothing from elsewhere, no script in the page, our own style sheet by its digest. */
export const contentPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
