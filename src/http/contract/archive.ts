import { z } from 'zod';
import { endpoint, idSchema, momentSchema, personRefSchema, textSchema } from './common.ts';

const date = z.iso.date();

/** One archived case in the list. */
export const archiveItem = z
  .object({
    id: z.string(),
    number: z.string(),
    /** The first words of what happened. */
    title: z.string(),
    matter: z.string(),
    procedure: z.string(),
    channel: z.string(),
    stateTitle: textSchema,
    category: z.string().nullable(),
    assignee: personRefSchema.pick({ id: true, name: true }).nullable(),
    receivedAt: momentSchema,
    closedAt: momentSchema.nullable(),
    archivedAt: momentSchema,
  })
  .meta({ id: 'ArchiveItem' });
export type ArchiveItem = z.infer<typeof archiveItem>;

export const archiveEndpoints = {
  search: endpoint({
    method: 'GET',
    url: '/api/v1/archive',
    tag: 'archive',
    summary: { zh: '档案检索，新的在前', en: 'Search archived cases, newest first' },
    query: z.strictObject({
      /** A room, building or other place, with everything in it. */
      premises: idSchema.optional(),
      /** Received from this day to that one, both included. */
      from: date.optional(),
      to: date.optional(),
      procedure: z.string().max(64).optional(),
      channel: z.string().max(64).optional(),
      category: z.string().max(200).optional(),
      assignee: idSchema.optional(),
      q: z.string().max(100).optional(),
      after: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: {
      200: z.object({
        items: z.array(archiveItem),
        /** Send it as `after` for the next page; null at the end. */
        next: z.string().nullable(),
      }),
    },
  }),
};
