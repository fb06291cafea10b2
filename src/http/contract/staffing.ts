import { z } from 'zod';
import { endpoint, idSchema, momentSchema, textSchema } from './common.ts';

const date = z.iso.date();
const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,40}$/);
const words = z.string().trim().min(1).max(60);
const reason = z.string().max(200);
const minute = z.int().min(0).max(1_440);
const absenceKind = z.enum(['annual', 'sick', 'personal', 'compensatory', 'training', 'other']);
const hours = { fromMinute: minute.max(1_439), toMinute: minute.min(1) };

const order = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

/** Something said about who can do what, and when. Dates are inclusive; without `to`: until further notice. */
export const staffingBody = z
  .discriminatedUnion('type', [
    order('nameSkill', { code, kind: z.enum(['skill', 'qualification']), zh: words, en: words.optional() }),
    order('retireSkill', { code }),
    order('grantSkill', {
      personId: idSchema,
      skill: code,
      certificateNumber: z.string().max(60).optional(),
      from: date.optional(),
      expiresOn: date.optional(),
    }),
    order('withdrawSkill', { id: idSchema }),
    /** When holders and their superiors are told of a certificate's end; 0 is its last day. */
    order('warnOfExpiry', {
      daysBefore: z.array(z.int().min(0).max(365)).min(1).max(6),
      atMinute: minute.max(1_439),
    }),
    order('makePattern', {
      zh: words,
      en: words.optional(),
      cycleDays: z.int().min(1).max(366),
      parts: z
        .array(
          z.strictObject({
            day: z.int().min(0).max(365),
            ...hours,
            zh: z.string().max(20).optional(),
            en: z.string().max(40).optional(),
          }),
        )
        .max(400),
    }),
    order('retirePattern', { id: idSchema }),
    order('assignPattern', {
      personId: idSchema,
      patternId: idSchema,
      from: date,
      to: date.optional(),
      /** The day on which day 1 of the pattern falls; `from` when absent. */
      anchor: date.optional(),
    }),
    order('endAssignment', { id: idSchema, last: date }),
    order('setWeek', {
      personId: idSchema,
      shifts: z.array(z.strictObject({ weekday: z.int().min(1).max(7), ...hours })).max(28),
    }),
    /** Of whoever leads him it is granted at once; his own waits for the leader. */
    order('askLeave', {
      personId: idSchema,
      kind: absenceKind,
      from: momentSchema,
      to: momentSchema,
      reason: reason.optional(),
    }),
    order('decideLeave', { id: idSchema, granted: z.boolean() }),
    order('withdrawLeave', { id: idSchema }),
    order('askSwap', { giverId: idSchema, takerId: idSchema, on: date, inReturnOn: date.optional() }),
    order('decideSwap', { id: idSchema, agreed: z.boolean() }),
    order('substitute', {
      personId: idSchema,
      substituteId: idSchema,
      /** Absent: all posts. */
      posts: z.array(code).max(20).optional(),
      from: date,
      to: date,
      reason: reason.optional(),
    }),
    order('endSubstitution', { id: idSchema }),
    order('setLimit', {
      post: code.optional(),
      personId: idSchema.optional(),
      decision: code,
      /** Fen; null: any sum. */
      upToFen: z.int().min(0).nullable(),
    }),
    order('endLimit', { id: idSchema }),
    order('nameTerritory', {
      id: idSchema.optional(),
      zh: words,
      en: words.optional(),
      places: z.array(idSchema).max(2_000),
      crews: z.array(z.string().max(64)).max(50),
    }),
    order('retireTerritory', { id: idSchema }),
  ])
  .meta({ id: 'StaffingOrder' });
export type StaffingBody = z.input<typeof staffingBody>;

const leaveView = z.object({
  id: z.string(),
  personId: z.string(),
  kind: absenceKind,
  from: momentSchema,
  to: momentSchema,
  /** Only told to himself and whoever leads him. */
  reason: z.string(),
  status: z.enum(['asked', 'granted', 'declined', 'withdrawn']),
  /** Whether the viewer may decide it. */
  mayDecide: z.boolean(),
});

/** Shifts, leave, skills, substitutes, limits and territories of a company, from `from` on for some days. */
export const staffingView = z
  .object({
    days: z.array(z.string()),
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        unit: textSchema.nullable(),
        /** Whether the viewer may plan for him. */
        manages: z.boolean(),
        onShift: z.boolean(),
        /** Per day: what he does then. */
        duties: z.array(
          z.array(z.object({ from: momentSchema, to: momentSchema, title: textSchema, swapped: z.boolean() })),
        ),
        skills: z.array(
          z.object({
            id: z.string(),
            skill: z.string(),
            certificateNumber: z.string(),
            from: z.string(),
            expiresOn: z.string().nullable(),
            valid: z.boolean(),
          }),
        ),
      }),
    ),
    leave: z.array(leaveView),
    swaps: z.array(
      z.object({
        id: z.string(),
        giverId: z.string(),
        takerId: z.string(),
        on: z.string(),
        inReturnOn: z.string().nullable(),
        status: z.enum(['asked', 'agreed', 'declined', 'withdrawn']),
        mayDecide: z.boolean(),
      }),
    ),
    skills: z.array(z.object({ code: z.string(), kind: z.enum(['skill', 'qualification']), title: textSchema })),
    patterns: z.array(
      z.object({
        id: z.string(),
        title: textSchema,
        cycleDays: z.int(),
        parts: z.array(z.object({ day: z.int(), ...hours, title: textSchema })),
      }),
    ),
    assignments: z.array(
      z.object({
        id: z.string(),
        personId: z.string(),
        patternId: z.string(),
        from: z.string(),
        to: z.string().nullable(),
      }),
    ),
    substitutions: z.array(
      z.object({
        id: z.string(),
        personId: z.string(),
        substituteId: z.string(),
        posts: z.array(z.string()).nullable(),
        from: z.string(),
        to: z.string(),
        reason: z.string(),
      }),
    ),
    limits: z.array(
      z.object({
        id: z.string(),
        post: z.string().nullable(),
        personId: z.string().nullable(),
        decision: z.string(),
        upToFen: z.int().nullable(),
      }),
    ),
    territories: z.array(
      z.object({ id: z.string(), title: textSchema, places: z.array(z.string()), crews: z.array(z.string()) }),
    ),
    /** Certificates that end within 60 days or have ended; `daysLeft` is negative afterwards. */
    expiring: z.array(
      z.object({
        personId: z.string(),
        skill: z.string(),
        expiresOn: z.string(),
        daysLeft: z.int(),
        step: z.int().nullable(),
      }),
    ),
    /** When people are told of a certificate's end; `isDefault`: the company has not said. */
    expiryRules: z.object({ daysBefore: z.array(z.int()), atMinute: z.int(), isDefault: z.boolean() }),
    /** Kinds of decision limits can be set for; `askedBy`: procedures in force that ask for it, without any it has no effect yet. */
    decisions: z.array(z.object({ code: z.string(), title: textSchema, askedBy: z.array(textSchema) })),
  })
  .meta({ id: 'Staffing' });
export type StaffingView = z.infer<typeof staffingView>;

export const staffingEndpoints = {
  read: endpoint({
    method: 'GET',
    url: '/api/v1/staffing',
    tag: 'staffing',
    summary: {
      zh: '排班、休假、资质、代理、权限、片区',
      en: 'Shifts, leave, skills, substitutes, limits, territories',
    },
    query: z.strictObject({
      /** First day; today when absent. */
      from: date.optional(),
      days: z.coerce.number().int().min(1).max(42).default(7),
    }),
    answers: { 200: staffingView },
  }),
  say: endpoint({
    method: 'POST',
    url: '/api/v1/staffing',
    tag: 'staffing',
    summary: { zh: '安排班次、请假、换班、代理等', en: 'Plan shifts, leave, swaps, substitutes and the like' },
    body: staffingBody,
    answers: { 200: staffingView },
  }),
};
