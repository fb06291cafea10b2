import { z } from 'zod';
import { endpoint, idSchema, momentSchema } from './common.ts';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** Who looked at whose data, when, why, by which case. */
export const looksView = z
  .object({
    from: day,
    to: day,
    items: z.array(
      z.object({
        id: idSchema,
        at: momentSchema,
        person: z.object({ id: z.string().nullable(), name: z.string() }),
        /** Null: not by a case, such as a list that was taken out whole. */
        case: z.object({ id: idSchema, number: z.string() }).nullable(),
        fields: z.array(z.string()),
        reason: z.string(),
        /** Hidden from a reader who must stand aside from the case. */
        withheld: z.boolean(),
      }),
    ),
    /** Most first, over the whole period. */
    people: z.array(
      z.object({ id: z.string().nullable(), name: z.string(), looks: z.int(), cases: z.int(), lists: z.int() }),
    ),
    /** To be sent as `before` for the next page; null at the end. */
    next: momentSchema.nullable(),
  })
  .meta({ id: 'Looks' });
export type LooksView = z.infer<typeof looksView>;

export const lookEndpoints = {
  list: endpoint({
    method: 'GET',
    url: '/api/v1/looks',
    tag: 'looks',
    summary: { zh: '谁看过谁的个人信息', en: 'Who looked at whose personal data' },
    query: z.strictObject({
      /** Local dates, both inclusive; the last thirty days when absent. */
      from: day.optional(),
      to: day.optional(),
      person: idSchema.optional(),
      case: idSchema.optional(),
      before: momentSchema.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    answers: { 200: looksView },
  }),
};
