import { z } from 'zod';
import { endpoint, momentSchema, textSchema } from './common.ts';
import { accountEventSchema, stepView } from './step.ts';

const signedIn = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  posts: z.array(z.object({ code: z.string(), title: textSchema })),
  unit: z.object({ id: z.string(), code: z.string(), name: z.string() }).nullable(),
  /** He still has the password somebody gave him and is asked to choose his own. */
  firstPassword: z.boolean(),
  /** What he must do before anything else is open to him. */
  must: z.enum(['password', 'secondFactor']).nullable(),
  /** What happened to his account and he has not seen yet. */
  alerts: z.array(accountEventSchema),
  /** He may change who works here and what the company looks after. */
  administers: z.boolean(),
  /** Whether he may read who looked at whose personal data. */
  readsLooks: z.boolean(),
});

/** Who I am and where: what the staff application asks first. Also answered to somebody who is not signed in. */
export const sessionView = z
  .object({
    signedIn: signedIn.nullable(),
    company: z.object({ tenant: z.string(), name: z.string(), nameEn: z.string(), demo: z.boolean() }).nullable(),
    /** `fresh`: nobody has set anything up yet; go to the start page. */
    setup: z.enum(['fresh', 'ready']),
    sandbox: z.boolean(),
    /** The server's time, moved forward in the sandbox. */
    now: momentSchema,
    /** Pack versions in force, so that the page can load them at once. */
    packs: z.array(z.object({ pack: z.string(), version: z.string() })),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionView>;

export const signInBody = z.union([
  z.strictObject({
    username: z.string().min(1).max(100),
    password: z.string().min(1).max(200),
    tenant: z.string().max(60).optional().meta({ description: 'Name or id of the company, where there are several' }),
  }),
  z.strictObject({ personId: z.string().min(1).max(64) }).meta({ description: 'Sandbox only' }),
]);
export type SignInBody = z.infer<typeof signInBody>;

const setupCode = z
  .string()
  .max(40)
  .optional()
  .meta({ description: 'From the terminal that runs the program; not needed on that machine itself' });

export const setupBody = z
  .discriminatedUnion('choice', [
    z.strictObject({ choice: z.literal('demo'), code: setupCode }),
    z.strictObject({
      choice: z.literal('own'),
      code: setupCode,
      company: z.string().max(200),
      estate: z.string().max(200),
      administrator: z.strictObject({
        name: z.string().max(200),
        username: z.string().max(100),
        password: z.string().max(200),
      }),
    }),
  ])
  .meta({ id: 'SetupBody' });
export type SetupBody = z.infer<typeof setupBody>;

export const sandboxPerson = z.object({
  personId: z.string(),
  name: z.string(),
  posts: z.array(textSchema),
  unit: z.string().nullable(),
});

export const sessionEndpoints = {
  read: endpoint({
    method: 'GET',
    url: '/api/v1/session',
    tag: 'session',
    summary: { zh: '我是谁，现在几点', en: 'Who I am and what time it is' },
    open: true,
    answers: { 200: sessionView },
  }),
  signIn: endpoint({
    method: 'POST',
    url: '/api/v1/session',
    tag: 'session',
    summary: { zh: '登录', en: 'Sign in' },
    open: true,
    body: signInBody,
    /** 202: a second factor is asked for. */
    answers: { 201: sessionView, 202: stepView },
  }),
  signOut: endpoint({
    method: 'DELETE',
    url: '/api/v1/session',
    tag: 'session',
    summary: { zh: '退出', en: 'Sign out' },
    open: true,
    answers: { 204: null },
  }),
  password: endpoint({
    method: 'POST',
    url: '/api/v1/session/password',
    tag: 'session',
    summary: { zh: '修改自己的密码', en: 'Change one’s own password' },
    early: true,
    /** The present one may be left out by whoever has just come in by a sent code or a passkey. */
    body: z.strictObject({ current: z.string().min(1).max(200).optional(), password: z.string().max(400) }),
    answers: { 201: sessionView },
  }),
  sandboxPeople: endpoint({
    method: 'GET',
    url: '/api/v1/sandbox/people',
    tag: 'session',
    summary: { zh: '演示公司里可扮演的人', en: 'People of the demo company one can be' },
    open: true,
    answers: { 200: z.array(sandboxPerson) },
  }),
  setup: endpoint({
    method: 'GET',
    url: '/api/v1/setup',
    tag: 'setup',
    summary: { zh: '是否首次启动', en: 'Whether this is the first start' },
    open: true,
    answers: { 200: z.object({ state: z.enum(['fresh', 'ready']), sandbox: z.boolean() }) },
  }),
  chooseSetup: endpoint({
    method: 'POST',
    url: '/api/v1/setup',
    tag: 'setup',
    summary: { zh: '首次启动：看演示或建自己的公司', en: 'First start: look around, or set up a company' },
    open: true,
    body: setupBody,
    answers: { 201: sessionView },
  }),
};
