import { Readable } from 'node:stream';
import type { ClientBase, Pool } from 'pg';
import type { ActorRef } from '#case/event.ts';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { HOUR, type Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import type { Upload } from './attachments.ts';

/** An attachment as it is kept, without its content. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  width: number | null;
  height: number | null;
  uploadedBy: ActorRef;
  uploadedAt: Instant;
  /** The case that uses it; null until one does. */
  caseId: string | null;
  hasThumbnail: boolean;
}

const PART = 256 * 1024;
/** How long an upload that no case uses is kept. */
export const UNUSED_FOR = 24 * HOUR;

const COLUMNS = `id, name, type, size, encode(sha256, 'hex') as sha256, width, height, uploaded_by as "uploadedBy",
  uploaded_at as "uploadedAt", case_id as "caseId", thumbnail is not null as "hasThumbnail"`;

const insertHead = statement<Attachment>(
  'attachment.insert',
  `insert into huiyin.attachment (tenant_id, id, name, type, size, sha256, width, height, uploaded_by, uploaded_at, thumbnail)
   values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9, $10, $11) returning ${COLUMNS}`,
);
const insertPart = statement(
  'attachment.insertPart',
  'insert into huiyin.attachment_content (tenant_id, attachment_id, part, bytes) values ($1, $2, $3, $4)',
);
const readHeads = statement<Attachment>(
  'attachment.read',
  `select ${COLUMNS} from huiyin.attachment where tenant_id = $1 and id = any($2::uuid[])`,
);
const lockHeads = statement<Attachment>(
  'attachment.lock',
  `select ${COLUMNS} from huiyin.attachment where tenant_id = $1 and id = any($2::uuid[]) order by id for update`,
);
const readOfCase = statement<Attachment>(
  'attachment.ofCase',
  `select ${COLUMNS} from huiyin.attachment where tenant_id = $1 and case_id = $2 order by uploaded_at, id`,
);
const readPart = statement<{ bytes: Buffer }>(
  'attachment.part',
  'select bytes from huiyin.attachment_content where tenant_id = $1 and attachment_id = $2 and part = $3',
);
const readThumbnail = statement<{ thumbnail: Buffer | null }>(
  'attachment.thumbnail',
  'select thumbnail from huiyin.attachment where tenant_id = $1 and id = $2',
);
const claim = statement(
  'attachment.claim',
  'update huiyin.attachment set case_id = $3 where tenant_id = $1 and id = any($2::uuid[]) and case_id is null',
);
const purge = statement(
  'attachment.purge',
  'delete from huiyin.attachment where tenant_id = $1 and case_id is null and uploaded_at < $2',
);

/** Keeps an inspected upload under the given id. All or nothing. */
export async function saveAttachment(
  pool: Pool,
  tenantId: string,
  id: string,
  upload: Upload,
  by: ActorRef,
  at: Instant,
): Promise<Attachment> {
  return withTenant(pool, tenantId, async (client) => {
    const { name, type, size, sha256, width, height, thumbnail, bytes } = upload;
    const saved = await insertHead.one(client, [
      tenantId,
      id,
      name,
      type,
      size,
      sha256,
      width,
      height,
      JSON.stringify(by),
      toTimestamp(at),
      thumbnail,
    ]);
    if (!saved) throw new Error('the attachment was not written');
    for (let part = 0; part * PART < size; part++)
      await insertPart.count(client, [tenantId, id, part, bytes.subarray(part * PART, (part + 1) * PART)]);
    return saved;
  });
}

/** The attachments with these ids that exist, in the order asked. Ids that are no UUIDs are unknown. */
export async function findAttachments(
  client: ClientBase,
  tenantId: string,
  ids: readonly string[],
): Promise<Attachment[]> {
  return inOrder(await readHeads.run(client, [tenantId, ids.filter(isUuid)]), ids);
}

/** Everything a case uses, in order of arrival. */
export async function attachmentsOfCase(client: ClientBase, tenantId: string, caseId: string): Promise<Attachment[]> {
  return readOfCase.run(client, [tenantId, caseId]);
}

/**
 * Opens an attachment for reading, whole or from byte `start` to byte `end` (both included). Parts are fetched as they
 * are read, and no connection is held between them. Undefined when there is none.
 */
export async function openAttachment(
  pool: Pool,
  tenantId: string,
  id: string,
  range: { start: number; end: number } | null = null,
): Promise<{ attachment: Attachment; stream: Readable } | undefined> {
  const [attachment] = await withTenant(pool, tenantId, (client) => findAttachments(client, tenantId, [id]));
  if (!attachment) return undefined;
  const start = Math.max(0, range?.start ?? 0);
  const end = Math.min(attachment.size - 1, range?.end ?? attachment.size - 1);
  return { attachment, stream: Readable.from(parts(pool, tenantId, attachment.id, start, end), { objectMode: false }) };
}

async function* parts(pool: Pool, tenantId: string, id: string, start: number, end: number): AsyncGenerator<Buffer> {
  for (let part = Math.floor(start / PART); part * PART <= end; part++) {
    const row = await withTenant(pool, tenantId, (client) => readPart.one(client, [tenantId, id, part]));
    if (!row) throw new Error(`attachment ${id} lacks part ${part}`);
    yield row.bytes.subarray(Math.max(0, start - part * PART), end - part * PART + 1);
  }
}

/** The whole content in memory. */
export async function readAttachment(pool: Pool, tenantId: string, id: string): Promise<Buffer | undefined> {
  const opened = await openAttachment(pool, tenantId, id);
  return opened && Buffer.concat(await opened.stream.toArray());
}

/** The small JPEG of a picture; null when it has none, undefined when there is no such attachment. */
export async function readThumbnailOf(pool: Pool, tenantId: string, id: string): Promise<Buffer | null | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await withTenant(pool, tenantId, (client) => readThumbnail.one(client, [tenantId, id]));
  return row?.thumbnail;
}

/**
 * Gives uploads to the case that now uses them, in the transaction of the act. Refuses with attachment.unknown or
 * attachment.ofAnotherCase; giving one to its own case again changes nothing.
 */
export async function attachToCase(
  client: ClientBase,
  tenantId: string,
  caseId: string,
  ids: readonly string[],
): Promise<Result<Attachment[]>> {
  if (ids.length === 0) return accept([]);
  // Locked first: two cases asking for one upload at the same moment cannot both get it.
  const locked = await lockHeads.run(client, [tenantId, ids.filter(isUuid)]);
  const found = inOrder(locked, ids);
  if (found.length < ids.length)
    return refuse(
      refusal(
        'attachment.unknown',
        text('附件不存在或已过期，请重新上传', 'An attachment does not exist or has expired: send it again'),
      ),
    );
  if (found.some((one) => one.caseId !== null && one.caseId !== caseId))
    return refuse(
      refusal('attachment.ofAnotherCase', text('附件已用于其他案件', 'An attachment belongs to another case')),
    );
  await claim.count(client, [tenantId, ids, caseId]);
  return accept(found.map((one) => ({ ...one, caseId })));
}

/** Removes uploads that no case has used within 24 hours; answers how many. May run at any time, any number of times. */
export async function purgeUnused(pool: Pool, tenantId: string, now: Instant): Promise<number> {
  return withTenant(pool, tenantId, (client) => purge.count(client, [tenantId, toTimestamp(now - UNUSED_FOR)]));
}

const inOrder = (found: Attachment[], ids: readonly string[]): Attachment[] =>
  ids.flatMap((id) => found.find((one) => one.id === id.toLowerCase()) ?? []);

const isUuid = (id: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(id);
