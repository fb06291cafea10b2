import { z } from 'zod';
import { clauseSchema, rulesSchema, textSchema } from './text.ts';

const row = z.strictObject({
  label: textSchema,
  /** A path: case.number, case.values.place, last.inspect.findings, all.plan.measures … */
  from: z.string(),
});

/** A printed form: numbered, filled from the case, frozen when issued, signed as it was shown. */
export const formSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  /** `{case}` is the case's number; `{n}` counts issues of this form on the case. */
  number: z.string(),
  sections: z.array(z.strictObject({ title: textSchema, rows: z.array(row).min(1) })).min(1),
  signedBy: z.string().optional(),
  /** Kept in the sealed dossier. */
  inDossier: z.boolean().default(true),
});
export type FormSpec = z.infer<typeof formSchema>;

/** What a person is told: template places are {case.number}, {values.x}, {clock.dueAt} … */
export const noticeSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  text: textSchema,
});
