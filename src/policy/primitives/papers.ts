import { z } from 'zod';
import { guardSchema } from '../language/guard.ts';

/** Fills and freezes printed forms. */
export const issuesSchema = z.array(z.string()).default([]);

/** Puts a signature, given in a field, under a form as it was shown. */
export const signsSchema = z
  .strictObject({ form: z.string(), from: z.string(), when: guardSchema.optional() })
  .optional();

/** Tells people: each notice to each role, or to the person whom a field names (`values.expert`). */
export const notifiesSchema = z
  .array(z.strictObject({ notice: z.string(), to: z.array(z.string()).min(1), when: guardSchema.optional() }))
  .default([]);
