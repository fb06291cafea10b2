import { z } from 'zod';
import {
  actorRefSchema,
  caseParams,
  endpoint,
  idempotencyKey,
  idSchema,
  momentSchema,
  personRefSchema,
  textSchema,
  valuesSchema,
} from './common.ts';

/** What begins a case. `matter` chooses the procedure; `procedure` is needed only where a matter leads to several. */
export const registerBody = z
  .strictObject({
    matter: z.string().min(1).max(64),
    /** Which procedure book; needed where several in force know the matter. */
    pack: z.string().max(16).optional(),
    procedure: z.string().max(64).optional(),
    channel: z.string().min(1).max(64),
    receivedAt: momentSchema.optional(),
    values: valuesSchema,
    /** An earlier case about the same thing: this one keeps its own number, answer and confirmation. */
    joins: idSchema.optional(),
    /** A known outage that it belongs to. */
    incident: idSchema.optional(),
  })
  .meta({ id: 'RegisterBody' });
export type RegisterBody = z.infer<typeof registerBody>;

const duty = personRefSchema.nullable();

/** A clock of the case, with the words to show beside it. */
export const clockView = z
  .object({
    clock: z.string(),
    run: z.int(),
    title: textSchema,
    clause: z.string(),
    startedAt: momentSchema,
    targetAt: momentSchema.nullable(),
    dueAt: momentSchema,
    status: z.enum(['running', 'paused', 'kept', 'late', 'cancelled']),
    breachedAt: momentSchema.nullable(),
    stoppedAt: momentSchema.nullable(),
    /** Milliseconds past the limit, when it ended late. */
    lateBy: z.number().nullable(),
    pausedSince: momentSchema.nullable(),
    /** Set when the deadline crosses a year whose holidays are not announced. */
    provisional: textSchema.nullable(),
  })
  .meta({ id: 'Clock' });
export type ClockView = z.infer<typeof clockView>;

export const entryView = z
  .object({
    seq: z.int(),
    step: z.string(),
    round: z.int(),
    at: momentSchema,
    by: actorRefSchema,
    values: valuesSchema,
    visible: z.boolean(),
  })
  .meta({ id: 'Entry' });

export const documentView = z
  .object({
    form: z.string(),
    title: textSchema,
    number: z.string(),
    digest: z.string(),
    issuedAt: momentSchema,
    signature: z
      .object({
        signer: z.string(),
        method: z.string(),
        at: momentSchema,
        attachment: z.string().nullable(),
        witness: z.string().nullable(),
      })
      .nullable(),
    voided: z.boolean(),
  })
  .meta({ id: 'CaseDocument' });

/** One case as a member of staff sees it; personal values are masked and named in `masked`. */
export const caseView = z
  .object({
    id: idSchema,
    number: z.string(),
    pack: z.string(),
    packVersion: z.string(),
    procedure: z.string(),
    matter: z.string(),
    channel: z.string(),
    /** The way it truly came by, where the pack has no channel of its own for it. */
    via: textSchema.nullable(),
    receivedAt: momentSchema,
    registeredAt: momentSchema,
    state: z.string(),
    stateTitle: textSchema,
    enteredAt: momentSchema,
    round: z.int(),
    values: valuesSchema,
    masked: z.array(z.string()),
    duties: z.object({ firstReceiver: duty, assignee: duty, caseOfficer: duty, followUpVisitor: duty }),
    clocks: z.array(clockView),
    entries: z.record(z.string(), z.array(entryView)),
    documents: z.array(documentView),
    links: z.array(
      z.object({
        caseId: z.string().nullable(),
        procedure: z.string(),
        relation: z.string(),
        reference: z.string(),
      }),
    ),
    notes: z.array(
      z.object({
        seq: z.int(),
        at: momentSchema,
        by: actorRefSchema,
        text: z.string(),
        visible: z.boolean(),
        files: z.array(z.string()).optional(),
      }),
    ),
    outcome: z.string().nullable(),
    closedAt: momentSchema.nullable(),
    archivedAt: momentSchema.nullable(),
    nextDeadline: z
      .object({ clock: z.string(), title: textSchema, clause: z.string(), dueAt: momentSchema })
      .nullable(),
    responsible: personRefSchema.nullable(),
    seq: z.int(),
    /** Address of the owner's page, to be handed to the person who asked; only in the answer to registering. */
    ownerPage: z.string().optional(),
  })
  .meta({ id: 'Case' });
export type CaseView = z.infer<typeof caseView>;

const dutyName = z.enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor']);
export const commandBody = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('take'), step: z.string().min(1).max(64), values: valuesSchema.default({}) }),
    z.strictObject({
      type: z.literal('reassign'),
      duty: dutyName,
      personId: z.string().min(1).max(64),
      reason: z.string().max(2000),
    }),
    /** Takes a case that is on offer. */
    z.strictObject({ type: z.literal('grab') }),
    /** Takes over the duties that somebody wants to pass on. */
    z.strictObject({ type: z.literal('accept') }),
    /** Says no to a case one was given or offered. */
    z.strictObject({ type: z.literal('decline'), reason: z.string().max(2000) }),
    z.strictObject({
      type: z.literal('annotate'),
      text: z.string().max(8000),
      correctionOf: z.int().positive().optional(),
      visible: z.boolean().optional(),
    }),
    z.strictObject({ type: z.literal('move'), version: z.string().min(1).max(32), reason: z.string().max(2000) }),
  ])
  .meta({ id: 'CommandBody' });
export type CommandBody = z.infer<typeof commandBody>;

export const journalEntry = z
  .object({
    seq: z.int(),
    at: momentSchema,
    type: z.string(),
    actor: actorRefSchema,
    data: z.record(z.string(), z.json()),
    clause: z.string().nullable(),
    hash: z.string(),
    prevHash: z.string(),
    /** What a person reads in the timeline. */
    sentence: textSchema,
    /** Personal content that was lawfully removed. */
    erased: z.boolean(),
  })
  .meta({ id: 'JournalEntry' });
export type JournalEntryView = z.infer<typeof journalEntry>;

export const allowedCommand = z
  .object({
    command: z.enum(['register', 'take', 'reassign', 'grab', 'accept', 'decline', 'annotate', 'move']),
    step: z.string().nullable(),
    title: textSchema,
    clause: z.string(),
    main: z.boolean(),
    allowed: z.boolean(),
    mine: z.boolean(),
    /** In whose name it would be done, by a substitute. */
    standsInFor: z.object({ id: z.string(), name: z.string() }).optional(),
    why: z.array(z.object({ code: z.string(), message: textSchema, who: textSchema.optional() })),
    preset: valuesSchema,
  })
  .meta({ id: 'AllowedCommand' });
export type AllowedCommandView = z.infer<typeof allowedCommand>;

export const candidateView = z
  .object({
    personId: z.string(),
    name: z.string(),
    unit: z.string().nullable(),
    unitTitle: z.string().nullable(),
    onShift: z.boolean(),
    load: z.int(),
    fit: z.boolean(),
    /** Points by the procedure's policy; null where it has none, and for whoever does not fit. */
    score: z.number().nullable(),
    /** Why he is offered, or passed over. */
    reason: textSchema,
  })
  .meta({ id: 'Candidate' });
export type CandidateView = z.infer<typeof candidateView>;
/** The conditions of the policy that decided. */
const candidateWay = z.object({ title: textSchema, clause: z.string() });
export type CandidateWay = z.infer<typeof candidateWay>;

// Loose, because every request carries headers of its own.
const orderHeaders = z.looseObject({ 'idempotency-key': idempotencyKey.optional() });
const changeHeaders = z.looseObject({
  'idempotency-key': idempotencyKey.optional(),
  'if-match': z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'The ETag last seen; required for take and reassign, `*` for API keys' }),
});

export const caseEndpoints = {
  register: endpoint({
    method: 'POST',
    url: '/api/v1/cases',
    tag: 'cases',
    summary: { zh: '登记一件事', en: 'Register a case' },
    headers: orderHeaders,
    body: registerBody,
    answers: { 201: caseView },
  }),
  read: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id',
    tag: 'cases',
    summary: { zh: '查看案件', en: 'Read a case' },
    params: caseParams,
    answers: { 200: caseView },
  }),
  journal: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/journal',
    tag: 'cases',
    summary: { zh: '案件经过', en: 'The journal of a case' },
    params: caseParams,
    query: z.strictObject({ after: z.coerce.number().int().min(0).optional() }),
    answers: { 200: z.array(journalEntry) },
  }),
  allowed: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/allowed-commands',
    tag: 'cases',
    summary: { zh: '现在能做什么，不能做的为什么', en: 'What can be done now, and why not' },
    params: caseParams,
    answers: { 200: z.array(allowedCommand) },
  }),
  command: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/commands',
    tag: 'cases',
    summary: { zh: '办理一步', en: 'Give an order on a case' },
    params: caseParams,
    headers: changeHeaders,
    body: commandBody,
    answers: { 200: caseView },
  }),
  candidates: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/candidates',
    tag: 'cases',
    summary: { zh: '可派的人', en: 'Whom a step may be given to' },
    params: caseParams,
    query: z.strictObject({
      step: z.string().max(64).optional(),
      field: z.string().max(64).optional(),
      /** Another department than the suggested one. */
      unit: z.string().max(64).optional(),
    }),
    answers: {
      200: z.object({
        /** The department the pack's routing suggests for this case. */
        unit: z.object({ code: z.string(), name: z.string(), clause: z.string() }).nullable(),
        way: candidateWay.nullable(),
        people: z.array(candidateView),
      }),
    },
  }),
  ownerPage: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/owner-page',
    tag: 'cases',
    summary: { zh: '给业主一个查看链接', en: 'Make a link to the owner’s page' },
    params: caseParams,
    answers: { 201: z.object({ url: z.string() }) },
  }),
  receipt: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/receipt.pdf',
    tag: 'cases',
    summary: {
      zh: '给来人的受理回执（可打印，带查询码）',
      en: 'The receipt for the person at the counter, with the code of his page',
    },
    params: caseParams,
    query: z.strictObject({ paper: z.enum(['a4', 'a5', '80mm']).default('a4') }),
    answers: { 200: { binary: 'application/pdf' } },
  }),
  outsidePage: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/outside-page',
    tag: 'cases',
    summary: { zh: '请外部单位答复一次', en: 'Ask a party outside for one answer' },
    params: caseParams,
    body: z.strictObject({
      /** A role of the procedure that is played outside the company. */
      role: z.string().min(1).max(64),
      /** Who is asked, as the timeline will name him. */
      name: z.string().trim().min(1).max(60),
      /** Where the question is also sent. */
      contact: z.email().max(200).optional(),
    }),
    answers: { 201: z.object({ url: z.string(), expiresAt: momentSchema.nullable() }) },
  }),
  disclosure: endpoint({
    method: 'POST',
    url: '/api/v1/cases/:id/disclosure',
    tag: 'cases',
    summary: { zh: '说明理由后查看明文（留痕）', en: 'See personal values in clear, with a logged reason' },
    params: caseParams,
    body: z.strictObject({ reason: z.string().max(500) }),
    answers: {
      200: z.object({
        values: valuesSchema,
        entries: z.array(z.object({ seq: z.int(), step: z.string(), values: valuesSchema })),
        until: momentSchema,
      }),
    },
  }),
};
