import { z } from 'zod';
import { guardSchema } from './guard.ts';
import { clauseSchema, rulesSchema, textSchema } from './text.ts';

/** A decision table: the first row whose condition holds decides the fields it sets, and says why. */
export const tableSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  rows: z
    .array(
      z.strictObject({
        when: guardSchema.optional().describe('When this row decides; absent: always.'),
        sets: z
          .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
          .describe('Field of the case → the value it gets.'),
        because: textSchema.describe('Why, as it is written into the journal.'),
        clause: clauseSchema.optional().describe('The clause of this very row, when it has one of its own.'),
      }),
    )
    .min(1)
    .describe('Looked at in turn; the first whose condition holds decides.'),
});
