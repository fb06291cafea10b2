import { randomUUID } from 'node:crypto';
import { withTenant } from '#db/pool.ts';
import { inspectUpload } from '#documents/attachments.ts';
import { findAttachments, saveAttachment } from '#documents/store.ts';
import type { OwnerDeps } from './deps.ts';
import { controlOf, type Faults, type Fields } from './form.ts';
import type { Lang } from './language.ts';
import type { Posted } from './posted.ts';

const somebody = { kind: 'owner', personId: null, name: '' } as const;
const MOST_KEPT = 20;

/**
 * Keeps the files that came with a form and puts their ids into it, so that they stay when something else is wrong. Ids
 * that came back with the form are taken only if they are uploads of this kind that no case uses yet: the id itself is
 * unguessable, and only whoever uploaded it has seen it.
 */
export async function keepUploads(
  deps: OwnerDeps,
  tenant: string,
  fields: Fields,
  posted: Posted,
  lang: Lang,
): Promise<{ posted: Posted; faults: Faults }> {
  const faults = new Map<string, string[]>();
  const changes: Record<string, string[]> = {};
  for (const [field, spec] of Object.entries(fields)) {
    const name = controlOf(field);
    if (spec.type === 'attachments') {
      const dropped = posted.all(`${name}.drop`);
      const wanted = posted.all(`${name}.kept`).filter((id) => !dropped.includes(id));
      const ids = await ownUploads(deps, tenant, wanted.slice(0, MOST_KEPT));
      for (const file of posted.filesOf(name)) {
        const id = await keep(deps, tenant, file.bytes, file.name);
        if ('id' in id) ids.push(id.id);
        else faults.set(field, [...(faults.get(field) ?? []), `${file.name}：${id.fault[lang]}`]);
      }
      changes[`${name}.kept`] = ids;
      changes[`${name}.drop`] = [];
    }
    if (spec.type === 'signature') {
      const drawn = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(posted.text(`${name}.drawn`));
      changes[`${name}.drawn`] = [];
      changes[`${name}.drawing`] = [];
      if (!drawn?.[1]) continue;
      const id = await keep(deps, tenant, Buffer.from(drawn[1], 'base64'), 'signature.png');
      if ('id' in id) changes[`${name}.drawing`] = [id.id];
      else faults.set(field, [id.fault[lang]]);
    }
  }
  return { posted: posted.with(changes), faults };
}

async function keep(
  deps: OwnerDeps,
  tenant: string,
  bytes: Uint8Array,
  name: string,
): Promise<{ id: string } | { fault: { zh: string; en: string } }> {
  const read = await inspectUpload(bytes, name);
  if (!read.ok) return { fault: read.refusal.message };
  const id = randomUUID();
  await saveAttachment(deps.pool, tenant, id, read.value, somebody, deps.time.now());
  return { id };
}

/** Of these ids, the uploads that came from these pages and that no case uses yet. */
export async function ownUploads(deps: OwnerDeps, tenant: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await withTenant(deps.pool, tenant, (client) => findAttachments(client, tenant, ids));
  return found.filter((one) => one.caseId === null && one.uploadedBy.kind === 'owner').map((one) => one.id);
}
