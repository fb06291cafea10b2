import type { KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { leafOf, readAnchors, readHeads } from '#journal/anchor.ts';
import type { DossierAnchors } from './format.ts';
import { merklePath } from './merkle-path.ts';

const written = statement<{ written_in: number }>(
  'dossier.writtenIn',
  'select distinct written_in from huiyin.journal where tenant_id = $1 and case_id = $2',
);

/** The anchors that cover entries of a case, each with the way from the case's head to the anchor's root. */
export async function anchorsOfCase(
  pool: Pool,
  tenant: string,
  caseId: string,
  publicKey: KeyObject,
): Promise<DossierAnchors> {
  const transactions = (await withTenant(pool, tenant, (client) => written.run(client, [tenant, caseId]))).map(
    (row) => row.written_in,
  );
  const anchors: DossierAnchors['anchors'] = [];
  for (const anchor of await readAnchors(pool)) {
    const { fromXid, toXid, root, previous, digest, signature, ...plain } = anchor;
    if (!transactions.some((xid) => xid >= fromXid && xid < toXid)) continue;
    const heads = await readHeads(pool, fromXid, toXid);
    const mine = heads.findIndex((head) => head.tenant_id === tenant && head.case_id === caseId);
    const head = heads[mine];
    if (!head) continue;
    const hex = (bytes: Buffer): string => bytes.toString('hex');
    anchors.push({
      ...plain,
      fromXid,
      toXid,
      root: hex(root),
      previous: hex(previous),
      digest: hex(digest),
      signature: hex(signature),
      head: { seq: head.seq, hash: hex(head.hash) },
      path: merklePath(heads.map(leafOf), mine),
    });
  }
  return { publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), anchors };
}
