import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { ActorRef } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { inspectUpload } from '#documents/attachments.ts';
import { findAttachments, saveAttachment } from '#documents/store.ts';
import type { Instant } from '#kernel/instant.ts';
import type { MailFile } from './read-mail.ts';

/** What became of the files of a mail. */
export interface KeptFiles {
  ids: string[];
  names: string[];
  /** Files that were not taken, each with why. */
  refused: string[];
}

const MOST = 20;
// Logos and smileys of signatures; a photo of anything is larger.
const SMALLEST_INLINE = 12 * 1024;

/** Keeps the files of a mail. A second run finds what the first one kept. */
export async function keepFiles(
  pool: Pool,
  tenant: string,
  mailKey: Buffer,
  files: readonly MailFile[],
  by: ActorRef,
  at: Instant,
): Promise<KeptFiles> {
  const kept: KeptFiles = { ids: [], names: [], refused: [] };
  const wanted = files.filter((file) => file.bytes.length > 0 && !(file.inline && file.bytes.length < SMALLEST_INLINE));
  for (const [index, file] of wanted.entries()) {
    const name = file.name || `附件${index + 1}`;
    if (index >= MOST) {
      kept.refused.push(`${name}：一封邮件最多收 ${MOST} 个附件`);
      continue;
    }
    const id = fileId(mailKey, index, file.bytes);
    const [there] = await withTenant(pool, tenant, (client) => findAttachments(client, tenant, [id]));
    if (there) {
      kept.ids.push(there.id);
      kept.names.push(there.name);
      continue;
    }
    const read = await inspectUpload(file.bytes, name);
    if (!read.ok) {
      kept.refused.push(`${name}：${read.refusal.message.zh}`);
      continue;
    }
    const saved = await saveAttachment(pool, tenant, id, read.value, by, at);
    kept.ids.push(saved.id);
    kept.names.push(saved.name);
  }
  return kept;
}

/** The same id for the same file of the same mail. */
function fileId(mailKey: Buffer, index: number, bytes: Uint8Array): string {
  const h = createHash('sha256').update(mailKey).update(`file ${index} `).update(bytes).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
}
