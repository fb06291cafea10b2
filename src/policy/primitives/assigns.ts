import { z } from 'zod';

export const assignsSchema = z
  .array(
    z.strictObject({
      duty: z.enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor']).describe('Which duty.'),
      from: z.string().describe('A field that names the person, `actor`, or `role:` with a role.'),
      ifVacant: z.boolean().default(false).describe('Only if nobody has it yet.'),
      reason: z
        .string()
        .optional()
        .describe('The field that says why, needed when the duty passes from one person to another.'),
    }),
  )
  .default([])
  .meta({
    description: 'Gives a duty on the case to one named person.',
    examples: [[{ duty: 'assignee', from: 'role:reception', ifVacant: true }]],
  });
