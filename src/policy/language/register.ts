import { z } from 'zod';
import { basisSchema, clauseSchema, nameSchema, rulesSchema, textSchema } from './text.ts';

/** A ledger (登记表, 台账): one line for each case of a procedure, which follows the case by itself. */
export const registerSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
  procedure: nameSchema.describe('The procedure whose cases have a line in it.'),
  readers: z.array(z.string()).min(1).describe('Roles by post that may read it and take it away as a table.'),
  columns: z
    .array(
      z.strictObject({
        label: textSchema.describe('What stands above the column.'),
        from: z
          .string()
          .describe('A path, as on a form: case.number, case.state, latest.close.at …; never to personal content.'),
      }),
    )
    .min(1)
    .describe('Its columns, from left to right.'),
});
export type RegisterSpec = z.infer<typeof registerSchema>;
