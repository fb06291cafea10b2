import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { WebSocket } from 'ws';
import { innerNumber, outerOnly } from '#handling/inner-address.ts';
import type { Wire, WireAnswer } from './messenger.ts';

const PATIENCE = 8_000;
const LARGEST = 30 * 1024 * 1024;

/**
 * Asks a service, or fetches a file from where it says the file is: both only outside, unless `inner`. Rejects when no
 * answer comes in time, when it is too large, and when it leads elsewhere; the address itself, which may carry a token,
 * is in no message.
 */
export function askOut(address: string, inner: boolean, init: Parameters<Wire['fetch']>[1] = {}): Promise<WireAnswer> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return Promise.reject(new Error('this is no address'));
  if (!inner && innerNumber(url)) return Promise.reject(new Error('the address lies inside'));
  const { method = 'GET', headers = {}, body } = init;
  const begin = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: false, signal: AbortSignal.timeout(PATIENCE) };
    const sent = begin(url, { ...options, ...(inner ? {} : { lookup: outerOnly }) }, (answer) =>
      read(answer).then(resolve, reject),
    );
    sent.on('error', (cause) => reject(new Error(causeOf(cause))));
    sent.end(body);
  });
}

/**
 * Opens a line to where a service says that it is: sealed and outside, unless `inner`. Throws when the address itself
 * shows that it is not; a name that stands for a machine inside fails while connecting, as an `error` of the line.
 */
export function openLine(address: string, inner: boolean): WebSocket {
  const url = URL.canParse(address) ? new URL(address) : null;
  const may = inner
    ? url?.protocol === 'wss:' || url?.protocol === 'ws:'
    : url?.protocol === 'wss:' && !innerNumber(url);
  if (!url || !may) throw new Error('the line would lead inside, or is not sealed');
  const options = { handshakeTimeout: PATIENCE, maxPayload: LARGEST, perMessageDeflate: false };
  return new WebSocket(url, { ...options, ...(inner ? {} : { lookup: outerOnly }) });
}

async function read(answer: IncomingMessage): Promise<WireAnswer> {
  const status = answer.statusCode ?? 0;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > LARGEST) throw new Error('the answer is too large');
    parts.push(bytes);
  }
  if (status >= 300 && status < 400) throw new Error(`the service leads elsewhere (${status})`);
  return { status, type: answer.headers['content-type'] ?? '', bytes: Buffer.concat(parts) };
}

/** Of a name with several addresses each has failed for itself, and only the code says how. */
const causeOf = (cause: Error & { code?: string }): string =>
  cause.name === 'AbortError' ? `no answer within ${PATIENCE / 1000} s` : cause.message || (cause.code ?? cause.name);
