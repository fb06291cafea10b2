import { z } from 'zod';
import { fieldSchema } from '../fields/registry.ts';
import { primitives } from '../primitives/registry.ts';
import { clockSchema } from './clock.ts';
import { formSchema } from './form.ts';
import { guardSchema, needSchema } from './guard.ts';
import { basisSchema, clauseSchema, nameSchema, rulesSchema, textSchema } from './text.ts';

/** One act of the procedure: who may do it, when, what is entered, what must hold, what it causes. */
export const stepSchema = z.strictObject({
  title: textSchema,
  help: textSchema.optional().describe('One line that says what it is for.'),
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
  by: z.array(z.string()).min(1).describe('Roles that may do it.'),
  from: z
    .array(z.string())
    .min(1)
    .describe('States in which it can be done; `open` stands for every state that is not an end.'),
  to: z
    .union([
      nameSchema,
      z
        .array(
          z.strictObject({
            state: nameSchema.describe('The state it leads to.'),
            when: guardSchema.optional().describe('When it does; absent: otherwise.'),
          }),
        )
        .min(1),
    ])
    .optional()
    .describe('Where it leads: a state, or the first branch whose condition holds; absent: the state stays.'),
  fields: z.record(nameSchema, fieldSchema).default({}).describe('What is entered.'),
  needs: z.array(needSchema).default([]).describe('Conditions, each with what to say when it is not met.'),
  visible: z.boolean().default(false).describe('The person who asked sees it.'),
  readers: z
    .array(z.string())
    .optional()
    .describe(
      'Roles that may read what was entered here; whoever entered it reads it too; absent: everybody who sees the case.',
    ),
  main: z
    .union([z.boolean(), guardSchema])
    .default(false)
    .describe('Marks the usual way on, which the page offers first; a condition says when it is.'),
  ...primitives,
});
export type StepSpec = z.infer<typeof stepSchema>;

export const stateSchema = z.strictObject({
  title: textSchema,
  owner: textSchema.optional().describe('What the person who asked reads while the case stands here.'),
  waitsFor: z.array(z.string()).default([]).describe('Roles that must act here.'),
  end: z.boolean().default(false).describe('The case is over.'),
  failed: z
    .boolean()
    .default(false)
    .describe('An end at which the matter came to nothing; the case it was opened from sees the difference.'),
});

/** How a case of this kind begins. */
export const intakeSchema = stepSchema.omit({ from: true, to: true }).extend({
  state: nameSchema.describe('Where the case then stands.'),
  by: z.array(z.string()).min(1).describe('Roles that may register it.'),
});
export type IntakeSpec = z.infer<typeof intakeSchema>;

/** One kind of case from its first word to its archive. */
export const procedureSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  matters: z.array(z.string()).min(1).describe('Matters it takes.'),
  numbering: z
    .string()
    .regex(/^[A-Z]{2,4}$/)
    .describe('Prefix of case numbers, e.g. TS.'),
  numberedBy: z
    .enum(['day', 'year'])
    .default('day')
    .describe('Whether the count begins anew each day (TS260305-0001) or each year (LX2026-0001).'),
  internal: z.boolean().default(false).describe('Hidden from the pages of owners.'),
  readers: z
    .array(z.string())
    .optional()
    .describe('Organisational roles that may see such cases; absent: everybody on the staff whose work it is.'),
  recusal: z
    .array(z.string())
    .default([])
    .describe(
      'People who must take no part: a field that names them (被投诉人), `by:<step>` whoever did it, `duty:<duty>` whoever holds it.',
    ),
  reassignedBy: z.array(z.string()).default([]).describe('Who may pass a duty on a case to another person.'),
  handOver: z
    .strictObject({
      clock: nameSchema.describe('The clock that runs until he has accepted.'),
      notice: nameSchema.describe('What the next one is told.'),
      declined: nameSchema.describe('What the one who keeps it is told when the next one says no.'),
    })
    .optional()
    .describe('A duty passes on only once the next one accepts it; until then the one who has it answers for it.'),
  intake: intakeSchema.describe('How such a case begins: its first step.'),
  states: z.record(nameSchema, stateSchema).describe('Where a case can stand.'),
  steps: z.record(nameSchema, stepSchema).describe('The acts of the procedure.'),
  clocks: z.record(nameSchema, clockSchema).default({}).describe('Its promises.'),
  forms: z
    .record(nameSchema, formSchema)
    .default({})
    .describe('Its printed forms: filled from the case, frozen when issued, signed as they were shown.'),
});
export type ProcedureSpec = z.infer<typeof procedureSchema>;
