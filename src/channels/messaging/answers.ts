import { refusal } from '#kernel/refusal.ts';
import { type Result, refuse } from '#kernel/result.ts';
import { type Text, text } from '#kernel/text.ts';
import type { Finding, NewToken, Sent, Wire, WireAnswer } from './messenger.ts';

export const badSignature = refuse(
  refusal(
    'channel.badSignature',
    text(
      '签名不对：Token 或密钥与对方后台填的不一致',
      'The signature is wrong: token or key differ from those entered at the service',
    ),
  ),
) satisfies Result<never>;
export const unreadable = refuse(
  refusal(
    'channel.unreadable',
    text('内容读不出来：密钥、接收方 ID 或格式不对', 'It cannot be read: wrong key, receiver or format'),
  ),
) satisfies Result<never>;

/** JSON, read; undefined when it is none. */
export function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
/** What a service put where a record belongs; without anything in it when it is none. */
export const recordIn = (value: unknown): { [name: string]: unknown } =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
/** An answer of the service, as a record. Throws to be tried again when there is none. */
export function jsonOf({ status, bytes }: WireAnswer): { [name: string]: unknown } {
  const read: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof read !== 'object' || read === null) throw new Error(`the service answered ${status} without a record`);
  return recordIn(read);
}
export const wordsIn = (record: { [name: string]: unknown }, name: string): string => {
  const value = record[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What an error code of a service means to us. */
export interface Meaning {
  said: Text;
  /** The same would be said again. */
  final: boolean;
}
export type Meanings = { [code: string]: Meaning };
export const final = (zh: string, en: string): Meaning => ({ said: text(zh, en), final: true });
export const later = (zh: string, en: string): Meaning => ({ said: text(zh, en), final: false });

/** What is written down of a refusal by the service; codes nobody has listed are final, because they would be said again. */
export function refusedBy(kind: string, meanings: Meanings, code: string, message: string): Sent & { ok: false } {
  const { said, final: end } = meanings[code] ?? { said: text('对方拒收', 'The service refused'), final: true };
  const tail = `（${code} ${message.slice(0, 160)}）`;
  return {
    ok: false,
    final: end,
    why: refusal(`${kind}.${code}`, text(`${said.zh}${tail}`, `${said.en} (${code} ${message.slice(0, 160)})`)),
  };
}

/** Where a company has set no template for codes, none is sent. */
export const noTemplate = (kind: string): Promise<Sent> =>
  Promise.resolve(
    refusedBy(kind, { noTemplate: final('没有设置验证码模板', 'No template for codes is set') }, 'noTemplate', ''),
  );

/** The same refusal as a finding of a check. */
export const notWell = (what: Text, sent: Sent & { ok: false }): Finding => ({
  what,
  ok: false,
  said: sent.why.message,
});
export const well = (what: Text, zh = '正常', en = 'Well'): Finding => ({ what, ok: true, said: text(zh, en) });

/** A refusal that stands in the way of a token. */
export class NoToken extends Error {
  readonly sent: Sent & { ok: false };
  constructor(sent: Sent & { ok: false }) {
    super(sent.why.message.en);
    this.sent = sent;
  }
}

/**
 * Asks with the shared token; when the service says that it is none any more, once again with a new one. Of several
 * processes only one fetches it.
 */
export async function withToken<T>(
  wire: Wire,
  fetchNew: () => Promise<NewToken>,
  ask: (token: string) => Promise<T>,
  isStale: (answer: T) => boolean,
): Promise<T> {
  const token = await wire.token(fetchNew);
  const first = await ask(token);
  return isStale(first) ? ask(await wire.token(fetchNew, token)) : first;
}
