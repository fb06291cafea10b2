import { z } from 'zod';
import { basisSchema, clauseSchema, rulesSchema, textSchema } from './text.ts';

const duration = z
  .string()
  .regex(/^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/, 'expected an ISO duration such as PT24H or P3D');

/** A length of time that is known from the pack alone. */
const fixed = [
  z.strictObject({ elapsed: duration }),
  z.strictObject({ workingMinutes: z.number().int().positive() }),
  z.strictObject({
    workingDays: z.number().int().positive(),
    until: z.enum(['endOfDay', 'closeOfBusiness']).default('endOfDay'),
  }),
  z.strictObject({ calendarDays: z.number().int().positive(), rollOver: z.boolean().default(true) }),
  z.strictObject({ endOfDay: z.number().int().min(0) }),
] as const;
export const lengthSchema = z.union(fixed);

/** How long: one key names the kind of time. */
export const spanSchema = z.union([
  ...fixed,
  // The day or moment that was promised, read from a path such as values.completeBy.
  z.strictObject({ promised: z.string() }),
  // What a setting of the pack says: the reading of a vague "three days" that the company has chosen.
  z.strictObject({ setting: z.string() }),
]);
type WrittenSpan = z.infer<typeof spanSchema>;
export type SpanSpec = Exclude<WrittenSpan, { setting: string }>;

type Settings = { readonly [name: string]: { readonly value: unknown } };

/** The length of time a setting holds: written out, or as an ISO duration; undefined when it holds something else. */
export function spanOfSetting(settings: Settings, name: string): SpanSpec | undefined {
  const value = settings[name]?.value;
  const read = lengthSchema.safeParse(typeof value === 'string' ? { elapsed: value } : value);
  return read.success ? read.data : undefined;
}

/** A span as it stands once settings have been looked up. Throws for a setting that holds no length of time: the compiler refuses those. */
export function settled(span: WrittenSpan, { settings }: { readonly settings: Settings }): SpanSpec {
  if (!('setting' in span)) return span;
  const found = spanOfSetting(settings, span.setting);
  if (!found) throw new Error(`Setting ${span.setting} holds no length of time`);
  return found;
}

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
