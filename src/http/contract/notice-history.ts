import { z } from 'zod';
import { caseParams, endpoint, momentSchema, textSchema } from './common.ts';

const sending = z.object({
  way: z.string(),
  /** Masked. */
  address: z.string(),
  reason: z.enum(['first', 'quiet', 'together', 'unread', 'failed', 'again']),
  status: z.enum(['planned', 'sending', 'sent', 'failed', 'needless']),
  dueAt: momentSchema,
  settledAt: momentSchema.nullable(),
  note: z.string().nullable(),
  /** How many notices went in the same message. */
  inOne: z.int(),
});

/** Who was told what and when, by which ways, and whether it arrived. */
export const noticeHistoryView = z
  .object({
    about: z.enum(['case', 'certificate', 'call', 'webhook', 'shiftList']),
    /** The id of what it is about, where that is no case. */
    caseId: z.string(),
    seq: z.int(),
    /** Empty where it is about no case. */
    number: z.string(),
    notice: z.string(),
    title: textSchema.nullable(),
    toOwner: z.boolean(),
    to: z.string(),
    text: textSchema,
    at: momentSchema,
    delivery: z.enum(['page', 'waiting', 'sent', 'failed']),
    deliveryNote: z.string().nullable(),
    readAt: momentSchema.nullable(),
    /** `link`: by the link of a letter. */
    readBy: z.enum(['page', 'link', 'message']).nullable(),
    sendings: z.array(sending),
  })
  .meta({ id: 'NoticeHistory' });
export type NoticeHistoryView = z.infer<typeof noticeHistoryView>;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const quietHours = z.strictObject({ from: time, to: time });
const ways = z
  .array(
    z
      .string()
      .regex(/^[a-z][A-Za-z0-9]*$/)
      .max(40),
  )
  .max(12);

/** How the company tells its people; minutes of 0 mean: not at all. */
const noticeRules = z
  .strictObject({
    quiet: quietHours.nullable(),
    togetherMinutes: z.int().min(0).max(1440),
    unreadMinutes: z.int().min(0).max(10_080),
    ways,
  })
  .meta({ id: 'NoticeRules' });
export type NoticeRulesBody = z.infer<typeof noticeRules>;

/** What a member of staff chose for himself. */
const noticeChoice = z
  .strictObject({
    quiet: z.enum(['company', 'own', 'never']),
    quietHours: quietHours.nullable(),
    together: z.enum(['company', 'own', 'never']),
    togetherMinutes: z.int().min(1).max(1440).nullable(),
    ways: ways.nullable(),
  })
  .refine(({ quiet, quietHours: hours }) => quiet !== 'own' || hours !== null, { path: ['quietHours'] })
  .refine(({ together, togetherMinutes }) => together !== 'own' || togetherMinutes !== null, {
    path: ['togetherMinutes'],
  })
  .meta({ id: 'NoticeChoice' });
export type NoticeChoiceBody = z.infer<typeof noticeChoice>;

const settings = z.object({
  rules: noticeRules,
  choice: noticeChoice,
  ways: z.array(z.string()),
  administers: z.boolean(),
});
export type NoticeSettingsView = z.infer<typeof settings>;

export const noticeHistoryEndpoints = {
  ofCase: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/notices',
    tag: 'notices',
    summary: {
      zh: '谁在何时以何种方式被告知了什么，是否送达',
      en: 'Who was told what, when, by which way, and did it arrive',
    },
    params: caseParams,
    answers: { 200: z.object({ items: z.array(noticeHistoryView) }) },
  }),
  again: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/notices/:seq/sending',
    tag: 'notices',
    summary: { zh: '重发没有送达的通知', en: 'Send a notice again that did not arrive' },
    params: z.strictObject({ id: z.uuid(), seq: z.coerce.number().int().min(1) }),
    answers: { 204: null },
  }),
  undelivered: endpoint({
    method: 'GET',
    url: '/api/v1/undelivered-notices',
    tag: 'notices',
    summary: { zh: '哪条路都没送达的通知', en: 'Notices that arrived by no way' },
    answers: { 200: z.object({ items: z.array(noticeHistoryView) }) },
  }),
  settings: endpoint({
    method: 'GET',
    url: '/api/v1/notice-settings',
    tag: 'notices',
    summary: { zh: '通知设置：公司的和我的', en: 'How the company tells people, and what I chose' },
    answers: { 200: settings },
  }),
  choose: endpoint({
    method: 'PUT',
    url: '/api/v1/notice-settings/choice',
    tag: 'notices',
    summary: { zh: '设置怎样通知我', en: 'Choose how I am told' },
    body: noticeChoice,
    answers: { 204: null },
  }),
  rule: endpoint({
    method: 'PUT',
    url: '/api/v1/notice-settings/rules',
    tag: 'notices',
    summary: { zh: '设置公司的通知规则', en: 'Set how the company tells people' },
    body: noticeRules,
    answers: { 204: null },
  }),
};
