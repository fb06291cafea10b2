import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

// The envelope that WeChat, WeCom and DingTalk have in common (WXBizMsgCrypt): AES-256-CBC, the key's first 16 bytes as
// initial vector, PKCS#7 to blocks of 32; inside: 16 random bytes, length (big-endian, 4 bytes), words, receiver.
const BLOCK = 32;
const RANDOM = 16;

/** SHA-1 over the parts, sorted and joined: signature of WeChat, msg_signature of all three. Lower-case hexadecimal. */
export const sortedSha1 = (...parts: string[]): string =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex');

/** Compares in constant time; a missing one never fits. */
export function sameSign(given: string | null | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether it is an EncodingAESKey: 43 signs of Base64 for 32 bytes. */
export const isAesKey = (words: string): boolean => /^[A-Za-z0-9+/]{43}$/.test(words);

/** Opens an envelope; null when it was sealed with another key, for another receiver, or was changed. */
export function openEnvelope(sealed: string, aesKey: string, receiver: string): string | null {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const bytes = Buffer.from(sealed, 'base64');
  if (key.length !== 32 || bytes.length === 0 || bytes.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || pad > padded.length - RANDOM - 4) return null;
  const plain = padded.subarray(0, padded.length - pad);
  const end = RANDOM + 4 + plain.readUInt32BE(RANDOM);
  if (end > plain.length || plain.subarray(end).toString('utf8') !== receiver) return null;
  return plain.subarray(RANDOM + 4, end).toString('utf8');
}

/** Seals words into an envelope. */
export function sealEnvelope(words: string, aesKey: string, receiver: string, random = randomBytes(RANDOM)): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const body = Buffer.from(words, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(receiver, 'utf8')]);
  const pad = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    'base64',
  );
}
