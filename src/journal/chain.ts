import { hash, randomFillSync } from 'node:crypto';
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
export const saltedDigest = (salt: Buffer, text: string): Buffer => sha256(Buffer.concat([salt, Buffer.from(text)]));

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
    sha256(entry.actor).toString('hex'),
    entry.dataDigest.toString('hex'),
    entry.personalDigest?.toString('hex') ?? '-',
  ].join('|');
  return sha256(Buffer.concat([entry.prevHash, Buffer.from(header)]));
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
      actor: JSON.stringify({ kind: event.actor.kind, personId: event.actor.personId, name: event.actor.name }),
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
