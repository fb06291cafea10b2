import { z } from 'zod';
import { basisSchema, clauseSchema, rulesSchema, textSchema } from './text.ts';

/** A length of time as packs write it. */
export const duration = z
  .string()
  .regex(/^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/, 'expected an ISO duration such as PT24H or P3D')
  .meta({ title: 'duration' });

/** A length of time that is known from the pack alone. */
const fixed = [
  z
    .strictObject({ elapsed: duration.describe('Time that runs day and night.') })
    .meta({ examples: [{ elapsed: 'PT24H' }] }),
  z
    .strictObject({ workingMinutes: z.number().int().positive().describe('Minutes of working time only.') })
    .meta({ examples: [{ workingMinutes: 90 }] }),
  z
    .strictObject({
      workingDays: z.number().int().positive().describe('Working days; the day it starts on does not count.'),
      until: z
        .enum(['endOfDay', 'closeOfBusiness'])
        .default('endOfDay')
        .describe('Whether the last day ends at midnight or when business closes.'),
    })
    .meta({ examples: [{ workingDays: 3, until: 'closeOfBusiness' }] }),
  z
    .strictObject({
      calendarDays: z.number().int().positive().describe('Days of the calendar; the day it starts on does not count.'),
      rollOver: z.boolean().default(true).describe('A last day off moves to the next working day.'),
    })
    .meta({ examples: [{ calendarDays: 7, rollOver: false }] }),
  z
    .strictObject({ endOfDay: z.number().int().min(0).describe('The end of the day so many days on; 0 is tonight.') })
    .meta({ examples: [{ endOfDay: 0 }] }),
] as const;
export const lengthSchema = z.union(fixed).meta({ title: 'fixed length of time' });

/** How long: one key names the kind of time. */
export const spanSchema = z
  .union([
    ...fixed,
    z
      .strictObject({ promised: z.string().describe('The day or moment that was promised, at this path.') })
      .meta({ examples: [{ promised: 'case.occurredAt' }] }),
    z
      .strictObject({
        setting: z
          .string()
          .describe('What this setting says: the reading of a vague “three days” that the company has chosen.'),
      })
      .meta({ examples: [{ setting: 'keepFor' }] }),
  ])
  .meta({ title: 'length of time' });
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
  limit: spanSchema.describe('When it falls due.'),
  target: spanSchema.optional().describe('The time one strives for, inside the limit (力争).'),
  warnAt: z
    .array(z.number().gt(0).lt(1))
    .default([0.8])
    .describe('Fractions of the time at which the responsible person is warned.'),
  responsible: z.string().describe('The role that must act.'),
  ladder: z
    .array(
      z.strictObject({
        after: duration.describe('How long after the limit.'),
        tells: z.array(z.string()).min(1).describe('Roles that are told.'),
      }),
    )
    .min(1)
    .describe('Who is told when it is late, level by level.'),
  repeat: duration.optional().describe('After the last level, speak again at this interval until the clock stops.'),
  takes: z
    .string()
    .optional()
    .describe(
      'The step that the clockwork takes by itself at the limit, if the case then stands where it can be taken.',
    ),
  shownToOwner: z.boolean().default(false).describe('The owner sees this promise on the page of the case.'),
});
export type ClockSpec = z.infer<typeof clockSchema>;
