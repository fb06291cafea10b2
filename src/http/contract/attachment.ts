import { z } from 'zod';
import { endpoint, idSchema } from './common.ts';

/** A stored file: photos are cleaned of place and camera data. */
export const attachmentView = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    size: z.int(),
    sha256: z.string(),
    thumbnail: z.boolean(),
  })
  .meta({ id: 'Attachment' });
export type AttachmentView = z.infer<typeof attachmentView>;

const params = z.strictObject({ id: idSchema });
export const attachmentEndpoints = {
  upload: endpoint({
    method: 'POST',
    url: '/api/v1/attachments',
    tag: 'attachments',
    summary: { zh: '上传附件（multipart，字段 file）', en: 'Upload a file (multipart, part `file`)' },
    answers: { 201: attachmentView },
  }),
  read: endpoint({
    method: 'GET',
    url: '/api/v1/attachments/:id',
    tag: 'attachments',
    summary: { zh: '下载附件', en: 'Download a file' },
    params,
    answers: { 200: { binary: 'application/octet-stream' } },
  }),
  thumbnail: endpoint({
    method: 'GET',
    url: '/api/v1/attachments/:id/thumbnail',
    tag: 'attachments',
    summary: { zh: '缩略图', en: 'A small picture of it' },
    params,
    answers: { 200: { binary: 'image/jpeg' } },
  }),
};
