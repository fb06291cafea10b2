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
        when: guardSchema.optional(),
        sets: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        because: textSchema,
        /** The clause of this very row, when it has one of its own. */
        clause: clauseSchema.optional(),
      }),
    )
    .min(1),
});
