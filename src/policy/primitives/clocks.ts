import { z } from 'zod';
import { guardSchema } from '../language/guard.ts';

const named = z.union([
  z.string().transform((clock) => ({ clock })),
  z.strictObject({
    clock: z.string().describe('The clock.'),
    when: guardSchema.optional().describe('Only where this holds.'),
    from: z
      .string()
      .optional()
      .describe('The moment it runs from, as a path (case.receivedAt); the present moment when absent.'),
  }),
]);

export const startsSchema = z
  .array(named)
  .default([])
  .meta({
    description: 'Starts clocks; one that already runs is left running.',
    examples: [['keeping', { clock: 'keeping', from: 'case.receivedAt' }]],
  });
export const stopsSchema = z
  .array(named)
  .default([])
  .meta({ description: 'Stops clocks: in time is kept, after it is late for good.', examples: [['keeping']] });
export const cancelsSchema = z
  .array(named)
  .default([])
  .meta({
    description: 'Ends clocks that have lost their purpose; a breach that already happened stays.',
    examples: [[{ clock: 'keeping', when: { field: 'case.kind', is: 'other' } }]],
  });
export const restartsSchema = z
  .array(named)
  .default([])
  .meta({
    description: 'Stops a clock and starts it afresh, e.g. at each report of progress.',
    examples: [['keeping']],
  });
export const pausesSchema = z
  .array(
    z.strictObject({
      clock: z.string().describe('The clock.'),
      reason: z.string().describe('The field that says why.'),
      when: guardSchema.optional().describe('Only where this holds.'),
    }),
  )
  .default([])
  .meta({
    description: 'Stands clocks still, for the reason in a field.',
    examples: [[{ clock: 'keeping', reason: 'reason' }]],
  });
export const resumesSchema = z
  .array(named)
  .default([])
  .meta({ description: 'Lets clocks run on.', examples: [['keeping']] });
