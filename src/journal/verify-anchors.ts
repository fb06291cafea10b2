import type { PoolClient } from 'pg';
import { formatLocal } from '#clock/civil.ts';
import { type Anchor, type AnchorLog, anchorDigest, leafOf, readAnchors, readHeads } from './anchor.ts';
import type { AnchorKey } from './anchor-key.ts';
import { bookFinding, caseFinding, type Finding } from './finding.ts';
import { merkleRoot } from './merkle.ts';

/**
 * Checks the signed anchors, in the database and outside it, and through them every entry they cover: also one that was
 * rewritten together with all its hashes. Answers the findings and how many entries are covered.
 * @param numberOf the number of a case, for the people who read the findings.
 */
export async function verifyAnchors(
  client: PoolClient,
  log: AnchorLog,
  key: AnchorKey,
  numberOf: (caseId: string) => string | null,
): Promise<{ findings: Finding[]; anchors: number; covered: number }> {
  const findings: Finding[] = [];
  const inside = new Map((await readAnchors(client)).map((anchor) => [anchor.number, anchor]));
  const outside = new Map(log.map((line) => [line.anchor.number, line]));
  const last = Math.max(0, ...inside.keys(), ...outside.keys());
  let previous: Buffer = Buffer.alloc(32);
  let covered = 0;
  for (let number = 1; number <= last; number += 1) {
    const kept = inside.get(number);
    const logged = outside.get(number);
    // The line was written just before a crash and its transaction was rolled back.
    if (
      !kept &&
      number === last &&
      number === Math.max(0, ...inside.keys()) + 1 &&
      inside.size === number - 1 &&
      (await isUnborn(client, logged?.anchor))
    )
      break;
    if (!kept)
      findings.push(
        bookFinding('anchor.removed', `数据库中缺少第 ${number} 号锚`, `Anchor ${number} is missing from the database`),
      );
    else if (!logged)
      findings.push(
        bookFinding(
          'anchor.logCut',
          `库外锚文件缺少第 ${number} 号锚`,
          `Anchor ${number} is missing from the file outside the database`,
        ),
      );
    else if (!genuine(kept, key) || !kept.digest.equals(logged.anchor.digest))
      findings.push(
        bookFinding(
          'anchor.differs',
          `第 ${number} 号锚在库内与库外不一致`,
          `Anchor ${number} differs between the database and the file outside`,
        ),
      );
    const anchor = genuine(logged?.anchor, key) ?? genuine(kept, key);
    if (!anchor) {
      findings.push(
        bookFinding('anchor.signature', `第 ${number} 号锚的签名无效`, `The signature of anchor ${number} is not ours`),
      );
      continue;
    }
    if (!anchor.previous.equals(previous))
      findings.push(
        bookFinding(
          'anchor.order',
          `第 ${number} 号锚与前一锚不相衔接`,
          `Anchor ${number} does not follow the one before it`,
        ),
      );
    previous = anchor.digest;
    covered += anchor.entries;
    findings.push(...(await underAnchor(client, anchor, logged?.heads, numberOf)));
  }
  return { findings, anchors: last, covered };
}

function genuine(anchor: Anchor | undefined, key: AnchorKey): Anchor | undefined {
  if (!anchor) return undefined;
  const digest = anchorDigest(anchor);
  return digest.equals(anchor.digest) && anchor.keyId === key.id && key.verify(digest, anchor.signature)
    ? anchor
    : undefined;
}

/** A logged anchor beyond the last of the table whose range still holds exactly what it says: never committed, nothing lost. */
async function isUnborn(client: PoolClient, logged: Anchor | undefined): Promise<boolean> {
  if (!logged) return false;
  const heads = await readHeads(client, logged.fromXid, logged.toXid);
  return merkleRoot(heads.map(leafOf)).equals(logged.root);
}

async function underAnchor(
  client: PoolClient,
  anchor: Anchor,
  leaves: readonly string[] | undefined,
  numberOf: (caseId: string) => string | null,
): Promise<Finding[]> {
  const now = (await readHeads(client, anchor.fromXid, anchor.toXid)).map(leafOf);
  if (merkleRoot(now).equals(anchor.root)) return [];
  const at = formatLocal(anchor.at, undefined, true);
  const then = leaves !== undefined && merkleRoot(leaves).equals(anchor.root) ? leaves : undefined;
  if (!then)
    return [
      bookFinding(
        'anchor.root',
        `${at} 的第 ${anchor.number} 号锚所盖的 ${anchor.entries} 条记录有改动`,
        `Some of the ${anchor.entries} entries under anchor ${anchor.number} of ${at} were changed`,
      ),
    ];
  const before = new Map(then.map(split));
  const after = new Map(now.map(split));
  const findings: Finding[] = [];
  for (const [id, leaf] of before) {
    const found = after.get(id);
    const where = { tenant: leaf.tenant, caseId: leaf.caseId, number: numberOf(leaf.caseId), seq: leaf.seq };
    if (!found)
      findings.push(
        caseFinding(
          'anchor.entriesGone',
          where,
          `${at} 已签存的记录整段消失`,
          `entries that were signed at ${at} are gone`,
        ),
      );
    else if (found.seq !== leaf.seq || found.hash !== leaf.hash)
      findings.push(
        caseFinding(
          'anchor.rewritten',
          where,
          `截至该条的记录与 ${at} 签存的不同（连同校验值被重写、插入或截断）`,
          `what leads up to it is not what was signed at ${at} (rewritten with its hashes, inserted or cut)`,
        ),
      );
  }
  for (const [id, leaf] of after)
    if (!before.has(id))
      findings.push(
        caseFinding(
          'anchor.smuggled',
          { tenant: leaf.tenant, caseId: leaf.caseId, number: numberOf(leaf.caseId), seq: leaf.seq },
          `冒充 ${at} 之前写入的记录`,
          `it pretends to have been written before ${at}`,
        ),
      );
  return findings;
}

function split(leaf: string): [string, { tenant: string; caseId: string; seq: number; hash: string }] {
  const [tenant = '', caseId = '', seq = '', hash = ''] = leaf.split('|');
  return [`${tenant}|${caseId}`, { tenant, caseId, seq: Number(seq), hash }];
}
