import { z } from 'zod';
import { endpoint, idSchema, textSchema } from './common.ts';

export const personView = z
  .object({
    id: z.string(),
    name: z.string(),
    posts: z.array(z.string()),
    unit: z.object({ id: z.string(), code: z.string(), name: z.string() }).nullable(),
    onShift: z.boolean(),
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof personView>;

/** A place; the people living there are named masked. */
export const premisesView = z
  .object({
    id: z.string(),
    kind: z.enum(['estate', 'building', 'entrance', 'floor', 'room', 'place']),
    code: z.string(),
    name: z.string(),
    fullName: z.string(),
    parentId: z.string().nullable(),
    residents: z.array(
      z.object({ relation: z.enum(['owner', 'tenant', 'family']), name: z.string(), phone: z.string() }),
    ),
  })
  .meta({ id: 'Premises' });
export type PremisesView = z.infer<typeof premisesView>;

export const callerView = z
  .object({
    premisesId: z.string(),
    place: z.string(),
    relation: z.enum(['owner', 'tenant', 'family']),
    name: z.string(),
  })
  .meta({ id: 'Caller' });
export type CallerView = z.infer<typeof callerView>;

export const directoryEndpoints = {
  people: endpoint({
    method: 'GET',
    url: '/api/v1/people',
    tag: 'directory',
    summary: { zh: '员工', en: 'Members of staff' },
    query: z.strictObject({
      /** A post's code or a role of the pack in force. */
      role: z.string().max(64).optional(),
      unit: z.string().max(64).optional(),
      q: z.string().max(60).optional(),
    }),
    answers: { 200: z.array(personView) },
  }),
  premises: endpoint({
    method: 'GET',
    url: '/api/v1/premises',
    tag: 'directory',
    summary: { zh: '查房号与公共区域', en: 'Search places' },
    query: z.strictObject({
      q: z.string().max(60).optional(),
      parent: idSchema.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(12),
    }),
    answers: { 200: z.array(premisesView) },
  }),
  callers: endpoint({
    method: 'GET',
    url: '/api/v1/callers',
    tag: 'directory',
    summary: { zh: '来电是谁（按号码查，姓名打码）', en: 'Who is calling, by number; names masked' },
    query: z.strictObject({ contact: z.string().min(5).max(254) }),
    answers: { 200: z.array(callerView) },
  }),
  units: endpoint({
    method: 'GET',
    url: '/api/v1/units',
    tag: 'directory',
    summary: { zh: '部门', en: 'Departments' },
    answers: { 200: z.array(z.object({ id: z.string(), code: z.string(), name: textSchema, kind: z.string() })) },
  }),
};
