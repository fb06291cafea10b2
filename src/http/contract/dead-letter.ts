import { z } from 'zod';
import { endpoint, momentSchema, textSchema } from './common.ts';

/** A mail of which no case could be made by itself: somebody must read it. */
export const deadLetterView = z
  .object({
    key: z.string(),
    sender: z.string(),
    subject: z.string(),
    receivedAt: momentSchema,
    /** Bytes. */
    size: z.int(),
    /** False when only its head was kept: the mail itself lies flagged in the mailbox. */
    whole: z.boolean(),
    code: z.string(),
    why: textSchema,
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetterView = z.infer<typeof deadLetterView>;

export const deadLetterEndpoints = {
  list: endpoint({
    method: 'GET',
    url: '/api/v1/dead-letters',
    tag: 'dead letters',
    summary: { zh: '没能自动登记的来信', en: 'Mails that could not be registered by themselves' },
    answers: { 200: z.object({ items: z.array(deadLetterView) }) },
  }),
};
