import { z } from 'zod';
import { guardSchema } from './guard.ts';
import { basisSchema, clauseSchema, nameSchema, rulesSchema, textSchema } from './text.ts';

/** One set of hard conditions. Ways are tried in turn: a later one may ask for less. */
const waySchema = z.strictObject({
  title: textSchema,
  when: guardSchema.optional().describe('The kind of case it is for, such as its category; absent: every case.'),
  skills: z
    .array(nameSchema)
    .default([])
    .describe('Skills and qualifications of the company’s list; a certificate must be valid on the day.'),
  territory: z.boolean().default(false).describe('His crew’s territory must hold the place.'),
  unit: z
    .enum(['routed', 'any'])
    .default('routed')
    .describe('He must belong to the unit that the routing suggests, or to any.'),
  shift: z
    .enum(['now', 'next', 'any'])
    .default('any')
    .describe('He must be at work now; now or with a shift planned; or it does not matter.'),
  leave: z.boolean().default(false).describe('Whether somebody on leave may be chosen all the same.'),
});

const weight = (what: string) => z.number().min(0).max(100).default(0).describe(what);

/** Points that can be read: each shows beside the candidate it was given to. */
const scoreSchema = z.strictObject({
  presence: weight('Full points for whoever is at work now.'),
  urgency: weight('The same once more, in urgent cases only.'),
  load: weight('The fewer open cases, the more; the busiest of those who fit gets none.'),
  distance: weight('Full points if he is in the same building, half in the same estate.'),
  continuity: weight('Full points for who knows this case, half for who knows the place or its equipment.'),
  turn: weight('The longer since something was last given to him, the more.'),
});

/** How one step finds the person it puts in charge. */
export const dispatchSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
  procedure: nameSchema.describe('The procedure whose step it is.'),
  step: nameSchema.describe('The step that puts somebody in charge.'),
  field: nameSchema.describe('The field of that step which names him.'),
  mode: z
    .enum(['suggest', 'assign', 'round', 'grab'])
    .default('suggest')
    .describe(
      'A clerk picks from the list; the program gives it to the best at once; to whoever has waited longest; or it is offered to all who fit, and the first to take it has it.',
    ),
  cap: z.number().int().min(1).optional().describe('Whoever has that many open cases gets no more.'),
  place: nameSchema.optional().describe('The field of the intake that says where it is.'),
  urgent: guardSchema.optional().describe('When a case counts as urgent.'),
  ways: z
    .array(waySchema)
    .min(1)
    .describe('Hard conditions, tried in turn: the first under which somebody fits is the one.'),
  score: scoreSchema.describe('What speaks for those who fit, in points.'),
  accept: nameSchema
    .optional()
    .describe('The step by which he takes it on; until then he may say no with a reason, and the next one is asked.'),
  offers: nameSchema.optional().describe('The notice to those to whom it is offered (`mode: grab`).'),
  fallback: z
    .strictObject({
      clock: nameSchema.describe('The clock that then runs; the step stops it.'),
      to: z.array(nameSchema).min(1).describe('Roles that answer for it: told at once, and it stands on their list.'),
      notice: nameSchema.describe('What they are told.'),
    })
    .optional()
    .describe('What happens where nobody fits; needed unless a clerk picks.'),
});
export type DispatchSpec = z.infer<typeof dispatchSchema>;
export type DispatchWay = DispatchSpec['ways'][number];
