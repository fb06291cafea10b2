import { z } from 'zod';
import { textSchema } from './text.ts';

/** What a new version changed, who changed it and why: read by whoever approves it and by everybody who works under it. */
export const changeNoteSchema = z.strictObject({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.1.0')
    .describe('The version that brought it; there must be a note of the present one.'),
  by: textSchema.describe('Who changed it: a person, a post or a body.'),
  what: textSchema.describe('What is otherwise for people from this version on.'),
  why: textSchema.describe('Why it was changed.'),
});
export type ChangeNote = z.infer<typeof changeNoteSchema>;

/** Below zero where the first version comes before the second, above where it comes after. */
export function compareVersions(a: string, b: string): number {
  const [own, other] = [a.split('.').map(Number), b.split('.').map(Number)];
  return own.map((part, i) => part - (other[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
