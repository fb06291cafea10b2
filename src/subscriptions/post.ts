import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { INNER_NAME, innerNumber, outerOnly } from '#handling/inner-address.ts';
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

/** Why nothing may be sent to an address, as far as can be told without asking for its name; undefined when it may. */
export function addressFault(written: string, inner: boolean): Refusal | undefined {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return badAddress;
  if (url.username !== '' || url.password !== '') return badAddress;
  if (inner) return undefined;
  if (url.protocol === 'http:') return notSecure;
  return innerNumber(url) ? innerAddress : undefined;
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
        ...(inner ? {} : { lookup: outerOnly }),
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
