import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Value } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import type { ArchivedCase } from './read.ts';

interface Head {
  id: string;
  name: string;
  sha256: string;
}

const heads = statement<Head>(
  'reports.archivedFiles',
  `select id, name, encode(sha256, 'hex') as sha256 from huiyin.attachment where tenant_id = $1 and case_id = $2
   order by uploaded_at, id`,
);
const part = statement<{ bytes: Buffer }>(
  'reports.archivedFilePart',
  'select bytes from huiyin.attachment_content where tenant_id = $1 and attachment_id = $2 and part = $3',
);

/** Attachments whose content is gone or changed, and everything the case names that is not there at all. */
export async function checkAttachments(
  pool: Pool,
  tenant: string,
  { id, state, events }: ArchivedCase,
): Promise<{ faults: string[]; unsound: ReadonlySet<string> }> {
  const faults: string[] = [];
  const unsound = new Set<string>();
  const known = await withTenant(pool, tenant, (client) => heads.run(client, [tenant, id]));
  for (const head of known) {
    const kept = await contentDigest(pool, tenant, head.id);
    if (kept === head.sha256) continue;
    unsound.add(head.id);
    faults.push(kept === null ? `缺附件：${head.name}（内容不在）` : `附件被改动：${head.name}`);
  }
  const signatures = new Set(state.documents.flatMap((paper) => paper.signature?.attachment ?? []));
  const named = new Set([
    ...signatures,
    ...events.flatMap((event) =>
      event.type === 'documentIssued' ? attachmentsIn(event.personal?.sections ?? null) : [],
    ),
  ]);
  for (const one of named) {
    if (known.some((head) => head.id === one)) continue;
    unsound.add(one);
    // A missing signature is told as such, by the paper it stood under.
    if (!signatures.has(one)) faults.push(`缺附件：${one}`);
  }
  return { faults, unsound };
}

/** SHA-256 of what is kept, part by part so that a film needs no more memory than a photo; null when nothing is. */
async function contentDigest(pool: Pool, tenant: string, attachmentId: string): Promise<string | null> {
  const hash = createHash('sha256');
  for (let n = 0; ; n += 1) {
    const row = await withTenant(pool, tenant, (client) => part.one(client, [tenant, attachmentId, n]));
    if (!row && n === 0) return null;
    if (!row) return hash.digest('hex');
    hash.update(row.bytes);
  }
}

/** Ids in the rows of a paper. */
function attachmentsIn(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap(attachmentsIn);
  if (value === null || typeof value !== 'object') return [];
  const own = Array.isArray(value.attachments) ? value.attachments.filter((id) => typeof id === 'string') : [];
  return [...own, ...attachmentsIn(value.rows ?? null)];
}
