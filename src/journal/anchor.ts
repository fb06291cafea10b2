import { hash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { transaction } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import type { Instant } from '#kernel/instant.ts';
import type { AnchorKey } from './anchor-key.ts';
import { merkleRoot } from './merkle.ts';

/** How far one case had come when an anchor was cast. Its hash vouches for every entry before it. */
export interface Head {
  tenant_id: string;
  case_id: string;
  seq: number;
  hash: Buffer;
  entries: number;
}

/** A signed summary of everything that a range of finished transactions wrote. */
export interface Anchor {
  number: number;
  at: Instant;
  fromXid: number;
  toXid: number;
  cases: number;
  entries: number;
  root: Buffer;
  previous: Buffer;
  digest: Buffer;
  keyId: string;
  signature: Buffer;
}

export const leafOf = (head: Head): string =>
  `${head.tenant_id}|${head.case_id}|${head.seq}|${Buffer.from(head.hash).toString('hex')}`;

/** What is signed. */
export function anchorDigest(a: Omit<Anchor, 'digest' | 'signature'>): Buffer {
  const text = ['huiyin anchor 1', a.number, a.at, a.fromXid, a.toXid, a.cases, a.entries, a.keyId];
  return hash('sha256', Buffer.concat([a.previous, a.root, Buffer.from(text.join('|'))]), 'buffer');
}

const COLUMNS = `number, at, from_xid as "fromXid", to_xid as "toXid", cases, entries, root, previous, digest,
  key_id as "keyId", signature`;
const newest = statement<Anchor>('anchor.newest', `select ${COLUMNS} from huiyin.anchor order by number desc limit 1`);
const all = statement<Anchor>('anchor.all', `select ${COLUMNS} from huiyin.anchor order by number`);
const heads = statement<Head>('anchor.heads', 'select * from huiyin.journal_heads($1, $2)');
const horizon = statement<{ xid: number }>(
  'anchor.horizon',
  'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid',
);
const write = statement<never>(
  'anchor.write',
  `insert into huiyin.anchor (number, at, from_xid, to_xid, cases, entries, root, previous, digest, key_id, signature)
   values ($1, huiyin.instant($2), $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

export const readAnchors = (on: Pool | PoolClient): Promise<Anchor[]> => all.run(on);
export const readHeads = (on: Pool | PoolClient, from: number, to: number): Promise<Head[]> =>
  heads.run(on, [from, to]);

export const anchorLog = (dataDir: string): string => join(dataDir, 'anchors.log');

/**
 * Casts an anchor over everything written since the last one by transactions that are finished for certain; whatever
 * commits late falls into a later range and is never skipped. Answers undefined when nothing was written.
 * @param dataDir also gets the anchor, with every head it covers, in `anchors.log`.
 */
export async function castAnchor(
  pool: Pool,
  key: AnchorKey,
  dataDir: string,
  now: Instant,
): Promise<Anchor | undefined> {
  return transaction(pool, async (client) => {
    await oneAtATime(client, 'anchor');
    const last = await newest.one(client);
    const fromXid = last?.toXid ?? 0;
    const toXid = (await horizon.one(client))?.xid ?? 0;
    const covered = toXid > fromXid ? await readHeads(client, fromXid, toXid) : [];
    if (covered.length === 0) return undefined;
    const bare = {
      number: (last?.number ?? 0) + 1,
      at: now,
      fromXid,
      toXid,
      cases: covered.length,
      entries: covered.reduce((sum, head) => sum + head.entries, 0),
      root: merkleRoot(covered.map(leafOf)),
      previous: last?.digest ?? Buffer.alloc(32),
      keyId: key.id,
    };
    const digest = anchorDigest(bare);
    const anchor: Anchor = { ...bare, digest, signature: key.sign(digest) };
    await write.run(client, [
      anchor.number,
      now,
      fromXid,
      toXid,
      anchor.cases,
      anchor.entries,
      anchor.root,
      anchor.previous,
      digest,
      key.id,
      anchor.signature,
    ]);
    // Before the commit: a line too many is recognised by its number, a line too few would look like a removed anchor.
    appendFileSync(anchorLog(dataDir), `${JSON.stringify(toLine(anchor, covered))}\n`, { mode: 0o600, flush: true });
    return anchor;
  });
}

const hex = z.string().regex(/^[0-9a-f]*$/);
const line = z.object({
  number: z.number(),
  at: z.number(),
  fromXid: z.number(),
  toXid: z.number(),
  cases: z.number(),
  entries: z.number(),
  root: hex,
  previous: hex,
  digest: hex,
  keyId: z.string(),
  signature: hex,
  heads: z.array(z.string()),
});

function toLine(anchor: Anchor, covered: readonly Head[]): z.infer<typeof line> {
  const { root, previous, digest, signature, ...plain } = anchor;
  const text = (bytes: Buffer): string => bytes.toString('hex');
  return {
    ...plain,
    root: text(root),
    previous: text(previous),
    digest: text(digest),
    signature: text(signature),
    heads: covered.map(leafOf),
  };
}

export type AnchorLog = { anchor: Anchor; heads: string[] }[];

/** The anchors kept outside the database, with the leaves they were made of. A line that cannot be read counts as missing. */
export function readAnchorLog(dataDir: string): AnchorLog {
  const path = anchorLog(dataDir);
  if (!existsSync(path)) return [];
  const found = new Map<number, { anchor: Anchor; heads: string[] }>();
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    const read = text === '' ? undefined : line.safeParse(tryJson(text));
    if (!read?.success) continue;
    const { heads: leaves, root, previous, digest, signature, ...plain } = read.data;
    const bytes = (h: string): Buffer => Buffer.from(h, 'hex');
    const anchor = {
      ...plain,
      root: bytes(root),
      previous: bytes(previous),
      digest: bytes(digest),
      signature: bytes(signature),
    };
    // A line written just before a crash is followed by the one that took its number.
    found.set(anchor.number, { anchor, heads: leaves });
  }
  return [...found.values()];
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
