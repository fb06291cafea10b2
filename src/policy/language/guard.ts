import { z } from 'zod';
import { textSchema } from './text.ts';

const plain = z.union([z.string(), z.number(), z.boolean()]);

/**
 * A condition as a small tree, never code. Paths begin with
 * `values.` (what is being entered), `case.` (fields of the case), `last.<step>.` (latest entry of a step in this round), `latest.<step>.` (in any round), `each.<step>.` (all in this round),
 * `setting.` (a setting of the pack), `count.<step>` (entries of a step in this round) `signed.<form>` (validly signed),
 * `clock.<name>.overdue|running|late` (its latest run), `actor.id|kind` (who acts) or `linked.<relation>.open|ended` (how many).
 */
export type Guard =
  | { all: Guard[] }
  | { any: Guard[] }
  | { not: Guard }
  | { field: string; is: string | number | boolean }
  | { field: string; in: (string | number | boolean)[] }
  | { field: string; filled: boolean }
  | { field: string; atLeast: number | string }
  | { field: string; atMost: number | string }
  | { field: string; includes: string | number | boolean }
  | { field: string; same: string }
  | { field: string; within: string; of: string }
  | { field: string; coveredBy: string }
  | { field: string; under: string }
  | { field: string; after: string };

export const guardSchema: z.ZodType<Guard> = z.lazy(() => conditions).meta({ title: 'condition' });

const conditions: z.ZodType<Guard> = z.union([
  // The commonest first: they are tried in turn.
  z
    .strictObject({ field: z.string(), is: plain })
    .meta({ description: 'it is just that', examples: [{ field: 'case.kind', is: 'other' }] }),
  z
    .strictObject({ field: z.string(), in: z.array(plain).min(1) })
    .meta({ description: 'it is one of these', examples: [{ field: 'case.channel', in: ['counter', 'web'] }] }),
  z.strictObject({ all: z.array(guardSchema).min(1) }).meta({
    description: 'every one of them holds',
    examples: [
      {
        all: [
          { field: 'count.claim', atLeast: 1 },
          { field: 'case.kind', filled: true },
        ],
      },
    ],
  }),
  z.strictObject({ any: z.array(guardSchema).min(1) }).meta({
    description: 'one of them holds',
    examples: [
      {
        any: [
          { field: 'case.kind', is: 'other' },
          { field: 'signed.receipt', is: true },
        ],
      },
    ],
  }),
  z
    .strictObject({ not: guardSchema })
    .meta({ description: 'it does not hold', examples: [{ not: { field: 'case.kind', filled: true } }] }),
  z
    .strictObject({ field: z.string(), filled: z.boolean() })
    .meta({ description: 'something was entered', examples: [{ field: 'case.photos', filled: true }] }),
  z.strictObject({ field: z.string(), atLeast: z.union([z.number(), z.string()]) }).meta({
    description: 'the number is at least that, or what stands at that path',
    examples: [{ field: 'count.claim', atLeast: 2 }],
  }),
  z.strictObject({ field: z.string(), atMost: z.union([z.number(), z.string()]) }).meta({
    description: 'the number is at most that, or what stands at that path',
    examples: [{ field: 'sum.last.handOver.outcome', atMost: 'setting.keepFor' }],
  }),
  z.strictObject({ field: z.string(), includes: plain }).meta({
    description: 'the list has this item',
    examples: [{ field: 'last.claim.proofs', includes: 'colour' }],
  }),
  z.strictObject({ field: z.string(), same: z.string() }).meta({
    description: 'both paths lead to the same value',
    examples: [{ field: 'actor.id', same: 'case.assignee' }],
  }),
  z.strictObject({ field: z.string(), within: z.string(), of: z.string() }).meta({
    description: 'the moment lies no later than that after the other; a duration, or a setting that holds one',
    examples: [{ field: 'last.claim.at', within: 'P3D', of: 'case.receivedAt' }],
  }),
  z.strictObject({ field: z.string(), under: z.string() }).meta({
    description: 'the term is this one or lies below it',
    examples: [{ field: 'case.kind', under: 'valuables' }],
  }),
  z.strictObject({ field: z.string(), after: z.string() }).meta({
    description: 'the date or moment lies after the one at the other path',
    examples: [{ field: 'last.claim.at', after: 'case.occurredAt' }],
  }),
  z.strictObject({ field: z.string(), coveredBy: z.string() }).meta({
    description: 'every item of the list was named by an entry',
    examples: [{ field: 'last.claim.proofs', coveredBy: 'each.claim.claimant' }],
  }),
]);

/** A condition with what to tell the person who does not meet it. */
export const needSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/, 'expected a code such as plan.withoutInspection')
    .describe('Stable name of the refusal, such as `plan.withoutInspection`.'),
  when: guardSchema.optional().describe('Only where this holds.'),
  that: guardSchema.describe('What must hold.'),
  say: textSchema.describe('What the person is told who does not meet it.'),
  field: z.string().optional().describe('The field that the page points to.'),
});

/** Every path a guard reads. */
export function guardPaths(guard: Guard): string[] {
  if ('all' in guard) return guard.all.flatMap(guardPaths);
  if ('any' in guard) return guard.any.flatMap(guardPaths);
  if ('not' in guard) return guardPaths(guard.not);
  if ('of' in guard) return [guard.field, guard.of, ...(guard.within.startsWith('setting.') ? [guard.within] : [])];
  if ('after' in guard) return [guard.field, guard.after];
  if ('coveredBy' in guard) return [guard.field, guard.coveredBy];
  if ('same' in guard) return [guard.field, guard.same];
  if ('atLeast' in guard && typeof guard.atLeast === 'string') return [guard.field, guard.atLeast];
  if ('atMost' in guard && typeof guard.atMost === 'string') return [guard.field, guard.atMost];
  return [guard.field];
}
