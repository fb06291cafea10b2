import { z } from 'zod';
import { caseParams, endpoint, idSchema, momentSchema, textSchema } from './common.ts';
import { findingView } from './connection.ts';
import { incidentView } from './inbox.ts';

const reason = z.enum(['answered', 'wrongNumber', 'silent', 'internal', 'calledBack', 'unreachable', 'other']);

const call = z.object({
  id: z.string(),
  phase: z.enum(['ringing', 'talking', 'answered', 'missed']),
  /** Masked; null when the caller withheld it. */
  phone: z.string().nullable(),
  /** The number that was called, and the estate it stands for. */
  line: z.string().nullable(),
  estate: z.string().nullable(),
  beganAt: momentSchema,
  answeredAt: momentSchema.nullable(),
  endedAt: momentSchema.nullable(),
  /** Null: nobody counted. */
  rings: z.int().nullable(),
  answeredBy: z.string().nullable(),
  takenBy: z.string().nullable(),
  /** Whether the viewer answered it or took it over. */
  mine: z.boolean(),
  /** By when whoever was missed is to be called back. */
  callBackBy: momentSchema.nullable(),
  /** When the next in line hears that nobody has called back. */
  climbsAt: momentSchema.nullable(),
  /** Who has heard so far. */
  escalations: z.array(z.object({ at: momentSchema, to: z.array(z.string()) })),
  /** `listen`: the exchange's settings allow this address to be opened. */
  recording: z.object({ address: z.string(), listen: z.boolean() }).nullable(),
  case: z.object({ id: z.string(), number: z.string() }).nullable(),
  reason: reason.nullable(),
  note: z.string().nullable(),
});
export const callView = call.meta({ id: 'Call' });
export type CallView = z.infer<typeof callView>;

/** A call with what is known of whoever calls. */
export const callerCard = call
  .extend({
    places: z.array(
      z.object({
        premisesId: z.string(),
        place: z.string(),
        relation: z.enum(['owner', 'tenant', 'family']),
        name: z.string(),
      }),
    ),
    /** Open cases of this number, with the name given there, masked; null: none was given. */
    cases: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        name: z.string().nullable(),
        matter: textSchema,
        state: textSchema,
      }),
    ),
    incidents: z.array(incidentView),
  })
  .meta({ id: 'CallerCard' });
export type CallerCard = z.infer<typeof callerCard>;

const exchangeWish = {
  name: z.string().trim().min(1).max(60),
  ringSeconds: z.int().min(1).max(30).default(5),
  answerWithin: z.int().min(1).max(20).default(3),
  callBackMinutes: z.int().min(1).max(10_080).default(30),
  /** Minutes after that until the head of the desk hears, and as many again until his own superior. */
  headAfterMinutes: z.int().min(1).max(10_080).default(30),
  recordings: z
    .array(z.url({ protocol: /^https$/ }).refine((address) => /^https:\/\/[^/]+\//.test(address), 'https://host/'))
    .max(20)
    .default([]),
  numbers: z
    .array(
      z.strictObject({ number: z.string().regex(/^[0-9+*#]{2,20}$/), estateId: idSchema.nullable().default(null) }),
    )
    .max(200)
    .default([]),
  extensions: z
    .array(z.strictObject({ extension: z.string().regex(/^[0-9A-Za-z_.-]{1,40}$/), personId: idSchema }))
    .max(500)
    .default([]),
};
const exchangeBody = z.strictObject(exchangeWish).meta({ id: 'ExchangeBody' });
export type ExchangeBody = z.input<typeof exchangeBody>;
export const exchangeView = z
  .object({
    ...exchangeWish,
    id: z.string(),
    /** Where its messages go. */
    url: z.string(),
    /** When its last call began; null: none was ever heard of. */
    lastCallAt: momentSchema.nullable(),
    madeAt: momentSchema,
  })
  .meta({ id: 'Exchange' });
export type ExchangeView = z.infer<typeof exchangeView>;
const withSecret = z.object({ exchange: exchangeView, secret: z.string() });

export const callEndpoints = {
  list: endpoint({
    method: 'GET',
    url: '/api/v1/calls',
    tag: 'calls',
    summary: { zh: '来电：正在响的、未登记的、未接的', en: 'Calls: running, answered without a case, missed' },
    answers: {
      200: z.object({
        /** Empty for whoever is not at the telephone now. */
        running: z.array(callerCard),
        unsettled: z.array(callView),
        missed: z.array(callView),
        mayAnswer: z.boolean(),
        /** Whether the figure of answered rings is for the viewer. */
        readsFigures: z.boolean(),
      }),
    },
  }),
  take: endpoint({
    method: 'POST',
    url: '/api/v1/calls/:id/taking',
    tag: 'calls',
    summary: { zh: '接手来电（此后可见号码，并留痕）', en: 'Take a call over; its number is shown, on record' },
    params: caseParams,
    answers: {
      200: z.object({
        call: callerCard,
        phone: z.string().nullable(),
        /** Only when the number belongs to one person at one place. */
        name: z.string().nullable(),
        place: z.object({ premisesId: z.string(), text: z.string() }).nullable(),
      }),
    },
  }),
  settle: endpoint({
    method: 'POST',
    url: '/api/v1/calls/:id/outcome',
    tag: 'calls',
    summary: { zh: '来电的去向：登记到案件，或说明原因', en: 'What became of a call: a case, or why there is none' },
    params: caseParams,
    body: z
      .union([
        z.strictObject({ case: idSchema }),
        z.strictObject({ reason, note: z.string().trim().max(300).default('') }),
      ])
      .meta({ id: 'CallOutcome' }),
    answers: { 200: callView },
  }),
  ofCase: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/calls',
    tag: 'calls',
    summary: { zh: '案件的来电', en: 'Calls of a case' },
    params: caseParams,
    answers: { 200: z.object({ items: z.array(callView) }) },
  }),
  exchanges: endpoint({
    method: 'GET',
    url: '/api/v1/exchanges',
    tag: 'calls',
    summary: { zh: '电话交换机', en: 'Telephone exchanges' },
    answers: { 200: z.object({ items: z.array(exchangeView) }) },
  }),
  addExchange: endpoint({
    method: 'POST',
    url: '/api/v1/exchanges',
    tag: 'calls',
    summary: { zh: '接入交换机（密钥只显示一次）', en: 'Enter an exchange; its secret is shown once' },
    body: exchangeBody,
    answers: { 201: withSecret },
  }),
  changeExchange: endpoint({
    method: 'PUT',
    url: '/api/v1/exchanges/:id',
    tag: 'calls',
    summary: { zh: '修改交换机', en: 'Change an exchange' },
    params: caseParams,
    body: exchangeBody,
    answers: { 200: exchangeView },
  }),
  renewExchange: endpoint({
    method: 'POST',
    url: '/api/v1/exchanges/:id/secret',
    tag: 'calls',
    summary: { zh: '更换交换机密钥', en: 'Give an exchange another secret' },
    params: caseParams,
    answers: { 200: z.object({ secret: z.string() }) },
  }),
  checkExchange: endpoint({
    method: 'POST',
    url: '/api/v1/exchanges/:id/check',
    tag: 'calls',
    summary: {
      zh: '试一下：当场检查交换机，逐项说明哪里不对',
      en: 'Try an exchange; says of each thing what is wrong',
    },
    params: caseParams,
    answers: { 200: z.object({ findings: z.array(findingView) }) },
  }),
  retireExchange: endpoint({
    method: 'DELETE',
    url: '/api/v1/exchanges/:id',
    tag: 'calls',
    summary: { zh: '停用交换机（来电记录保留）', en: 'Take an exchange out of use; its calls stay' },
    params: caseParams,
    answers: { 204: null },
  }),
};
