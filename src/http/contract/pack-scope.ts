import { z } from 'zod';
import { endpoint, idSchema } from './common.ts';

/** The estates to which a procedure is limited; none: it applies to all. */
const packScope = z
  .object({ pack: z.string(), estates: z.array(z.object({ id: z.string(), name: z.string() })) })
  .meta({ id: 'PackScope' });
export type PackScope = z.infer<typeof packScope>;

const params = z.strictObject({ pack: z.string().max(16) });

export const packScopeEndpoints = {
  estates: endpoint({
    method: 'GET',
    url: '/api/v1/packs/:pack/estates',
    tag: 'packs',
    summary: { zh: '制度适用的小区（空为全部在管小区）', en: 'Estates a procedure is limited to; none means all' },
    params,
    answers: { 200: packScope },
  }),
  setEstates: endpoint({
    method: 'PUT',
    url: '/api/v1/packs/:pack/estates',
    tag: 'packs',
    summary: { zh: '设定制度适用的小区', en: 'Say in which estates a procedure applies' },
    params,
    body: z.strictObject({ estates: z.array(idSchema).max(1000) }),
    answers: { 200: packScope },
  }),
};
