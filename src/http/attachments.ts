import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { inspectUpload } from '#documents/attachments.ts';
import { LARGEST_UPLOAD } from '#documents/kinds.ts';
import { type Attachment, findAttachments, openAttachment, readThumbnailOf, saveAttachment } from '#documents/store.ts';
import { uuid7 } from '#handling/uuid.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { type AttachmentView, attachmentEndpoints } from './contract/attachment.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { answer, mount, refused } from './mount.ts';
import type { Viewer } from './who.ts';

const notFound = refusal(
  'attachment.notFound',
  text('没有这个附件，或您无权查看', 'There is no such file, or it is not yours to see'),
);
const noFile = refusal(
  'attachment.missing',
  text('请用 multipart 上传一个文件', 'Send one file as multipart/form-data'),
  { field: 'file' },
);
const tooLarge = refusal(
  'attachment.tooLarge',
  text(`文件超过 ${LARGEST_UPLOAD / 1_048_576} MB`, `The file is larger than ${LARGEST_UPLOAD / 1_048_576} MB`),
);

const view = ({ id, name, type, size, sha256, hasThumbnail }: Attachment): AttachmentView => ({
  id,
  name,
  type,
  size,
  sha256,
  thumbnail: hasThumbnail,
});

/** Files up and down. Only a viewer of the case that uses a file may read it; until one does, only its sender. */
export function mountAttachments(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, attachmentEndpoints.upload, async ({ viewer, request }) => {
    if (!request.isMultipart()) return refused(noFile);
    const part = await request.file({ limits: { files: 1, fileSize: LARGEST_UPLOAD, fields: 5 } });
    if (!part) return refused(noFile);
    let bytes: Buffer;
    try {
      bytes = await part.toBuffer();
    } catch (cause) {
      if (part.file.truncated) return refused(tooLarge);
      throw cause;
    }
    const inspected = await inspectUpload(bytes, part.filename);
    if (!inspected.ok) return refused(inspected.refusal);
    const now = deps.time.now();
    const { kind, personId, name } = viewer.actor;
    const by = { kind, personId, name };
    return answer(201, view(await saveAttachment(deps.pool, viewer.tenant, uuid7(now), inspected.value, by, now)));
  });

  mount(app, deps, attachmentEndpoints.read, async ({ params, viewer, reply }) => {
    const found = await visible(deps, viewer, params.id);
    const opened = found && (await openAttachment(deps.pool, viewer.tenant, params.id));
    if (!opened) return refused(notFound);
    const { attachment, stream } = opened;
    reply
      .headers({
        'content-type': attachment.type,
        'content-length': attachment.size,
        // Whatever it contains, a browser must not run it as a page of ours.
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': `${attachment.type.startsWith('image/') ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
        'cache-control': 'private, max-age=86400, immutable',
      })
      .send(stream);
    return { raw: true };
  });

  mount(app, deps, attachmentEndpoints.thumbnail, async ({ params, viewer, reply }) => {
    const found = await visible(deps, viewer, params.id);
    const bytes = found && (await readThumbnailOf(deps.pool, viewer.tenant, params.id));
    if (!bytes) return refused(notFound);
    reply.headers({ 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=86400, immutable' }).send(bytes);
    return { raw: true };
  });
}

async function visible(deps: HttpDeps, viewer: Viewer, id: string): Promise<Attachment | undefined> {
  const [found] = await withTenant(deps.pool, viewer.tenant, (client) => findAttachments(client, viewer.tenant, [id]));
  if (!found) return undefined;
  if (found.caseId === null) return found.uploadedBy.personId === viewer.actor.personId ? found : undefined;
  const seen = await loadCase(deps, viewer, found.caseId);
  // A photo shows more than a mask can hide: whose door, whose hand, whose file name.
  if (seen.ok && seen.value.sight === 'case') return found;
  return (await handedOn(deps, viewer, found.caseId, id)) ? found : undefined;
}

/** Whether a case that the file's own case opened was given it too, and is the viewer's to see. */
async function handedOn(deps: HttpDeps, viewer: Viewer, from: string, id: string): Promise<boolean> {
  const file = await deps.handling.caseById(viewer.tenant, from);
  for (const { caseId, procedure } of file?.state.links ?? []) {
    if (caseId === null || procedure === '') continue;
    const seen = await loadCase(deps, viewer, caseId);
    if (!seen.ok || seen.value.sight !== 'case') continue;
    if (Object.values(seen.value.state.values).some((value) => Array.isArray(value) && value.includes(id))) return true;
  }
  return false;
}
