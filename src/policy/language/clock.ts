import { z } from 'zod';
import { basisSchema, clauseSchema, rulesSchema, textSchema } from './text.ts';

const duration = z
  .string()
  .regex(/^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/, 'expected an ISO duration such as PT24H or P3D');

/** How long: one key names the kind of time. */
export const spanSchema = z.union([
  z.strictObject({ elapsed: duration }),
  z.strictObject({ workingMinutes: z.number().int().positive() }),
  z.strictObject({
    workingDays: z.number().int().positive(),
    until: z.enum(['endOfDay', 'closeOfBusiness']).default('endOfDay'),
  }),
  z.strictObject({ calendarDays: z.number().int().positive(), rollOver: z.boolean().default(true) }),
  z.strictObject({ endOfDay: z.number().int().min(0) }),
  // The day or moment that was promised, read from a path such as values.completeBy.
  z.strictObject({ promised: z.string() }),
]);
export type SpanSpec = z.infer<typeof spanSchema>;

/** A promise with a clock: who must do it by when, who hears of it if not, level by level. */
export const clockSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
  limit: spanSchema,
  /** The time one strives for, inside the limit (力争). */
  target: spanSchema.optional(),
  /** Fractions of the span at which the responsible person is warned. */
  warnAt: z.array(z.number().gt(0).lt(1)).default([0.8]),
  /** The role that must act. */
  responsible: z.string(),
  ladder: z.array(z.strictObject({ after: duration, tells: z.array(z.string()).min(1) })).min(1),
  /** After the last level, speak again at this interval until the clock stops. */
  repeat: duration.optional(),
  /** The step that the clockwork takes by itself at the limit, if the case then stands where it can be taken. */
  takes: z.string().optional(),
  /** Whether the owner sees this promise on the case's page. */
  shownToOwner: z.boolean().default(false),
});
export type ClockSpec = z.infer<typeof clockSchema>;
