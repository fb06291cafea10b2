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
  /** One line that says what the step is for. */
  help: textSchema.optional(),
  clause: clauseSchema,
  rules: rulesSchema,
  basis: basisSchema,
  by: z.array(z.string()).min(1),
  /** States in which it can be done; `open` stands for every state that is not an end. */
  from: z.array(z.string()).min(1),
  /** Where it leads; the first branch whose condition holds; absent: the state stays. */
  to: z
    .union([nameSchema, z.array(z.strictObject({ state: nameSchema, when: guardSchema.optional() })).min(1)])
    .optional(),
  fields: z.record(nameSchema, fieldSchema).default({}),
  needs: z.array(needSchema).default([]),
  /** Whether the person who asked sees it. */
  visible: z.boolean().default(false),
  /** Roles that may read what was entered here; whoever entered it reads it too; absent: everybody who sees the case. */
  readers: z.array(z.string()).optional(),
  /** Marks the usual way on, which the page offers first; a condition says when it is. */
  main: z.union([z.boolean(), guardSchema]).default(false),
  ...primitives,
});
export type StepSpec = z.infer<typeof stepSchema>;

export const stateSchema = z.strictObject({
  title: textSchema,
  /** What the person who asked reads while the case stands here. */
  owner: textSchema.optional(),
  /** Roles that must act here. */
  waitsFor: z.array(z.string()).default([]),
  end: z.boolean().default(false),
  /** An end at which the matter came to nothing; the case it was opened from sees the difference. */
  failed: z.boolean().default(false),
});

/** How a case of this kind begins. */
export const intakeSchema = stepSchema
  .omit({ from: true, to: true })
  .extend({ state: nameSchema, by: z.array(z.string()).min(1) });
export type IntakeSpec = z.infer<typeof intakeSchema>;

/** One kind of case from its first word to its archive. */
export const procedureSchema = z.strictObject({
  title: textSchema,
  clause: clauseSchema,
  matters: z.array(z.string()).min(1),
  /** Prefix of case numbers, e.g. TS. */
  numbering: z.string().regex(/^[A-Z]{2,4}$/),
  /** Whether the count begins anew each day (TS260305-0001) or each year (LX2026-0001). */
  numberedBy: z.enum(['day', 'year']).default('day'),
  /** Open to the person at the door, or only within the house. */
  internal: z.boolean().default(false),
  /** Organisational roles that may see such cases; absent: everybody on the staff whose work it is. */
  readers: z.array(z.string()).optional(),
  /** People who must take no part in handling: a field that names them (被投诉人), `by:<step>` whoever did it, `duty:<duty>` whoever holds it. */
  recusal: z.array(z.string()).default([]),
  /** Who may pass a duty on a case to another person. */
  reassignedBy: z.array(z.string()).default([]),
  intake: intakeSchema,
  states: z.record(nameSchema, stateSchema),
  steps: z.record(nameSchema, stepSchema),
  clocks: z.record(nameSchema, clockSchema).default({}),
  forms: z.record(nameSchema, formSchema).default({}),
});
export type ProcedureSpec = z.infer<typeof procedureSchema>;
