import { z } from 'zod';

/** Gives a duty on the case to one named person: chosen in a field, the one who acts (`actor`), or a holder of a role (`role:officer`). */
export const assignsSchema = z
  .array(
    z.strictObject({
      duty: z.enum(['firstReceiver', 'assignee', 'caseOfficer', 'followUpVisitor']),
      from: z.string(),
      /** Only if nobody has it yet. */
      ifVacant: z.boolean().default(false),
      /** The field that says why, needed when the duty passes from one person to another. */
      reason: z.string().optional(),
    }),
  )
  .default([]);
