import { z } from 'zod';
import { guardSchema } from '../language/guard.ts';

export const roundSchema = z
  .boolean()
  .default(false)
  .meta({
    description:
      'Begins the next round (a review, a further inspection): entries of the earlier round stay, conditions look at the new one.',
    examples: [true],
  });

export const opensSchema = z
  .array(
    z.strictObject({
      procedure: z.string().describe('Its procedure.'),
      relation: z.string().describe('How it belongs to this one: conditions read it as `linked.<relation>`.'),
      matter: z.string().optional().describe('The matter of the new case; the first of its procedure when absent.'),
      channel: z.string().default('linked').describe('The channel it is counted under.'),
      when: guardSchema.optional().describe('Only where this holds.'),
      forEach: z.string().optional().describe('A path of a list: one case for each item.'),
      with: z
        .record(z.string(), z.string())
        .default({})
        .describe('Field of the new case → path here, `item`, or `=words` for fixed words.'),
    }),
  )
  .default([])
  .meta({
    description: 'Opens further cases, one or one for each item of a list, and links them both ways.',
    examples: [[{ procedure: 'stocktaking', relation: 'afterwards', with: { remark: 'case.content' } }]],
  });

export const closesSchema = z
  .strictObject({
    outcome: z
      .union([z.string().transform((path) => [path]), z.array(z.string()).min(1)])
      .describe('A path, or several of which the first that holds something is taken.'),
  })
  .optional()
  .meta({
    description: 'Ends the case with an outcome; without one it cannot end.',
    examples: [{ outcome: 'case.content' }],
  });

export const archivesSchema = z
  .boolean()
  .default(false)
  .meta({ description: 'Seals the case into the archive: after this only notes can be added.', examples: [true] });

export const runsSchema = z
  .strictObject({
    report: z.string().describe('The report.'),
    step: z.string().describe('The step that brings its figures back.'),
    with: z.record(z.string(), z.string()).default({}).describe('What it is asked for → path here.'),
  })
  .optional()
  .meta({
    description: 'Asks for a report whose figures come back through another step, done by the system.',
    examples: [{ report: 'summary', step: 'mistaken', with: { month: 'case.remark' } }],
  });
