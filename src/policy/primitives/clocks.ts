import { z } from 'zod';
import { guardSchema } from '../language/guard.ts';

const named = z.union([
  z.string().transform((clock) => ({ clock })),
  z.strictObject({
    clock: z.string(),
    when: guardSchema.optional(),
    /** The moment it runs from, as a path (case.receivedAt); the present moment when absent. */
    from: z.string().optional(),
  }),
]);

/** Starts clocks; one that already runs is left running. */
export const startsSchema = z.array(named).default([]);
/** Stops clocks: in time is kept, after it is late for good. */
export const stopsSchema = z.array(named).default([]);
/** Ends clocks that have lost their purpose; a breach that already happened stays. */
export const cancelsSchema = z.array(named).default([]);
/** Stops a clock and starts it afresh, e.g. at each report of progress. */
export const restartsSchema = z.array(named).default([]);
/** Stands clocks still, for the reason in a field. */
export const pausesSchema = z
  .array(z.strictObject({ clock: z.string(), reason: z.string(), when: guardSchema.optional() }))
  .default([]);
/** Lets clocks run on. */
export const resumesSchema = z.array(named).default([]);
