import { z } from 'zod';
import { basisSchema, clauseSchema, rulesSchema, textSchema } from './text.ts';

/** A duty on the calendar: at each date a case of its own is opened, so that it too has a person and a clock. */
export const scheduleSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
  opens: z.string().describe('The procedure of the case that is opened.'),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('09:00')
    .describe('Local time of day.'),
  every: z
    .union([
      z.strictObject({ days: z.literal(1).describe('Every day.') }),
      z.strictObject({ weekday: z.number().int().min(1).max(7).describe('Every week on this day; 1 is Monday.') }),
      z.strictObject({
        months: z.number().int().min(1).max(12).describe('Every so many months, counted from January.'),
        day: z.number().int().min(1).max(28).describe('The day of that month.'),
      }),
    ])
    .describe('How often, in one of three ways.'),
  values: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe('What its intake begins with.'),
});
export type ScheduleSpec = z.infer<typeof scheduleSchema>;
