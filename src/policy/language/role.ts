import { z } from 'zod';
import { rulesSchema, textSchema } from './text.ts';

const common = { title: textSchema, rules: rulesSchema };

/** Who may act: holder of a duty on the case, holder of a post in the organisation, somebody's superior, or a party outside. */
export const roleSchema = z.union([
  z.strictObject({
    ...common,
    duty: z
      .enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor'])
      .describe('Whoever holds this duty on the case.'),
  }),
  z.strictObject({
    ...common,
    post: z.array(z.string()).min(1).describe('Codes of posts: whoever holds one of them in the organisation.'),
    at: z
      .string()
      .optional()
      .describe(
        'A field of the intake that names a place: whoever of the post works in the territory that holds it goes before all others.',
      ),
  }),
  z.strictObject({
    ...common,
    superiorOf: z
      .enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor'])
      .describe('The superior of whoever holds this duty.'),
    orElse: z.string().describe('The role that stands in where there is no superior.'),
  }),
  z.strictObject({
    ...common,
    party: z
      .enum(['owner', 'outside', 'system'])
      .describe('The person who asked, somebody outside the company, or the clockwork.'),
  }),
]);
