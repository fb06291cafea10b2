import { z } from 'zod';
import { caseParams, endpoint, idSchema, momentSchema, textSchema } from './common.ts';

const words = z.strictObject({ zh: z.string().trim().min(1).max(500), en: z.string().trim().max(500).default('') });
const kind = z.enum(['water', 'power', 'gas', 'heating', 'lift', 'network', 'other']);

/** A known outage. */
export const incidentView = z
  .object({
    id: z.string(),
    kind,
    title: textSchema,
    /** What callers are told. */
    words: textSchema,
    beganAt: momentSchema,
    expectedEnd: momentSchema.nullable(),
    endedAt: momentSchema.nullable(),
    places: z.array(
      z.object({
        premisesId: z.string(),
        equipmentId: z.string().nullable(),
        riser: z.string().nullable(),
        name: z.string(),
      }),
    ),
    /** How many cases belong to it. */
    cases: z.int(),
    changes: z.array(
      z.object({
        at: momentSchema,
        by: z.string(),
        what: z.enum(['declared', 'moved', 'worded', 'ended']),
        told: textSchema,
      }),
    ),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.infer<typeof incidentView>;

const incidentBody = z
  .strictObject({
    kind,
    title: z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().max(60).default('') }),
    words,
    beganAt: momentSchema.optional(),
    expectedEnd: momentSchema.nullable().default(null),
    places: z
      .array(
        z.strictObject({
          premisesId: idSchema,
          equipmentId: idSchema.nullable().default(null),
          /** Last two figures of the rooms on one pipe. */
          riser: z
            .string()
            .regex(/^\d{1,2}$/)
            .nullable()
            .default(null),
        }),
      )
      .min(1)
      .max(200),
  })
  .meta({ id: 'IncidentBody' });
export type IncidentBody = z.input<typeof incidentBody>;

/** An earlier matter that may be about the same thing. */
export const similarView = z
  .object({
    caseId: z.string(),
    number: z.string(),
    matter: textSchema,
    state: textSchema,
    summary: z.string(),
    place: z.string(),
    receivedAt: momentSchema,
    nearness: z.enum(['sameUnit', 'sameRiser', 'sameEntrance', 'sameBuilding', 'sameEstate', 'elsewhere']),
    score: z.number(),
    likely: z.boolean(),
    /** Which case a joining would go to: itself, or the one it was joined to already. */
    joinTo: z.object({ caseId: z.string(), number: z.string() }),
  })
  .meta({ id: 'SimilarCase' });
export type SimilarView = z.infer<typeof similarView>;

export const samePersonView = z
  .object({
    suggestions: z.array(
      z.object({ id: z.string(), phone: z.string(), email: z.string(), source: z.enum(['thisCase', 'residentList']) }),
    ),
    joined: z.array(
      z.object({
        id: z.string(),
        phone: z.string(),
        email: z.string(),
        how: z.enum(['calledBack', 'answeredMail', 'atCounter', 'residentList']),
        at: momentSchema,
        by: z.string(),
      }),
    ),
    cases: z.array(z.object({ caseId: z.string(), number: z.string(), state: textSchema, receivedAt: momentSchema })),
  })
  .meta({ id: 'SamePerson' });
export type SamePersonView = z.infer<typeof samePersonView>;

export const inboxEndpoints = {
  similar: endpoint({
    method: 'GET',
    url: '/api/v1/similar-cases',
    tag: 'inbox',
    summary: {
      zh: '似曾相识：可能是同一件事的案件，与涉及的已知事件',
      en: 'Cases that may be about the same thing, and known outages',
    },
    query: z.strictObject({
      words: z.string().max(2000).default(''),
      premises: idSchema.optional(),
      /** For a case that has just arrived: its own words and place. */
      case: idSchema.optional(),
    }),
    answers: { 200: z.object({ items: z.array(similarView), incidents: z.array(incidentView) }) },
  }),
  join: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/joining',
    tag: 'inbox',
    summary: {
      zh: '并入另一件（各自的编号、答复、确认不变）',
      en: 'Join to an earlier case; each keeps its number, answer and confirmation',
    },
    params: caseParams,
    body: z.strictObject({ lead: idSchema, reason: z.string().max(300).default('') }),
    answers: { 200: z.object({ lead: z.object({ caseId: z.string(), number: z.string() }) }) },
  }),
  split: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/splitting',
    tag: 'inbox',
    summary: { zh: '拆分（撤销并案）', en: 'Split off again' },
    params: caseParams,
    body: z.strictObject({ reason: z.string().max(300) }),
    answers: { 204: null },
  }),
  jointAnswer: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/joint-answer',
    tag: 'inbox',
    summary: { zh: '统一答复本件和并入的各件', en: 'Tell the people of this case and of all joined to it' },
    params: caseParams,
    body: z.strictObject({ text: words, key: z.string().min(8).max(100) }),
    answers: { 200: z.object({ told: z.array(z.object({ caseId: z.string(), number: z.string() })) }) },
  }),
  incidents: endpoint({
    method: 'GET',
    url: '/api/v1/incidents',
    tag: 'inbox',
    summary: { zh: '已知事件（停水停电等）', en: 'Known outages' },
    query: z.strictObject({
      /** Only running ones that touch this place. */
      premises: idSchema.optional(),
      open: z.enum(['true', 'false']).optional(),
    }),
    answers: { 200: z.object({ items: z.array(incidentView), mayDeclare: z.boolean() }) },
  }),
  declare: endpoint({
    method: 'POST',
    url: '/api/v1/incidents',
    tag: 'inbox',
    summary: { zh: '发布事件', en: 'Declare an outage' },
    body: incidentBody,
    answers: { 201: incidentView },
  }),
  changeIncident: endpoint({
    method: 'PATCH',
    url: '/api/v1/incidents/:id',
    tag: 'inbox',
    summary: {
      zh: '改预计时间、改口径或结束（相关案件同时得到答复）',
      en: 'Move its promise, reword or end it; everybody concerned is told',
    },
    params: caseParams,
    body: z
      .strictObject({
        words: words.optional(),
        expectedEnd: momentSchema.nullable().optional(),
        ended: z.literal(true).optional(),
      })
      .meta({ id: 'IncidentChange' }),
    answers: { 200: incidentView },
  }),
  linkIncident: endpoint({
    method: 'POST',
    url: '/api/v1/incidents/:id/cases',
    tag: 'inbox',
    summary: { zh: '把案件归入事件', en: 'Say that a case belongs to an outage' },
    params: caseParams,
    body: z.strictObject({ case: idSchema }),
    answers: { 204: null },
  }),
  samePerson: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/same-person',
    tag: 'inbox',
    summary: {
      zh: '是否同一人：待核对的电话与邮箱、他的其他案件',
      en: 'Who asked: contacts to be checked, his other cases',
    },
    params: caseParams,
    answers: { 200: samePersonView },
  }),
  confirmSame: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/same-person',
    tag: 'inbox',
    summary: { zh: '核对后确认是同一人', en: 'Confirm, after a check, that both belong to one person' },
    params: caseParams,
    body: z.strictObject({
      /** Id of the pair that was checked. */
      suggestion: z.string().length(24),
      how: z.enum(['calledBack', 'answeredMail', 'atCounter', 'residentList']),
    }),
    answers: { 200: samePersonView },
  }),
  undoSame: endpoint({
    method: 'DELETE',
    url: '/api/v1/cases/:id/same-person/:joined',
    tag: 'inbox',
    summary: { zh: '撤销同一人', en: 'Take it back' },
    params: z.strictObject({ id: idSchema, joined: idSchema }),
    answers: { 200: samePersonView },
  }),
};
