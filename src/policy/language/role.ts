import { z } from 'zod';
import { rulesSchema, textSchema } from './text.ts';

const common = { title: textSchema, rules: rulesSchema };

/** Who may act: holder of a duty on the case, holder of a post in the organisation, somebody's superior, or a party outside. */
export const roleSchema = z.union([
  z.strictObject({ ...common, duty: z.enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor']) }),
  z.strictObject({
    ...common,
    post: z.array(z.string()).min(1),
    /** A field of the intake that names a place: whoever of the post works in the territory that holds it goes before all others. */
    at: z.string().optional(),
  }),
  z.strictObject({
    ...common,
    superiorOf: z.enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor']),
    orElse: z.string(),
  }),
  z.strictObject({ ...common, party: z.enum(['owner', 'outside', 'system']) }),
]);
