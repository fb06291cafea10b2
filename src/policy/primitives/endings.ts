import { z } from 'zod';
import { guardSchema } from '../language/guard.ts';

/** Begins the next round (a review, a further inspection): entries of the earlier round stay, guards look at the new one. */
export const roundSchema = z.boolean().default(false);

/** Opens further cases, one or one for each item of a list, and links them both ways. */
export const opensSchema = z
  .array(
    z.strictObject({
      procedure: z.string(),
      relation: z.string(),
      /** The matter of the new case; the first of its procedure when absent. */
      matter: z.string().optional(),
      /** The channel it is counted under. */
      channel: z.string().default('linked'),
      when: guardSchema.optional(),
      forEach: z.string().optional(),
      /** Field of the new case → path here, `item`, or `=words` for fixed words. */
      with: z.record(z.string(), z.string()).default({}),
    }),
  )
  .default([]);

/** Ends the case with the outcome found at the first path that holds one; without an outcome it cannot end. */
export const closesSchema = z
  .strictObject({ outcome: z.union([z.string().transform((path) => [path]), z.array(z.string()).min(1)]) })
  .optional();

/** Seals the case into the archive: after this only notes can be added. */
export const archivesSchema = z.boolean().default(false);

/** Asks for a report whose figures come back through another step, done by the system. */
export const runsSchema = z
  .strictObject({ report: z.string(), step: z.string(), with: z.record(z.string(), z.string()).default({}) })
  .optional();
