import { z } from 'zod';
import { endpoint, momentSchema, textSchema } from './common.ts';

/** Something that came in or should have gone out by any channel, and waits for a person. */
export const deadLetterView = z
  .object({
    channel: z.string(),
    direction: z.enum(['in', 'out']),
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
    /** Whether it can be tried again as it is. */
    again: z.boolean(),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetterView = z.infer<typeof deadLetterView>;

const which = {
  channel: z.string().max(40),
  direction: z.enum(['in', 'out']),
  key: z.string().min(1).max(300),
};

export const deadLetterEndpoints = {
  list: endpoint({
    method: 'GET',
    url: '/api/v1/dead-letters',
    tag: 'dead letters',
    summary: { zh: '没能自动登记的来件和没能送达的消息', en: 'What could not be registered or delivered by itself' },
    answers: { 200: z.object({ items: z.array(deadLetterView) }) },
  }),
  again: endpoint({
    method: 'POST',
    url: '/api/v1/dead-letters/again',
    tag: 'dead letters',
    summary: { zh: '排除原因后重试一条', en: 'Try one again, once what stood in its way is mended' },
    body: z.strictObject(which),
    answers: { 202: null },
  }),
  settle: endpoint({
    method: 'POST',
    url: '/api/v1/dead-letters/settled',
    tag: 'dead letters',
    summary: { zh: '有人处理过了，写明怎么处理的', en: 'Somebody has seen to one, and says how' },
    body: z.strictObject({ ...which, note: z.string().trim().min(2).max(200) }),
    answers: { 204: null },
  }),
};
