import { z } from 'zod';
import { endpoint, idSchema, momentSchema, textSchema } from './common.ts';

const personSchema = z.object({ id: z.string(), name: z.string() });

export const powerView = z
  .object({
    power: z.string(),
    title: textSchema,
    posts: z.array(
      z.object({
        post: z.string(),
        title: textSchema,
        /** Null: by the custom of the trade; nobody has changed it here. */
        givenAt: momentSchema.nullable(),
        givenBy: z.string().nullable(),
        holders: z.array(personSchema),
      }),
    ),
  })
  .meta({ id: 'Power' });
export type PowerView = z.infer<typeof powerView>;

/** What gives somebody a part in an act: a post, a duty, being somebody's superior, being asked from outside. */
const ground = z.object({
  kind: z.enum(['post', 'duty', 'superior', 'territory', 'unit', 'party', 'power']),
  role: textSchema,
  title: textSchema,
  unit: z.string().nullable(),
  /** Local date or moment; null: not known, or without end. */
  since: z.string().nullable(),
  until: z.string().nullable(),
});
export type Ground = z.infer<typeof ground>;

/** One condition of an act, whether it holds, and why. */
export const conditionView = z.object({
  code: z.string(),
  title: textSchema,
  holds: z.boolean(),
  say: textSchema,
  clause: z.string().nullable(),
  grounds: z.array(ground),
});
export type ConditionView = z.infer<typeof conditionView>;

/** Why somebody may or may not do something. */
export const explanationView = z
  .object({
    person: personSchema.extend({
      active: z.boolean(),
      posts: z.array(
        z.object({
          post: z.string(),
          title: textSchema,
          unit: z.string(),
          from: z.string(),
          to: z.string().nullable(),
        }),
      ),
      standsInFor: z.array(z.object({ name: z.string(), from: z.string(), to: z.string(), reason: z.string() })),
    }),
    case: z.object({ id: idSchema, number: z.string(), stateTitle: textSchema }).nullable(),
    action: z.object({ name: z.string(), title: textSchema, clause: z.string().nullable() }),
    allowed: z.boolean(),
    conditions: z.array(conditionView),
    /** Who must stand aside from the case, why, and since when. */
    recused: z.array(personSchema.extend({ why: textSchema, since: momentSchema })),
    /** Who could do it now. */
    others: z.array(personSchema.extend({ as: textSchema })),
  })
  .meta({ id: 'PowerExplanation' });
export type ExplanationView = z.infer<typeof explanationView>;

export const powerEndpoints = {
  list: endpoint({
    method: 'GET',
    url: '/api/v1/powers',
    tag: 'powers',
    summary: { zh: '案件以外的权限由哪些岗位行使', en: 'Which posts may do what belongs to no case' },
    answers: { 200: z.array(powerView) },
  }),
  give: endpoint({
    method: 'PUT',
    url: '/api/v1/powers/:power',
    tag: 'powers',
    summary: { zh: '把一项权限交给哪些岗位', en: 'Give a power to posts' },
    params: z.strictObject({ power: z.string().min(1).max(64) }),
    body: z.strictObject({ posts: z.array(z.string().min(1).max(64)).min(1).max(20) }),
    answers: { 200: powerView },
  }),
  explain: endpoint({
    method: 'GET',
    url: '/api/v1/powers/explanation',
    tag: 'powers',
    summary: { zh: '某人为什么能、为什么不能做某事', en: 'Why somebody may or may not do something' },
    query: z.strictObject({
      /** The signed-in person when absent. */
      person: z.string().min(1).max(64).optional(),
      case: idSchema.optional(),
      /** On a case: a step, `reassign` or `annotate`. Without one: a power. */
      action: z.string().min(1).max(64),
    }),
    answers: { 200: explanationView },
  }),
};
