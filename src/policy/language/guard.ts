import { z } from 'zod';

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

export const guardSchema: z.ZodType<Guard> = z.lazy(() =>
  z.union([
    // The commonest first: they are tried in turn.
    z.strictObject({ field: z.string(), is: plain }),
    z.strictObject({ field: z.string(), in: z.array(plain).min(1) }),
    z.strictObject({ all: z.array(guardSchema).min(1) }),
    z.strictObject({ any: z.array(guardSchema).min(1) }),
    z.strictObject({ not: guardSchema }),
    z.strictObject({ field: z.string(), filled: z.boolean() }),
    // A number, or a path that leads to one.
    z.strictObject({ field: z.string(), atLeast: z.union([z.number(), z.string()]) }),
    z.strictObject({ field: z.string(), atMost: z.union([z.number(), z.string()]) }),
    // The list in `field` has this item.
    z.strictObject({ field: z.string(), includes: plain }),
    // Both paths lead to the same value.
    z.strictObject({ field: z.string(), same: z.string() }),
    // The moment in `field` lies no later than `within` (an ISO duration, or a setting that holds one) after the moment in `of`.
    z.strictObject({ field: z.string(), within: z.string(), of: z.string() }),
    // The taxonomy path in `field` is this term or lies under it.
    z.strictObject({ field: z.string(), under: z.string() }),
    // The date or moment in `field` lies after the one at the path `after`.
    z.strictObject({ field: z.string(), after: z.string() }),
    // Every item of the list in `field` has been named by an entry at `coveredBy` (`each.<step>.<field>`).
    z.strictObject({ field: z.string(), coveredBy: z.string() }),
  ]),
);

/** A condition with what to tell the person who does not meet it. */
export const needSchema = z.strictObject({
  code: z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/, 'expected a code such as plan.withoutInspection'),
  when: guardSchema.optional(),
  that: guardSchema,
  say: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  field: z.string().optional(),
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
