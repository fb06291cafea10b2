import { randomUUID } from 'node:crypto';
import { withTenant } from '#db/pool.ts';
import { inspectUpload } from '#documents/attachments.ts';
import { findAttachments, saveAttachment } from '#documents/store.ts';
import type { OwnerDeps } from './deps.ts';
import { controlOf, type Faults, type Fields } from './form.ts';
import type { Lang } from './language.ts';
import type { Posted } from './posted.ts';
import { speaking } from './words.ts';

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
  if (isFilm(bytes)) return { fault: { zh: speaking('zh')('noFilm'), en: speaking('en')('noFilm') } };
  const read = await inspectUpload(bytes, name);
  if (!read.ok) return { fault: read.refusal.message };
  const id = randomUUID();
  await saveAttachment(deps.pool, tenant, id, read.value, somebody, deps.time.now());
  return { id };
}

/** Films and recordings, by their first bytes: MP4, MOV, M4A, MP3, WAV, AMR, WebM, AVI. Photos in HEIC begin alike, with another brand. */
function isFilm(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.slice(4, 8) === 'ftyp') return !/^(hei|hev|mif1|msf1|avi)/.test(head.slice(8, 12));
  return /^(....(moov|mdat|wide)|ID3|\xff[\xfb\xf3\xf2]|RIFF....(WAVE|AVI )|#!AMR|.E\xdf\xa3)/s.test(head);
}

/** Of these ids, the uploads that came from these pages and that no case uses yet. */
export async function ownUploads(deps: OwnerDeps, tenant: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await withTenant(deps.pool, tenant, (client) => findAttachments(client, tenant, ids));
  return found.filter((one) => one.caseId === null && one.uploadedBy.kind === 'owner').map((one) => one.id);
}
