import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const rule = z.strictObject({
  id: z.string(),
  /** The written procedure it comes from: S1 … S9. */
  pack: z.string(),
  clause: z.string(),
  kind: z.string(),
  strength: z.enum(['MUST', 'SHOULD', 'MAY', 'CTX']),
  /** E: the text's own words; I: our reading of them; other letters: defaults. */
  basis: z.string(),
  gloss: z.string(),
});
export type Rule = z.output<typeof rule>;

/** The rules of all written procedures, as docs/rules/catalogue.json lists them. Throws when the file is not one. */
export function readCatalogue(root: string): Rule[] {
  return z.array(rule).parse(JSON.parse(readFileSync(join(root, 'docs/rules/catalogue.json'), 'utf8')));
}

/** Every id that is written like a rule's in a text, in order. */
export const idsIn = (text: string): string[] => text.match(/\bS\d+-\d+\b/g) ?? [];
