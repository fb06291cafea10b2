import { z } from 'zod';
import { basisSchema, clauseSchema, rulesSchema, textSchema } from './text.ts';

/** A duty on the calendar: at each date a case of its own is opened, so that it too has a person and a clock. */
export const scheduleSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
  opens: z.string(),
  /** Local time of day, HH:MM. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('09:00'),
  every: z.union([
    z.strictObject({ days: z.literal(1) }),
    z.strictObject({ weekday: z.number().int().min(1).max(7) }),
    z.strictObject({ months: z.number().int().min(1).max(12), day: z.number().int().min(1).max(28) }),
  ]),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
export type ScheduleSpec = z.infer<typeof scheduleSchema>;
