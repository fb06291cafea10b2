import { z } from 'zod';
import { clauseSchema, rulesSchema, textSchema } from './text.ts';

export interface Term {
  id: string;
  title: { zh: string; en: string };
  /** Words that people use for it, for suggestion and search. */
  words: string[];
  /** It is everybody's in the house, and so is what lies below it. */
  shared?: boolean | undefined;
  terms: Term[];
}
const termSchema: z.ZodType<Term, unknown> = z.lazy(() =>
  z.strictObject({
    id: z
      .string()
      .regex(/^[a-z][A-Za-z0-9]*$/)
      .describe('Its name; a path joins the names from the outermost, as in `environment/greening`.'),
    title: textSchema,
    words: z.array(z.string()).default([]).describe('Words that people use for it, for suggestion and search.'),
    shared: z
      .boolean()
      .optional()
      .describe(
        'It is everybody’s, as a lift or a gate, and so is what lies below it: whoever reports it too is asked whether it is what is known already. Without it nobody outside learns of another’s report.',
      ),
    terms: z.array(termSchema).default([]).describe('Terms below it.'),
  }),
);

/** One way of sorting cases; a pack may have several. `open` lists may be lengthened by the company without a new pack. */
export const taxonomySchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  open: z.boolean().default(false).describe('The company may add terms without a new pack.'),
  terms: z.array(termSchema).min(1).describe('Its terms.'),
});

/** Every term with its path, e.g. environment/greening, and whether it or one above it is shared. */
export function flatten(
  terms: readonly Term[],
  prefix = '',
  below = false,
): { path: string; term: Term; leaf: boolean; shared: boolean }[] {
  return terms.flatMap((term) => {
    const path = prefix + term.id;
    const shared = below || term.shared === true;
    return [{ path, term, leaf: term.terms.length === 0, shared }, ...flatten(term.terms, `${path}/`, shared)];
  });
}
