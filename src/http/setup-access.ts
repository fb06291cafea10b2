import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
const LOCAL_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether a request comes from a browser on this machine: by the socket's own address. Headers can only speak against it,
 * because a proxy on this machine brings other people's requests, and another site's name may be made to point here.
 */
export function isFromHere(request: FastifyRequest): boolean {
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? '') &&
    LOCAL_NAME.test(request.headers.host ?? '') &&
    FORWARDED.every((name) => request.headers[name] === undefined)
  );
}

/**
 * Why somebody may not answer the first question: an installation that nobody has claimed belongs to whoever sits at the
 * machine, or can read the code on its terminal. `code` is null when the program listens to this machine only.
 */
export function setupFault(
  request: FastifyRequest,
  given: string | undefined,
  code: string | null,
): Refusal | undefined {
  if (isFromHere(request)) return undefined;
  if (code === null) return notHere;
  if (given === undefined || given.trim() === '') return codeNeeded;
  return sameCode(given, code) ? undefined : codeWrong;
}

/** Case, blanks and hyphens do not matter: people read it from another screen. */
function sameCode(given: string, code: string): boolean {
  const digest = (words: string): Buffer =>
    createHash('sha256').update(words.toUpperCase().replace(/[\s-]/g, '')).digest();
  return timingSafeEqual(digest(given), digest(code));
}

const notHere = refusal(
  'setup.notHere',
  text(
    '首次设置只能在运行回音的那台电脑上进行：请在那台电脑的浏览器里打开启动时显示的地址',
    'The first set-up is done on the computer that runs Huiyin: open the address it printed at its start in a browser there',
  ),
);
const codeNeeded = refusal(
  'setup.codeNeeded',
  text(
    '请填写设置码：它显示在运行回音的终端里，启动信息的下一行',
    'Enter the set-up code: it stands on the terminal that runs Huiyin, on the line after the start message',
  ),
  { field: 'code' },
);
const codeWrong = refusal(
  'setup.codeWrong',
  text(
    '设置码不对：请看运行回音的终端里最近一次启动显示的那个',
    'That is not the set-up code: look for the one that the latest start printed on the terminal that runs Huiyin',
  ),
  { field: 'code' },
);
