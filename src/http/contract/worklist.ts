import { z } from 'zod';
import { endpoint, momentSchema, personRefSchema, textSchema } from './common.ts';

/** One line of the worklist. */
export const worklistItem = z
  .object({
    id: z.string(),
    number: z.string(),
    /** The first 40 characters of what happened. */
    title: z.string(),
    pack: z.string(),
    matter: z.string(),
    procedure: z.string(),
    state: z.string(),
    stateTitle: textSchema,
    category: z.string().nullable(),
    place: z.string().nullable(),
    assignee: personRefSchema.nullable(),
    nextDeadline: z
      .object({
        clock: z.string(),
        title: textSchema,
        clause: z.string(),
        dueAt: momentSchema,
        startedAt: momentSchema.nullable(),
      })
      .nullable(),
    breached: z.boolean(),
    registeredAt: momentSchema,
    waitsForMe: z.boolean(),
    /** The viewer looks after it as the substitute of this person; null: not as a substitute. */
    standsInFor: z.string().nullable(),
  })
  .meta({ id: 'WorklistItem' });
export type WorklistItem = z.infer<typeof worklistItem>;

const yes = z.enum(['true', 'false', '1', '0']).transform((v) => v === 'true' || v === '1');
export const worklistQuery = z.strictObject({
  view: z.enum(['mine', 'role', 'standIn', 'all']).default('mine'),
  pack: z.string().max(16).optional(),
  procedure: z.string().max(64).optional(),
  /** A state's name, or `open`, `closed`. */
  state: z.string().max(64).optional(),
  unit: z.string().max(64).optional(),
  overdue: yes.optional(),
  q: z.string().max(100).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type WorklistQuery = z.infer<typeof worklistQuery>;

export const worklistPage = z
  .object({
    items: z.array(worklistItem),
    /** Send it as `after` for the next page; null at the end. */
    next: z.string().nullable(),
    /** Of the views `mine` and `role`, and of those in `mine` the late ones; on the first page only. */
    counts: z.object({ mine: z.int(), role: z.int(), overdue: z.int(), standIn: z.int().optional() }).optional(),
  })
  .meta({ id: 'WorklistPage' });
export type WorklistPage = z.infer<typeof worklistPage>;

export const worklistEndpoints = {
  page: endpoint({
    method: 'GET',
    url: '/api/v1/worklist',
    tag: 'worklist',
    summary: { zh: '待办，先到期的在前', en: 'The worklist, next deadline first' },
    query: worklistQuery,
    answers: { 200: worklistPage },
  }),
};
