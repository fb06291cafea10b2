import { z } from 'zod';
import { parseDate } from '#clock/civil.ts';
import { changeNoteSchema } from './changes.ts';
import { lengthSchema } from './clock.ts';
import { dispatchSchema } from './dispatch.ts';
import { noticeSchema } from './form.ts';
import { guardSchema } from './guard.ts';
import { procedureSchema } from './procedure.ts';
import { registerSchema } from './register.ts';
import { roleSchema } from './role.ts';
import { scheduleSchema } from './schedule.ts';
import { tableSchema } from './table.ts';
import { taxonomySchema } from './taxonomy.ts';
import { clauseSchema, nameSchema, rulesSchema, textSchema } from './text.ts';

/** Which unit takes which kind of case, and where: the first row that fits. */
const routingSchema = z.strictObject({
  clause: clauseSchema,
  rules: rulesSchema,
  rows: z
    .array(
      z.strictObject({
        when: guardSchema.optional().describe('When this row is the one; may be left out where `premises` says where.'),
        at: z.string().optional().describe('A field of the intake that names a place; needed with `premises`.'),
        premises: z
          .array(z.string().min(1))
          .min(1)
          .optional()
          .describe('Codes of premises: the row is only for places that lie in one of them, or are it.'),
        unit: z.string().describe('Code of the unit that the case is offered to.'),
      }),
    )
    .min(1)
    .describe('Looked at in turn; the first that fits suggests the unit.'),
});
export type RoutingRow = z.infer<typeof routingSchema>['rows'][number];

/** A plain value, or a length of time that clocks take as their limit. */
const settingValue = z.union([z.string(), z.number(), z.boolean(), lengthSchema]);

/** A choice the text leaves open, decided visibly. */
const settingSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  value: settingValue.describe('What is in force: plain, or a length of time that clocks take as their limit.'),
  options: z.array(settingValue).optional().describe('What a company may choose instead.'),
  note: textSchema.optional().describe('Why this was chosen.'),
});

/** A rate or count with its target: promises kept, answers of one kind among all answers, or cases. */
const metricSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  headline: z.boolean().default(false).describe('Stands at the top of the figures.'),
  procedure: z.string().describe('The procedure whose cases are counted.'),
  measure: z
    .union([
      z.strictObject({ clock: z.string().describe('The share of its runs that were kept in time.') }),
      z.strictObject({
        share: z
          .strictObject({
            step: z.string().describe('The step whose answers are counted.'),
            field: z.string().describe('The field of the answer.'),
            is: z.union([z.string(), z.boolean()]).describe('The answer that counts.'),
            against: z
              .array(z.string())
              .default([])
              .describe(
                'Steps that are answers too, of the other kind; the latest answer of a case is the one that counts.',
              ),
          })
          .describe('A share of answers, or of cases.'),
      }),
      z.strictObject({ count: z.literal('cases').describe('Just the number of cases.') }),
      z.strictObject({
        repeats: z
          .strictObject({
            step: z.string().describe('The step that does the work: cases in which it was taken are the whole.'),
            by: z.string().describe('The intake field in which a later case gives the number of the earlier one.'),
            within: z
              .string()
              .describe(
                'How soon after the step it must have come: a duration, or `setting.` with one that holds one.',
              ),
            same: z
              .array(z.string())
              .default([])
              .describe('Intake fields in which both must say the same, such as the place.'),
          })
          .describe('The share of cases whose work had to be done again.'),
      }),
    ])
    .describe('What is measured, in one of four ways.'),
  target: z.number().min(0).max(1).optional().describe('The share that is wanted, or more.'),
  atMost: z.number().min(0).max(1).optional().describe('The share that is allowed, of what should be rare.'),
});

/** A whole written procedure. */
export const packSchema = z.strictObject({
  pack: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{0,7}$/)
    .describe('Short name of the pack: one to eight capital letters and digits.'),
  extends: z
    .string()
    .optional()
    .describe('Another pack that this one is, but for what it says otherwise by name; `null` takes a name out.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.0.0')
    .describe('A case keeps the version it began with; a published version never changes.'),
  changes: z
    .array(changeNoteSchema)
    .default([])
    .describe(
      'What each version changed, by whom and why; a pack that extends another has its own. Shown to whoever approves a version and beside the procedure.',
    ),
  title: textSchema,
  effective: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day such as 2026-04-01')
    .refine((day) => parseDate(day) !== null, 'expected a day of the calendar such as 2026-04-01')
    .optional()
    .describe('The local day from which new cases follow this version; absent: from its publication on.'),
  scope: textSchema.describe('What the procedure is for.'),
  calendar: z.string().describe('A file of `calendars/`: working hours, holidays, make-up days.'),
  principles: z
    .array(z.strictObject({ title: textSchema, clause: clauseSchema, rules: rulesSchema }))
    .min(1)
    .describe('What the text says it stands for.'),
  settings: z
    .record(nameSchema, settingSchema)
    .default({})
    .describe('Choices that the text leaves open, decided visibly; conditions read them as `setting.<name>`.'),
  matters: z
    .record(
      nameSchema,
      z.strictObject({
        title: textSchema,
        procedure: nameSchema.describe('The procedure that takes it.'),
        clause: clauseSchema,
        rules: rulesSchema,
      }),
    )
    .describe('What people come with.'),
  channels: z
    .record(
      nameSchema,
      z.strictObject({
        title: textSchema,
        clause: clauseSchema,
        rules: rulesSchema,
        selfService: z.boolean().default(false).describe('Open to the person who asks, without staff.'),
        scan: nameSchema
          .optional()
          .describe(
            'What comes this way lies on paper: the intake field for its scan, which must be there (a fellow signer’s case leans on the first one’s). The day it arrived is asked for, and clocks from receipt run from then.',
          ),
      }),
    )
    .describe('The ways in.'),
  roles: z.record(nameSchema, roleSchema).describe('Who may act, in one of four ways.'),
  taxonomies: z.record(nameSchema, taxonomySchema).describe('Ways of sorting cases.'),
  routing: routingSchema.describe('Which unit takes which kind of case.'),
  dispatch: z
    .record(nameSchema, dispatchSchema)
    .default({})
    .describe('How steps that put somebody in charge find the person; without one, by shift and load alone.'),
  procedures: z.record(nameSchema, procedureSchema).describe('One file each in `procedures/`.'),
  tables: z
    .record(nameSchema, tableSchema)
    .default({})
    .describe('Decision tables: liability, payer, grade; a step lets them decide by `decides`.'),
  notices: z.record(nameSchema, noticeSchema).describe('What people are told.'),
  schedules: z
    .record(nameSchema, scheduleSchema)
    .default({})
    .describe(
      'Duties of the calendar: at each date a case of its own is opened, so that it too has a person and a clock.',
    ),
  registers: z
    .record(nameSchema, registerSchema)
    .default({})
    .describe('Ledgers that follow the cases by themselves: read on the page of the procedure, taken away as a table.'),
  metrics: z.record(nameSchema, metricSchema).default({}).describe('Rates and counts with their targets.'),
  builtIn: z
    .array(
      z.strictObject({
        clause: clauseSchema,
        rules: rulesSchema.refine((ids) => ids.length > 0, 'expected the ids of the rules'),
        text: textSchema,
      }),
    )
    .default([])
    .describe('Rules that the program itself keeps, whatever a pack says; each must be shown by a test.'),
  guidance: z
    .array(z.strictObject({ clause: clauseSchema, rules: rulesSchema, text: textSchema }))
    .default([])
    .describe('Clauses that guide people but that no program can enforce.'),
});
export type PackSpec = z.infer<typeof packSchema>;
export type MetricSpec = z.infer<typeof metricSchema>;
