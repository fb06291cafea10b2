import { z } from 'zod';
import { endpoint, idSchema, textSchema } from './common.ts';

const params = z.strictObject({ id: idSchema, form: z.string().min(1).max(64) });

/** A printed form as it would look now, or as it was issued. */
export const documentPreview = z
  .object({
    form: z.string(),
    title: textSchema,
    number: z.string(),
    digest: z.string(),
    clause: z.string(),
    /** True when a paper with exactly this content was already issued. */
    issued: z.boolean(),
    sections: z.array(
      z.object({
        title: textSchema,
        rows: z.array(z.object({ label: textSchema, value: z.string(), attachments: z.array(z.string()).optional() })),
      }),
    ),
  })
  .meta({ id: 'DocumentPreview' });
export type DocumentPreview = z.infer<typeof documentPreview>;

export const documentEndpoints = {
  preview: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/documents/:form',
    tag: 'documents',
    summary: { zh: '文书预览', en: 'Preview a form' },
    params,
    answers: { 200: documentPreview },
  }),
  pdf: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/documents/:form.pdf',
    tag: 'documents',
    summary: {
      zh: '文书 PDF（说明理由后 30 分钟内为明文）',
      en: 'A form as PDF; masked unless disclosed within 30 minutes',
    },
    params,
    answers: { 200: { binary: 'application/pdf' } },
  }),
  dossier: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/dossier.zip',
    tag: 'documents',
    summary: { zh: '封存卷宗', en: 'The sealed dossier' },
    params: z.strictObject({ id: idSchema }),
    answers: { 200: { binary: 'application/zip' } },
  }),
};
