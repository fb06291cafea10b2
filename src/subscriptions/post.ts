import { type LookupAddress, lookup as resolveName } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';

/** What the other side said. `status` is null when no answer came; `barred` when we may not go there at all. */
export interface Answered {
  status: number | null;
  words: string;
  barred: boolean;
}

const PATIENCE = 15_000;
const MOST_WORDS = 1_000;

// Everything that is not the open internet: this machine, the company's own network, the cloud's own addresses.
const INNER = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INNER.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(net, bits, 'ipv6');

/** Whether an address lies inside; IPv4 written as IPv6 counts as what it is. */
export function isInner(address: string): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const kind = isIP(plain);
  if (kind === 0) return true;
  return /^::ffff:/i.test(plain) || INNER.check(plain, kind === 4 ? 'ipv4' : 'ipv6');
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** Why nothing may be sent to an address, as far as can be told without asking for its name; undefined when it may. */
export function addressFault(written: string, inner: boolean): Refusal | undefined {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return badAddress;
  if (url.username !== '' || url.password !== '') return badAddress;
  if (inner) return undefined;
  if (url.protocol === 'http:') return notSecure;
  return isIP(hostOf(url)) !== 0 && isInner(hostOf(url)) ? innerAddress : undefined;
}

/**
 * Posts a body. Addresses inside are refused at the moment of connecting, on what the name really stands for, so that a
 * name which changes its meaning in between gains nothing; redirections are not followed. Never rejects.
 */
export function post(
  written: string,
  body: string,
  headers: Record<string, string>,
  inner: boolean,
): Promise<Answered> {
  const fault = addressFault(written, inner);
  if (fault) return Promise.resolve({ status: null, words: fault.message.en, barred: true });
  const url = new URL(written);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const done = (answered: Answered): void => {
      clearTimeout(timer);
      resolve(answered);
    };
    const sent = send(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: inner ? (resolveName as LookupFunction) : outerOnly,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Huiyin-Webhook',
          ...headers,
        },
      },
      (answer) => {
        const status = answer.statusCode ?? null;
        let words = '';
        const finish = (): void => done({ status, words: words.slice(0, MOST_WORDS), barred: false });
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          words += part;
          if (words.length > MOST_WORDS) {
            finish();
            sent.destroy();
          }
        });
        answer.on('end', finish);
        answer.on('error', finish);
      },
    );
    const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
    sent.on('error', (cause) =>
      done({ status: null, words: cause.message.slice(0, MOST_WORDS), barred: cause.message === INNER_NAME }),
    );
    sent.end(body);
  });
}

const INNER_NAME = 'the name stands for an address inside';

const outerOnly: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (cause, found: LookupAddress[] = []) => {
    const [first] = found;
    if (cause || !first) return callback(cause ?? new Error(`${hostname} has no address`), '', 0);
    if (found.some(({ address }) => isInner(address))) return callback(new Error(INNER_NAME), '', 0);
    if (options.all) return callback(null, found);
    callback(null, first.address, first.family);
  });
};

const badAddress = refusal(
  'webhook.badAddress',
  text('网址须以 https:// 开头', 'The address must begin with https://'),
  {
    field: 'url',
  },
);
const notSecure = refusal(
  'webhook.notSecure',
  text(
    '只发往 https 网址；内网地址须由管理员用 HUIYIN_WEBHOOK_PRIVATE 放行',
    'Only https addresses; addresses inside are allowed by HUIYIN_WEBHOOK_PRIVATE',
  ),
  { field: 'url' },
);
const innerAddress = refusal(
  'webhook.inside',
  text(
    '不能发往内网或本机地址；确有需要，由管理员用 HUIYIN_WEBHOOK_PRIVATE 放行',
    'Addresses inside are barred unless HUIYIN_WEBHOOK_PRIVATE allows them',
  ),
  { field: 'url' },
);
