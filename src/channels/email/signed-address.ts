import { createHmac, timingSafeEqual } from 'node:crypto';

/** The address mail is sent from, taken apart. */
export interface OwnAddress {
  local: string;
  domain: string;
}

const MARK = 10;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const PLACE = /^([A-Z]{2,4}\d{4,8}-\d{1,9})\.([a-z2-7]{16})$/i;
const CASE_MESSAGE = /<?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.(\d{1,9})\.([a-z2-7]{16})@[^>\s]+>?/gi;

/** Takes `物业 <cases@wy.example>` or `cases@wy.example` apart; null when it holds no address. */
export function ownAddress(from: string): OwnAddress | null {
  const found = /<([^<>\s]+)@([^<>\s@]+)>\s*$/.exec(from) ?? /^\s*([^<>\s]+)@([^<>\s@]+)\s*$/.exec(from);
  return found?.[1] && found[2] ? { local: found[1], domain: found[2].toLowerCase() } : null;
}

/** The address of one case: whatever comes to it belongs to that case, and nobody can guess it for another. */
export const caseAddress = (own: OwnAddress, secret: Uint8Array, number: string): string =>
  `${own.local}+${number}.${mark(secret, `address ${number}`)}@${own.domain}`;

/** The number of the case that an address of ours was made for; null for every other address. */
export function numberOfAddress(own: OwnAddress, secret: Uint8Array, address: string): string | null {
  const at = address.lastIndexOf('@');
  const [local = '', tag = ''] = splitOnce(address.slice(0, at), '+');
  if (local.toLowerCase() !== own.local.toLowerCase() || address.slice(at + 1).toLowerCase() !== own.domain)
    return null;
  const [, number = '', given = ''] = PLACE.exec(tag) ?? [];
  const wanted = number.toUpperCase();
  return number !== '' && same(given, mark(secret, `address ${wanted}`)) ? wanted : null;
}

/** The id of the message that tells of entry `seq` of a case. Signed, so that an answer to it is known as one. */
export const caseMessageId = (own: OwnAddress, secret: Uint8Array, caseId: string, seq: number): string =>
  `<${caseId}.${seq}.${mark(secret, `message ${caseId}.${seq}`)}@${own.domain}>`;

/** Every message of ours that a text names, e.g. References or the copy inside a bounce. */
export function messagesNamedIn(secret: Uint8Array, text: string): { caseId: string; seq: number }[] {
  return [...text.matchAll(CASE_MESSAGE)].flatMap(([, id = '', seq = '', given = '']) => {
    const caseId = id.toLowerCase();
    return same(given, mark(secret, `message ${caseId}.${seq}`)) ? [{ caseId, seq: Number(seq) }] : [];
  });
}

/** 80 bits, in letters and digits that survive servers which fold case. */
function mark(secret: Uint8Array, what: string): string {
  const bits = createHmac('sha256', secret).update(what).digest().subarray(0, MARK);
  const all = [...bits].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (all.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)] ?? '').join('');
}

const same = (given: string, wanted: string): boolean =>
  given.length === wanted.length && timingSafeEqual(Buffer.from(given.toLowerCase()), Buffer.from(wanted));

function splitOnce(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
