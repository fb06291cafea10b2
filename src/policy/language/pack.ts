import { z } from 'zod';
import { parseDate } from '#clock/civil.ts';
import { lengthSchema } from './clock.ts';
import { noticeSchema } from './form.ts';
import { guardSchema } from './guard.ts';
import { procedureSchema } from './procedure.ts';
import { roleSchema } from './role.ts';
import { scheduleSchema } from './schedule.ts';
import { tableSchema } from './table.ts';
import { taxonomySchema } from './taxonomy.ts';
import { clauseSchema, nameSchema, rulesSchema, textSchema } from './text.ts';

/** Which unit takes which kind of case: the first row whose condition holds. */
const routingSchema = z.strictObject({
  clause: clauseSchema,
  rules: rulesSchema,
  rows: z.array(z.strictObject({ when: guardSchema, unit: z.string() })).min(1),
});

/** A plain value, or a length of time that clocks take as their limit. */
const settingValue = z.union([z.string(), z.number(), z.boolean(), lengthSchema]);

/** A choice the text leaves open, decided visibly. */
const settingSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  value: settingValue,
  options: z.array(settingValue).optional(),
  note: textSchema.optional(),
});

/** A rate or count with its target: promises kept, answers of one kind among all answers, or cases. */
const metricSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  headline: z.boolean().default(false),
  procedure: z.string(),
  measure: z.union([
    z.strictObject({ clock: z.string() }),
    z.strictObject({
      share: z.strictObject({
        step: z.string(),
        field: z.string(),
        is: z.union([z.string(), z.boolean()]),
        /** Steps that are answers too, of the other kind; the latest answer of a case is the one that counts. */
        against: z.array(z.string()).default([]),
      }),
    }),
    z.strictObject({ count: z.literal('cases') }),
  ]),
  target: z.number().min(0).max(1).optional(),
});

/** A whole written procedure. */
export const packSchema = z.strictObject({
  pack: z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/),
  /** Another pack that this one is, but for what it says otherwise by name. */
  extends: z.string().optional(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.0.0'),
  title: textSchema,
  /** The local day from which new cases follow this version; absent: from its publication on. */
  effective: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day such as 2026-04-01')
    .refine((day) => parseDate(day) !== null, 'expected a day of the calendar such as 2026-04-01')
    .optional(),
  scope: textSchema,
  calendar: z.string(),
  principles: z.array(z.strictObject({ title: textSchema, clause: clauseSchema, rules: rulesSchema })).min(1),
  settings: z.record(nameSchema, settingSchema).default({}),
  matters: z.record(
    nameSchema,
    z.strictObject({ title: textSchema, procedure: nameSchema, clause: clauseSchema, rules: rulesSchema }),
  ),
  channels: z.record(
    nameSchema,
    z.strictObject({
      title: textSchema,
      clause: clauseSchema,
      rules: rulesSchema,
      selfService: z.boolean().default(false),
    }),
  ),
  roles: z.record(nameSchema, roleSchema),
  taxonomies: z.record(nameSchema, taxonomySchema),
  routing: routingSchema,
  procedures: z.record(nameSchema, procedureSchema),
  /** Decision tables: liability, payer, grade. */
  tables: z.record(nameSchema, tableSchema).default({}),
  notices: z.record(nameSchema, noticeSchema),
  schedules: z.record(nameSchema, scheduleSchema).default({}),
  metrics: z.record(nameSchema, metricSchema).default({}),
  /** Clauses that guide people but that no program can enforce. */
  guidance: z.array(z.strictObject({ clause: clauseSchema, rules: rulesSchema, text: textSchema })).default([]),
});
export type PackSpec = z.infer<typeof packSchema>;
export type MetricSpec = z.infer<typeof metricSchema>;
