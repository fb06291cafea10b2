import { z } from 'zod';
import { endpoint, momentSchema, textSchema } from './common.ts';

/** A published procedure. */
export const packSummary = z
  .object({
    pack: z.string(),
    version: z.string(),
    title: textSchema,
    scope: textSchema,
    digest: z.string(),
    publishedAt: momentSchema,
    publishedBy: z.string(),
    reviewNote: z.string(),
    /** Whether its figures are for the viewer. */
    readsFigures: z.boolean(),
  })
  .meta({ id: 'PackSummary' });
export type PackSummary = z.infer<typeof packSummary>;

export const packEndpoints = {
  current: endpoint({
    method: 'GET',
    url: '/api/v1/packs',
    tag: 'packs',
    summary: { zh: '现行制度', en: 'The procedures in force' },
    answers: { 200: z.array(packSummary) },
  }),
  version: endpoint({
    method: 'GET',
    url: '/api/v1/packs/:pack/:version',
    tag: 'packs',
    summary: { zh: '某一版制度（内容不变，可长期缓存）', en: 'One version of a procedure; never changes' },
    params: z.strictObject({ pack: z.string().max(16), version: z.string().max(32) }),
    // The pack as data; its TypeScript type is PackSpec of src/policy/language/pack.ts.
    answers: { 200: z.record(z.string(), z.json()) },
  }),
};
