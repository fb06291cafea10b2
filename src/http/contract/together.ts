import { z } from 'zod';
import { allowedCommand, caseView } from './case.ts';
import { endpoint, idempotencyKey, idSchema, textSchema, valuesSchema } from './common.ts';
import { orderRows } from './move.ts';

/** Cases of one procedure that stand at the same state and wait for the viewer. */
export const awaiting = z
  .object({
    groups: z.array(
      z.object({
        pack: z.string(),
        version: z.string(),
        procedure: z.string(),
        procedureTitle: textSchema,
        state: z.string(),
        stateTitle: textSchema,
        /** Steps the viewer may take on every one of them with the same words. */
        steps: z.array(allowedCommand),
        cases: z.array(caseView),
      }),
    ),
    /** Whether there are more than are shown. */
    more: z.boolean(),
  })
  .meta({ id: 'Awaiting' });
export type Awaiting = z.infer<typeof awaiting>;

export const togetherBody = z
  .strictObject({
    orders: z
      .array(
        z.strictObject({
          caseId: idSchema,
          /** The entry up to which the sender has looked. */
          seen: z.int().positive(),
          step: z.string().min(1).max(64),
          values: valuesSchema.default({}),
        }),
      )
      .min(1)
      .max(100),
  })
  .meta({ id: 'TogetherBody' });
export type TogetherBody = z.infer<typeof togetherBody>;

export const togetherEndpoints = {
  awaiting: endpoint({
    method: 'GET',
    url: '/api/v1/awaiting',
    tag: 'worklist',
    summary: { zh: '待批：等我办理的同类案件，按类归拢', en: 'Like cases that wait for me, gathered' },
    answers: { 200: awaiting },
  }),
  orders: endpoint({
    method: 'POST',
    url: '/api/v1/commands',
    tag: 'cases',
    summary: { zh: '一次办理多件，逐件答复', en: 'Orders on several cases; a verdict for each' },
    headers: z.looseObject({ 'idempotency-key': idempotencyKey.optional() }),
    body: togetherBody,
    answers: { 200: orderRows },
  }),
};
