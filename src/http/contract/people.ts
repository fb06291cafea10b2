import { z } from 'zod';
import { endpoint, idSchema, momentSchema, personRefSchema, textSchema } from './common.ts';

const dutySchema = z.enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor']);
const postCode = z.string().min(1).max(41);
const unitCode = z.string().min(1).max(64);
const dateSchema = z.iso.date();

/** A post somebody holds or is going to hold; dates are local and inclusive, `to` null = until further notice. */
const heldPost = z.object({
  post: z.string(),
  unit: z.object({ code: z.string(), name: textSchema }),
  from: z.string(),
  to: z.string().nullable(),
});

/** An open case a person answers for, with what he is on it. */
const heldCase = z.object({ id: z.string(), number: z.string(), duties: z.array(dutySchema) });

/** A member of staff as whoever runs the organisation sees him. */
export const staffView = z
  .object({
    id: z.string(),
    name: z.string(),
    active: z.boolean(),
    unit: z.object({ code: z.string(), name: textSchema }).nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    /** Null: no account. `first`: he has not yet replaced the password he was given. */
    account: z
      .object({
        username: z.string(),
        first: z.boolean(),
        /** After too many failures; null: the door is open. */
        lockedUntil: momentSchema.nullable(),
        /** Where he is signed in now. */
        sessions: z.int(),
        totp: z.boolean(),
        passkeys: z.int(),
      })
      .nullable(),
    /** An invitation that waits to be accepted; the link itself was told once. */
    invitation: z
      .object({ username: z.string(), email: z.string().nullable(), madeBy: z.string(), expiresAt: momentSchema })
      .nullable(),
    posts: z.array(heldPost),
    holds: z.array(heldCase),
  })
  .meta({ id: 'Staff' });
export type StaffView = z.infer<typeof staffView>;

/** What somebody signs in with for the first time; shown once, never again. */
export const firstAccess = z
  .object({ personId: z.string(), username: z.string(), firstPassword: z.string() })
  .meta({ id: 'FirstAccess' });
export type FirstAccessView = z.infer<typeof firstAccess>;

/** The link is told once, and only where it was not sent by e-mail. */
export const inviteView = z
  .object({ url: z.string().nullable(), email: z.string().nullable(), username: z.string(), expiresAt: momentSchema })
  .meta({ id: 'Invite' });
export type InviteView = z.infer<typeof inviteView>;

export const hireBody = z
  .strictObject({
    name: z.string().max(200),
    unit: unitCode,
    posts: z.array(postCode).max(20),
    phone: z
      .string()
      .regex(/^\+?[\d -]{5,24}$/)
      .optional(),
    email: z.email().max(254).optional(),
    /** Without one he gets no account and cannot sign in. */
    username: z.string().max(100).optional(),
  })
  .meta({ id: 'HireBody' });
export type HireBody = z.infer<typeof hireBody>;

export const postsBody = z
  .strictObject({
    add: z
      .array(z.strictObject({ post: postCode, unit: unitCode, from: dateSchema.optional() }))
      .max(20)
      .default([]),
    /** `last`: the last day; today when absent. Without a unit the post ends everywhere. */
    end: z
      .array(z.strictObject({ post: postCode, unit: unitCode.optional(), last: dateSchema.optional() }))
      .max(20)
      .default([]),
  })
  .meta({ id: 'PostsBody' });
export type PostsBody = z.input<typeof postsBody>;

export const handOverBody = z
  .strictObject({
    to: idSchema,
    reason: z.string().max(500),
    /** Absent: every open case he holds. */
    cases: z.array(idSchema).max(1_000).optional(),
  })
  .meta({ id: 'HandOverBody' });
export type HandOverBody = z.infer<typeof handOverBody>;

/** What became of each duty on each case: passed on, offered to somebody who has yet to accept it, or refused with who may hand it over instead. */
export const handOverView = z
  .object({
    verdicts: z.array(
      z.object({
        caseId: z.string(),
        number: z.string(),
        duty: dutySchema,
        /** It has passed to the next person. */
        done: z.boolean(),
        /** It is only offered: whoever is named has it once he accepts; until then it stays where it was. */
        waits: z.object({ name: z.string(), until: momentSchema.nullable() }).nullable(),
        refusal: z.object({ code: z.string(), messages: textSchema, who: textSchema.optional() }).nullable(),
      }),
    ),
    remaining: z.int(),
    to: personRefSchema,
  })
  .meta({ id: 'HandOver' });
export type HandOverView = z.infer<typeof handOverView>;

const params = z.strictObject({ id: idSchema });

/** Posts people can be given, named as the procedures in force name them. */
const postView = z.object({ code: z.string(), title: textSchema });
export type PostView = z.infer<typeof postView>;

export const peopleEndpoints = {
  posts: endpoint({
    method: 'GET',
    url: '/api/v1/posts',
    tag: 'people',
    summary: { zh: '岗位', en: 'Posts of the organisation' },
    answers: { 200: z.array(postView) },
  }),
  hire: endpoint({
    method: 'POST',
    url: '/api/v1/people',
    tag: 'people',
    summary: { zh: '新增员工（初始密码只显示一次）', en: 'Enter somebody; the first password is shown once' },
    body: hireBody,
    answers: { 201: z.object({ person: staffView, access: firstAccess.nullable() }) },
  }),
  read: endpoint({
    method: 'GET',
    url: '/api/v1/people/:id',
    tag: 'people',
    summary: { zh: '员工的岗位、账号与在办案件', en: 'Posts, account and open cases of a person' },
    params,
    answers: { 200: staffView },
  }),
  posting: endpoint({
    method: 'PATCH',
    url: '/api/v1/people/:id',
    tag: 'people',
    summary: { zh: '任免岗位', en: 'Give or end posts' },
    params,
    body: postsBody,
    answers: { 200: staffView },
  }),
  account: endpoint({
    method: 'POST',
    url: '/api/v1/people/:id/account',
    tag: 'people',
    summary: { zh: '开通账号或重置密码', en: 'Open an account or replace a forgotten password' },
    params,
    /** A username opens an account; without one the existing account gets a new first password. */
    body: z.strictObject({ username: z.string().max(100).optional() }),
    answers: { 201: firstAccess },
  }),
  invite: endpoint({
    method: 'POST',
    url: '/api/v1/people/:id/invitation',
    tag: 'people',
    summary: {
      zh: '邀请员工自设密码：发邮件，或给出可打印的链接；再发一次即作废上一份',
      en: 'Invite somebody to choose a password, by e-mail or a link to print; a second one ends the first',
    },
    params,
    body: z.strictObject({ username: z.string().max(100).optional(), byEmail: z.boolean().default(false) }),
    answers: { 201: inviteView },
  }),
  withdraw: endpoint({
    method: 'DELETE',
    url: '/api/v1/people/:id/invitation',
    tag: 'people',
    summary: { zh: '撤回邀请', en: 'Withdraw an invitation' },
    params,
    answers: { 200: staffView },
  }),
  endSessions: endpoint({
    method: 'DELETE',
    url: '/api/v1/people/:id/sessions',
    tag: 'people',
    summary: { zh: '让该员工在所有设备退出', en: 'Sign somebody out everywhere' },
    params,
    answers: { 200: staffView },
  }),
  unlock: endpoint({
    method: 'DELETE',
    url: '/api/v1/people/:id/lock',
    tag: 'people',
    summary: { zh: '解除登录锁定', en: 'Let somebody try to sign in again' },
    params,
    answers: { 200: staffView },
  }),
  resetFactors: endpoint({
    method: 'DELETE',
    url: '/api/v1/people/:id/second-factor',
    tag: 'people',
    summary: {
      zh: '手机丢失：解除其验证器与通行密钥',
      en: 'Take every second factor away from somebody who lost his phone',
    },
    params,
    answers: { 200: staffView },
  }),
  handOver: endpoint({
    method: 'POST',
    url: '/api/v1/people/:id/hand-over',
    tag: 'people',
    summary: { zh: '转交在办案件（逐件给出结果）', en: 'Hand open cases over, with a verdict for each' },
    params,
    body: handOverBody,
    answers: { 200: handOverView },
  }),
  deactivate: endpoint({
    method: 'POST',
    url: '/api/v1/people/:id/deactivation',
    tag: 'people',
    summary: { zh: '停用员工（须先转交在办案件）', en: 'End an employment; open cases must be handed over first' },
    params,
    answers: { 200: staffView },
  }),
};
