import { z } from 'zod';
import { nameSchema } from '../language/text.ts';

export const limitsSchema = z
  .array(
    z.strictObject({
      field: nameSchema.describe('The number field of the step that holds the sum, in yuan.'),
      kind: nameSchema.describe(
        'What kind of decision it is: the name under which the company sets authority limits for posts and people.',
      ),
    }),
  )
  .default([])
  .meta({
    description:
      'Sums that the step decides: whoever takes it is bound by his authority limit of that kind, where the company has set any.',
    examples: [[{ field: 'amount', kind: 'compensation' }]],
  });
