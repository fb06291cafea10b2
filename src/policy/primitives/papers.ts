import { z } from 'zod';
import { guardSchema } from '../language/guard.ts';

export const issuesSchema = z
  .array(z.string())
  .default([])
  .meta({ description: 'Fills and freezes printed forms.', examples: [['receipt']] });

export const signsSchema = z
  .strictObject({
    form: z.string().describe('The form.'),
    from: z.string().describe('The field that holds the signature.'),
    when: guardSchema.optional().describe('Only where this holds.'),
  })
  .optional()
  .meta({
    description: 'Puts a signature, given in a field, under a form as it was shown.',
    examples: [{ form: 'receipt', from: 'signature' }],
  });

export const notifiesSchema = z
  .array(
    z.strictObject({
      notice: z.string().describe('What they are told.'),
      to: z.array(z.string()).min(1).describe('Roles, or a field that names a person (`values.expert`).'),
      when: guardSchema.optional().describe('Only where this holds.'),
    }),
  )
  .default([])
  .meta({
    description: 'Tells people: each notice to each role, or to the person whom a field names.',
    examples: [[{ notice: 'settled', to: ['owner', 'manager'] }]],
  });
