import { z } from 'zod';
import { endpoint, idSchema, momentSchema } from './common.ts';

const names = z.array(z.string().min(1).max(64)).max(60).default([]);

/** What is wanted; an empty list leaves nothing out. */
const webhookFilter = z
  .strictObject({ packs: names, matters: names, states: names, events: names, estates: names })
  .meta({ id: 'WebhookFilter' });

/** A program that is told of what happens. */
export const webhookView = z
  .object({
    id: z.string(),
    label: z.string(),
    url: z.string(),
    filter: z.object({
      packs: z.array(z.string()),
      matters: z.array(z.string()),
      states: z.array(z.string()),
      events: z.array(z.string()),
      estates: z.array(z.string()),
    }),
    fields: z.array(z.string()),
    status: z.enum(['active', 'paused', 'ended']),
    /** `failing`: three days without success; `gone`: the other side wants no more; `person`: somebody paused it. */
    pausedWhy: z.string().nullable(),
    pausedAt: momentSchema.nullable(),
    failingSince: momentSchema.nullable(),
    createdAt: momentSchema,
    waiting: z.int(),
    failed: z.int(),
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof webhookView>;

const made = z.object({
  webhook: webhookView,
  /** For checking signatures; told once and never again. */
  secret: z.string(),
});

export const deliveryView = z
  .object({
    id: z.string(),
    caseId: z.string(),
    seq: z.int(),
    type: z.string(),
    body: z.string(),
    status: z.enum(['waiting', 'held', 'sent', 'failed']),
    createdAt: momentSchema,
    settledAt: momentSchema.nullable(),
    attempts: z.array(z.object({ at: momentSchema, status: z.int().nullable(), answer: z.string(), tookMs: z.int() })),
  })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryView = z.infer<typeof deliveryView>;

const happening = z
  .object({
    type: z.string(),
    timestamp: momentSchema,
    /** Place in the feed: send the last one back as `after`. */
    cursor: z.string(),
    data: z.looseObject({ caseId: z.string(), seq: z.int() }),
  })
  .meta({ id: 'Happening' });

const label = z.string().trim().min(1).max(60);
const url = z.string().trim().min(1).max(500);
const webhookBody = z
  .strictObject({
    label,
    url,
    filter: webhookFilter.default({ packs: [], matters: [], states: [], events: [], estates: [] }),
    /** What of the case is sent along; absent: the usual ones. */
    fields: z.array(z.string().max(40)).max(30).optional(),
  })
  .meta({ id: 'WebhookBody' });
export type WebhookBody = z.input<typeof webhookBody>;
const webhookChange = z
  .strictObject({
    label: label.optional(),
    url: url.optional(),
    filter: webhookFilter.optional(),
    fields: z.array(z.string().max(40)).max(30).optional(),
    status: z.enum(['active', 'paused', 'ended']).optional(),
  })
  .meta({ id: 'WebhookChange' });
const params = z.strictObject({ id: idSchema });
/** Several, by commas. */
const several = z
  .string()
  .max(600)
  .optional()
  .transform((words) => (words ?? '').split(',').flatMap((word) => word.trim() || []));

export const webhookEndpoints = {
  feed: endpoint({
    method: 'GET',
    url: '/api/v1/feed',
    tag: 'webhooks',
    summary: { zh: '从某处起读事件（与推送内容相同）', en: 'What happened after a place; the same as is pushed' },
    query: z.strictObject({
      /** `next` of the answer before; absent: from the beginning; `latest`: from now on. */
      after: z.string().max(60).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      packs: several,
      matters: several,
      states: several,
      events: several,
      estates: several,
      fields: several,
    }),
    answers: { 200: z.object({ items: z.array(happening), next: z.string(), more: z.boolean() }) },
  }),
  list: endpoint({
    method: 'GET',
    url: '/api/v1/webhooks',
    tag: 'webhooks',
    summary: { zh: '订阅一览', en: 'Subscriptions' },
    answers: { 200: z.object({ items: z.array(webhookView), fields: z.array(z.string()) }) },
  }),
  create: endpoint({
    method: 'POST',
    url: '/api/v1/webhooks',
    tag: 'webhooks',
    summary: { zh: '新增订阅（密钥只显示一次）', en: 'Subscribe; the secret is told once' },
    body: webhookBody,
    answers: { 201: made },
  }),
  change: endpoint({
    method: 'PATCH',
    url: '/api/v1/webhooks/:id',
    tag: 'webhooks',
    summary: { zh: '修改、暂停、恢复或结束订阅', en: 'Change, pause, resume or end a subscription' },
    params,
    body: webhookChange,
    answers: { 200: webhookView },
  }),
  secret: endpoint({
    method: 'POST',
    url: '/api/v1/webhooks/:id/secret',
    tag: 'webhooks',
    summary: { zh: '更换密钥（旧密钥再签名一天）', en: 'A new secret; the former one signs beside it for a day' },
    params,
    answers: { 201: z.object({ secret: z.string() }) },
  }),
  deliveries: endpoint({
    method: 'GET',
    url: '/api/v1/webhooks/:id/deliveries',
    tag: 'webhooks',
    summary: { zh: '投递记录与对方应答', en: 'What was sent and what was answered' },
    params,
    query: z.strictObject({
      status: z.enum(['waiting', 'held', 'sent', 'failed']).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: { 200: z.object({ items: z.array(deliveryView) }) },
  }),
  sendAgain: endpoint({
    method: 'POST',
    url: '/api/v1/webhooks/:id/deliveries/:delivery/sending',
    tag: 'webhooks',
    summary: { zh: '重发一条', en: 'Send a message once more' },
    params: z.strictObject({ id: idSchema, delivery: idSchema }),
    answers: { 202: null },
  }),
};
