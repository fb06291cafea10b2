import { z } from 'zod';
import { endpoint, idSchema, momentSchema } from './common.ts';
import { accountEventSchema } from './step.ts';

export const keyScopes = [
  'cases.read',
  'cases.register',
  'cases.act',
  'directory.read',
  'reports.read',
  'read',
  'write',
  'admin',
] as const;

const keyView = z
  .object({
    id: z.string(),
    label: z.string(),
    /** As the journal names it. */
    name: z.string(),
    posts: z.array(z.string()).nullable(),
    scopes: z.array(z.enum(keyScopes)),
    /** The estate it is confined to; null: the whole company. */
    estate: z.string().nullable(),
    madeAt: momentSchema,
    madeBy: z.string(),
    expiresAt: momentSchema.nullable(),
    usedAt: momentSchema.nullable(),
    revokedAt: momentSchema.nullable(),
  })
  .meta({ id: 'Key' });
export type KeyView = z.infer<typeof keyView>;

/** The key itself, told once and never again. */
const madeKey = z.object({ key: z.string(), id: z.string() });

export const keyBody = z
  .strictObject({
    label: z.string().trim().min(1).max(60),
    post: z.string().min(1).max(41),
    scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length),
    estateId: idSchema.optional(),
    /** Last day it works; without one until it is ended. */
    lastDay: z.iso.date().optional(),
  })
  .meta({ id: 'KeyBody' });
export type KeyBody = z.infer<typeof keyBody>;

export const rulesView = z
  .object({
    /** Minutes without a request after which a session ends. */
    idleMinutes: z.int().min(5).max(10_080),
    /** Hours after which it ends however busy it is. */
    longestHours: z.int().min(1).max(2_160),
    /** Whoever holds one of these posts signs in with a second factor. */
    secondFactorPosts: z.array(z.string().min(1).max(41)).max(100),
  })
  .meta({ id: 'AccountRules' });
export type RulesView = z.infer<typeof rulesView>;

const params = z.strictObject({ id: idSchema });

export const keyEndpoints = {
  list: endpoint({
    method: 'GET',
    url: '/api/v1/keys',
    tag: 'keys',
    summary: { zh: '接口密钥', en: 'API keys' },
    answers: { 200: z.array(keyView) },
  }),
  create: endpoint({
    method: 'POST',
    url: '/api/v1/keys',
    tag: 'keys',
    summary: { zh: '新建接口密钥（只显示一次）', en: 'Make an API key; it is told once' },
    body: keyBody,
    answers: { 201: madeKey },
  }),
  rotate: endpoint({
    method: 'POST',
    url: '/api/v1/keys/:id/rotation',
    tag: 'keys',
    summary: { zh: '更换接口密钥', en: 'Give an API key a new text' },
    params,
    /** Hours for which the old text still works. */
    body: z.strictObject({ graceHours: z.int().min(0).max(168).default(24) }),
    answers: { 201: madeKey },
  }),
  revoke: endpoint({
    method: 'DELETE',
    url: '/api/v1/keys/:id',
    tag: 'keys',
    summary: { zh: '停用接口密钥，立即生效', en: 'End an API key at once' },
    params,
    answers: { 200: z.array(keyView) },
  }),
  rules: endpoint({
    method: 'GET',
    url: '/api/v1/account-rules',
    tag: 'keys',
    summary: { zh: '登录规则', en: 'What the company asks of whoever signs in' },
    answers: { 200: rulesView },
  }),
  setRules: endpoint({
    method: 'PUT',
    url: '/api/v1/account-rules',
    tag: 'keys',
    summary: { zh: '设定登录规则', en: 'Set what the company asks of whoever signs in' },
    body: rulesView,
    answers: { 200: rulesView },
  }),
  events: endpoint({
    method: 'GET',
    url: '/api/v1/account-events',
    tag: 'keys',
    summary: { zh: '全公司的账号与密钥记录', en: 'What happened to accounts and keys of the company' },
    answers: { 200: z.array(accountEventSchema) },
  }),
};
