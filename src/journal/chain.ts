import { hash, randomFillSync } from 'node:crypto';
import { refOfActor } from '#case/draft.ts';
import type { CaseEvent } from '#case/event.ts';
import type { Instant } from '#kernel/instant.ts';

/** One line of the journal as it is written: the exact texts, their digests and the link to the line before. */
export interface SealedEntry {
  caseId: string;
  seq: number;
  type: string;
  at: Instant;
  actor: string;
  data: string;
  personal: string | null;
  salt: Buffer;
  personalSalt: Buffer | null;
  dataDigest: Buffer;
  personalDigest: Buffer | null;
  prevHash: Buffer;
  hash: Buffer;
}

/** What stands before the first entry of every case. */
export const GENESIS = Buffer.alloc(32);
const SALT = 16;

const sha256 = (input: Buffer | string): Buffer => hash('sha256', input, 'buffer');

/** SHA-256 over a salt followed by the exact text. With the salt erased too, the text cannot be guessed back. */
export function saltedDigest(salt: Buffer, text: string): Buffer {
  // A character takes at most three bytes of UTF-8; what is too long for the desk is put together apart.
  if (salt.length + text.length * 3 > desk.length) return sha256(Buffer.concat([salt, Buffer.from(text)]));
  salt.copy(desk);
  return sha256(desk.subarray(0, salt.length + desk.write(text, salt.length)));
}
const desk = Buffer.allocUnsafeSlow(65_536);

let lastActor = { actor: '', digest: '' };
/** One request's entries mostly have one actor. */
function actorDigest(actor: string): string {
  if (lastActor.actor !== actor) lastActor = { actor, digest: sha256(actor).toString('hex') };
  return lastActor.digest;
}

/** The link: SHA-256 over the previous hash and everything that identifies the entry. Texts go in as digests only. */
export function linkHash(
  tenant: string,
  entry: Omit<SealedEntry, 'data' | 'personal' | 'salt' | 'personalSalt' | 'hash'>,
): Buffer {
  const header = [
    tenant,
    entry.caseId,
    entry.seq,
    entry.type,
    entry.at,
    actorDigest(entry.actor),
    entry.dataDigest.toString('hex'),
    entry.personalDigest?.toString('hex') ?? '-',
  ].join('|');
  return saltedDigest(entry.prevHash, header);
}

// Random bytes are drawn in bulk: one system call per entry would cost more than the hashing.
let pool = Buffer.alloc(0);
let used = 0;
function freshSalt(): Buffer {
  if (used + SALT > pool.length) {
    pool = randomFillSync(Buffer.alloc(4096 * SALT));
    used = 0;
  }
  used += SALT;
  return pool.subarray(used - SALT, used);
}

/** Seals the events that follow `prevHash` (seq `fromSeq`) on one case. */
export function seal(
  tenant: string,
  caseId: string,
  fromSeq: number,
  prevHash: Buffer,
  events: readonly CaseEvent[],
): SealedEntry[] {
  let link = prevHash;
  return events.map((event, index) => {
    const data = JSON.stringify(event.data);
    const personal = event.personal && Object.keys(event.personal).length > 0 ? JSON.stringify(event.personal) : null;
    const salt = freshSalt();
    const personalSalt = personal === null ? null : freshSalt();
    const entry = {
      caseId,
      seq: fromSeq + index + 1,
      type: event.type,
      at: event.at,
      actor: JSON.stringify(refOfActor(event.actor)),
      dataDigest: saltedDigest(salt, data),
      personalDigest: personal === null || personalSalt === null ? null : saltedDigest(personalSalt, personal),
      prevHash: link,
    };
    link = linkHash(tenant, entry);
    return { ...entry, data, personal, salt, personalSalt, hash: link };
  });
}

/** SHA-256 in lower-case hexadecimal over UTF-8. */
export const digestText = (text: string): string => hash('sha256', text, 'hex');
