import { z } from 'zod';
import { duration } from './clock.ts';
import { clauseSchema, rulesSchema, textSchema } from './text.ts';

const row = z.strictObject({
  label: textSchema.describe('What stands beside the value.'),
  from: z.string().describe('A path: case.number, case.place, last.inspect.findings, all.plan.measures …'),
});

/** A printed form: numbered, filled from the case, frozen when issued, signed as it was shown. */
export const formSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  number: z
    .string()
    .describe('How it is numbered: `{case}` is the number of the case, `{n}` counts issues of this form on it.'),
  sections: z
    .array(z.strictObject({ title: textSchema, rows: z.array(row).min(1).describe('Its lines.') }))
    .min(1)
    .describe('Its parts, from top to bottom.'),
  signedBy: z.string().optional().describe('The role that signs it.'),
  inDossier: z.boolean().default(true).describe('Kept in the sealed dossier.'),
});
export type FormSpec = z.infer<typeof formSchema>;

/** What a person is told: template places are {case.number}, {values.x}, {clock.dueAt} … */
export const noticeSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  text: textSchema,
  short: textSchema.optional().meta({
    description: 'The same for ways with little room, such as SMS; `{link}` stands for the address of the case’s page.',
    examples: [{ zh: '{case.number} 已登记：{link}', en: '{case.number} is registered: {link}' }],
  }),
  urgent: z
    .boolean()
    .default(false)
    .meta({ description: 'Goes at any hour and by itself, whatever quiet hours people have.', examples: [true] }),
  readWithin: duration
    .optional()
    .meta({ description: 'Goes by the next way too when nobody has read it within this time.', examples: ['PT2H'] }),
});
