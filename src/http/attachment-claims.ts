import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { findAttachments } from '#documents/store.ts';
import { filesIn } from '#handling/files.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { WireValues } from './contract/common.ts';
import type { Viewer } from './who.ts';

/** Ids of the uploads that an intake's values name. */
export function attachmentsIn(
  pack: CompiledPack,
  { matter, procedure }: { matter: string; procedure?: string },
  values: WireValues,
): string[] {
  const name = procedure ?? pack.matters[matter]?.procedure;
  const fields = name === undefined ? undefined : pack.procedures[name]?.intake.fields;
  return fields ? filesIn(fields, values) : [];
}

const notYours = refusal(
  'attachment.unknown',
  text('附件不存在或已过期，请重新上传', 'An attachment does not exist or has expired: send it again'),
);

/**
 * Whether a viewer may name these uploads: somebody else's upload that no case uses yet is as good as unknown. The case
 * gets them with the act itself, in one transaction.
 */
export async function strangeUploads(pool: Pool, viewer: Viewer, ids: readonly string[]): Promise<Refusal | undefined> {
  if (ids.length === 0) return undefined;
  const found = await withTenant(pool, viewer.tenant, (client) => findAttachments(client, viewer.tenant, ids));
  const strange = found.some((one) => one.caseId === null && one.uploadedBy.personId !== viewer.actor.personId);
  return strange || found.length < new Set(ids).size ? notYours : undefined;
}
