import { z } from 'zod';
import { endpoint, idSchema, momentSchema, personRefSchema, textSchema } from './common.ts';

const seenCase = {
  caseId: z.string(),
  number: z.string(),
  title: textSchema,
  state: textSchema,
  /** What passes on; empty: nothing of it is his, it only waits for his answer. */
  duties: z.array(z.enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor'])),
  waitsForHim: z.boolean(),
  /** Running clocks; `warnsAt`: the next warning still to come. */
  clocks: z.array(
    z.object({ title: textSchema, dueAt: momentSchema, warnsAt: momentSchema.nullable(), late: z.boolean() }),
  ),
  /** Notes since his shift began. */
  notes: z.array(z.object({ at: momentSchema, by: textSchema, text: z.string() })),
};

const promise = {
  /** Minutes after the next one's shift began. */
  acceptMinutes: z.int().min(5).max(1_440),
  /** Minutes after the end of a shift: until then its list is confirmed. */
  listMinutes: z.int().min(5).max(720),
  /** Minutes before that at which whoever owes it is reminded. */
  warnMinutes: z.int().min(5).max(720),
  /** Minutes after either time has passed, and again each time, at which the next level is told. */
  climbMinutes: z.int().min(5).max(720),
};

const rules = z.object({
  ...promise,
  /** Those that nobody has set: what the program is delivered with. */
  delivered: z.array(z.enum(['acceptMinutes', 'listMinutes', 'warnMinutes', 'climbMinutes'])),
  /** Whether lists are asked for: from the company's first list, or its first rule, on, until it says otherwise. */
  asked: z.boolean(),
  /** Whether the viewer may set it. */
  maySet: z.boolean(),
});

/** A hand-over at the change of a shift, with what has become of each line. */
export const shiftListView = z
  .object({
    id: z.string(),
    from: personRefSchema,
    to: personRefSchema,
    confirmedAt: momentSchema,
    shiftEndsAt: momentSchema.nullable(),
    nextBeginsAt: momentSchema,
    acceptUntil: momentSchema,
    note: z.string(),
    /** How many lines still wait for the next one. */
    waiting: z.int(),
    lines: z.array(
      z.object({
        ...seenCase,
        mode: z.enum(['hand', 'keep']),
        remark: z.string(),
        /** `elsewhere`: passed on otherwise meanwhile; `ended`: the case has ended; `notOffered`: it could not be offered; `kept`: it stays where it was. */
        fate: z.enum(['waiting', 'accepted', 'objected', 'elsewhere', 'ended', 'notOffered', 'kept']),
        /** When that came about; for what stays: when the next one saw it. */
        at: momentSchema.nullable(),
        reason: z.string(),
        /** The time to accept has passed, and the lead of the crew was told. */
        late: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ShiftList' });
export type ShiftListView = z.infer<typeof shiftListView>;

/** What the viewer would hand over now, and the lists of the last days that concern him. */
export const shiftChangeView = z
  .object({
    /** The shift he is ending; null where none is planned. */
    shift: z.object({ from: momentSchema, to: momentSchema, title: textSchema }).nullable(),
    /** Who is there to take over, the likeliest first. */
    nexts: z.array(
      z.object({ person: personRefSchema, begins: momentSchema, sameUnit: z.boolean(), samePost: z.boolean() }),
    ),
    lines: z.array(z.object(seenCase)),
    rules,
    /** Until when the viewer's own list is to be confirmed; null where none is owed. */
    owed: z.object({ dueAt: momentSchema, late: z.boolean() }).nullable(),
    given: z.array(shiftListView),
    taken: z.array(shiftListView),
    /** Of people he leads. */
    led: z.array(shiftListView),
    /**
     * Those directly below him, or of whom he was told, who went off duty in the last 12 hours without a list, though open
     * matters are theirs and somebody of their post and unit came on. `told`: who above them has heard.
     */
    missing: z.array(
      z.object({
        person: personRefSchema,
        endedAt: momentSchema,
        dueAt: momentSchema,
        late: z.boolean(),
        held: z.int(),
        told: z.array(personRefSchema),
      }),
    ),
  })
  .meta({ id: 'ShiftChange' });
export type ShiftChangeView = z.infer<typeof shiftChangeView>;

export const shiftListBody = z
  .strictObject({
    to: idSchema,
    note: z.string().max(500).default(''),
    /** Absent: everything he holds is handed over, without remarks. What is not named stays off the list. */
    lines: z
      .array(
        z.strictObject({
          caseId: idSchema,
          mode: z.enum(['hand', 'keep']).default('hand'),
          remark: z.string().max(500).default(''),
        }),
      )
      .max(1_000)
      .optional(),
  })
  .meta({ id: 'ShiftListBody' });
export type ShiftListBody = z.input<typeof shiftListBody>;

const params = z.strictObject({ id: idSchema });

export const shiftListEndpoints = {
  change: endpoint({
    method: 'GET',
    url: '/api/v1/shift-lists',
    tag: 'staffing',
    summary: {
      zh: '交接班：我名下现有的、可接手的人、最近的清单',
      en: 'Change of shift: what I hold now, who may take over, and the lists of late',
    },
    answers: { 200: shiftChangeView },
  }),
  confirm: endpoint({
    method: 'POST',
    url: '/api/v1/shift-lists',
    tag: 'staffing',
    summary: {
      zh: '确认交接班清单，请接班人接手',
      en: 'Confirm the list of a shift and ask the next one to take over',
    },
    body: shiftListBody,
    answers: { 201: shiftListView },
  }),
  read: endpoint({
    method: 'GET',
    url: '/api/v1/shift-lists/:id',
    tag: 'staffing',
    summary: { zh: '一份交接班清单', en: 'One list of a change of shift' },
    params,
    answers: { 200: shiftListView },
  }),
  accept: endpoint({
    method: 'POST',
    url: '/api/v1/shift-lists/:id/acceptance',
    tag: 'staffing',
    summary: { zh: '接手：逐件或全部', en: 'Take over, line by line or everything' },
    params,
    /** Absent: every line that still waits. */
    body: z.strictObject({ cases: z.array(idSchema).max(1_000).optional() }),
    answers: { 200: shiftListView },
  }),
  object: endpoint({
    method: 'POST',
    url: '/api/v1/shift-lists/:id/objection',
    tag: 'staffing',
    summary: {
      zh: '对一件有异议：仍留在交班人名下，并告知班组负责人',
      en: 'Object to a line: it stays where it was, and the lead of the crew is told',
    },
    params,
    body: z.strictObject({ caseId: idSchema, reason: z.string().max(500) }),
    answers: { 200: shiftListView },
  }),
  setRules: endpoint({
    method: 'PUT',
    url: '/api/v1/shift-rules',
    tag: 'staffing',
    summary: {
      zh: '设定交接班的时限与逐级上报',
      en: 'Set the times at the change of a shift, and how soon each next level is told',
    },
    /** `asked`: whether a list is asked for at all; absent: as before, or from now on when nothing was said yet. */
    body: z.strictObject({ ...promise, asked: z.boolean() }).partial(),
    answers: { 200: rules },
  }),
};
