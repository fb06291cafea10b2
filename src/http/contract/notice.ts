import { z } from 'zod';
import { endpoint, momentSchema, textSchema } from './common.ts';

/** A message to a member of staff. */
export const noticeView = z
  .object({
    id: z.string(),
    about: z.enum(['case', 'certificate', 'call', 'webhook', 'shiftList']),
    /** Null: it is about no case. */
    caseId: z.string().nullable(),
    /** Whose certificate it is about; null: about something else, or it was withdrawn. */
    personId: z.string().nullable(),
    number: z.string().nullable(),
    seq: z.int(),
    notice: z.string(),
    text: textSchema,
    at: momentSchema,
    readAt: momentSchema.nullable(),
  })
  .meta({ id: 'Notice' });
export type NoticeView = z.infer<typeof noticeView>;

/** What arrives on the event stream: `event: case` or `event: notice`, with the case and its entry as id. */
const caseChanged = z.object({
  caseId: z.string(),
  number: z.string(),
  seq: z.int(),
  types: z.array(z.string()),
});
export type CaseChanged = z.infer<typeof caseChanged>;

export const noticeEndpoints = {
  mine: endpoint({
    method: 'GET',
    url: '/api/v1/notices',
    tag: 'notices',
    summary: { zh: '给我的通知', en: 'Messages to me' },
    query: z.strictObject({
      unread: z.enum(['true', 'false']).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: { 200: z.object({ items: z.array(noticeView), unread: z.int() }) },
  }),
  reading: endpoint({
    method: 'POST',
    url: '/api/v1/notices/:id/reading',
    tag: 'notices',
    summary: { zh: '已读', en: 'Mark as read' },
    params: z.strictObject({ id: z.string().min(1).max(80) }),
    answers: { 204: null },
  }),
  events: endpoint({
    method: 'GET',
    url: '/api/v1/events',
    tag: 'notices',
    summary: { zh: '事件流（SSE，可用 Last-Event-ID 续接）', en: 'Event stream (SSE), resumed with Last-Event-ID' },
    answers: { 200: { binary: 'text/event-stream' } },
  }),
};
