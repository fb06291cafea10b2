import { verify } from 'node:crypto';
import { type Anchor, anchorDigest, leafOf } from '#journal/anchor.ts';
import { checkPublicKey, readMember } from './check-seal.ts';
import type { Findings } from './findings.ts';
import { ANCHORS, anchorsSchema, type DossierAnchor, type DossierIndex, type DossierRow } from './format.ts';
import { rootOf } from './merkle-path.ts';
import type { Members } from './zip.ts';

/** Checks every anchor: that it says what was signed, and that this very journal is among what it vouches for. Answers how many. */
export function checkAnchors(members: Members, index: DossierIndex, rows: DossierRow[], found: Findings): number {
  const read = readMember(members, ANCHORS, anchorsSchema, found);
  if (!read) return 0;
  const key = checkPublicKey(read.publicKeyPem, ANCHORS, found);
  for (const anchor of read.anchors) {
    const name = `${ANCHORS}:${anchor.number}`;
    const cast = bytesOf(anchor);
    if (Buffer.compare(anchorDigest(cast), cast.digest) !== 0)
      found.broken('anchor.changed', name, '锚点内容与其摘要不符', 'The anchor does not match its digest');
    if (!key?.fingerprint.startsWith(anchor.keyId))
      found.note(
        'anchor.otherKey',
        name,
        `锚点由另一把密钥（${anchor.keyId}）签名，本卷宗不含其公钥`,
        `The anchor was signed with another key (${anchor.keyId}), which this dossier does not hold`,
      );
    else if (!verify(null, cast.digest, key.key, cast.signature))
      found.broken('anchor.signature', name, '锚点签名不符', 'The signature of the anchor does not match');
    checkProof(anchor, index, rows, name, found);
  }
  const anchored = Math.max(0, ...read.anchors.map(({ head }) => head.seq));
  if (anchored < rows.length)
    found.note(
      'anchor.notYet',
      ANCHORS,
      `第 ${anchored + 1}–${rows.length} 条日志在封存时尚无锚点覆盖`,
      `Entries ${anchored + 1} to ${rows.length} were not yet covered by an anchor when this was sealed`,
    );
  return read.anchors.length;
}

function checkProof(
  { head, path, root }: DossierAnchor,
  index: DossierIndex,
  rows: DossierRow[],
  name: string,
  found: Findings,
): void {
  if (rows[head.seq - 1]?.hash !== head.hash)
    found.broken(
      'anchor.contradiction',
      name,
      `锚点作出时第 ${head.seq} 条日志不是现在的内容`,
      `When the anchor was cast, entry ${head.seq} was not what it is now`,
    );
  const leaf = leafOf({
    tenant_id: index.tenant,
    case_id: index.case.id,
    seq: head.seq,
    hash: Buffer.from(head.hash, 'hex'),
    entries: 0,
  });
  if (rootOf(leaf, path).toString('hex') !== root)
    found.broken(
      'anchor.proof',
      name,
      '本件日志不在该锚点之内',
      'This journal is not among what the anchor vouches for',
    );
}

function bytesOf(anchor: DossierAnchor): Anchor {
  const { root, previous, digest, signature, number, at, fromXid, toXid, cases, entries, keyId } = anchor;
  const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
  return {
    number,
    at,
    fromXid,
    toXid,
    cases,
    entries,
    keyId,
    root: bytes(root),
    previous: bytes(previous),
    digest: bytes(digest),
    signature: bytes(signature),
  };
}
