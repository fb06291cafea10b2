import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { attachToCase, findAttachments } from '#documents/store.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { WireValue, WireValues } from './contract/common.ts';
import type { Fields } from './masking.ts';
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

/** Ids of the uploads in values, by the kinds of their fields. */
export function filesIn(fields: Fields, values: WireValues): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const kind = fields[name]?.type;
    if (kind === 'attachments' && Array.isArray(value)) return value.filter((id) => typeof id === 'string');
    if (kind === 'signature' && isRecord(value) && typeof value.attachment === 'string') return [value.attachment];
    return [];
  });
}

const isRecord = (value: WireValue): value is { [key: string]: WireValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notYours = refusal(
  'attachment.unknown',
  text('附件不存在或已过期，请重新上传', 'An attachment does not exist or has expired: send it again'),
);

/**
 * Gives uploads to a case, or with `caseId` null only looks whether they could be given to a new one. Somebody else's
 * upload that no case uses yet is as good as unknown.
 */
export async function claimAttachments(
  pool: Pool,
  viewer: Viewer,
  caseId: string | null,
  ids: readonly string[],
): Promise<Refusal | undefined> {
  return withTenant(pool, viewer.tenant, async (client) => {
    const found = await findAttachments(client, viewer.tenant, ids);
    const strange = found.some((one) => one.caseId === null && one.uploadedBy.personId !== viewer.actor.personId);
    if (strange || found.length < new Set(ids).size) return notYours;
    if (caseId === null) {
      if (found.some((one) => one.caseId !== null))
        return refusal('attachment.ofAnotherCase', text('附件已用于其他案件', 'An attachment belongs to another case'));
      return undefined;
    }
    const claimed = await attachToCase(client, viewer.tenant, caseId, ids);
    return claimed.ok ? undefined : claimed.refusal;
  });
}
