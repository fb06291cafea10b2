import { z } from 'zod';
import { caseParams, endpoint, idempotencyKey, idSchema, textSchema } from './common.ts';

const finding = z.object({
  about: z.enum(['case', 'state', 'round', 'step', 'field', 'clock', 'paper', 'duty']),
  name: z.string(),
  /** It has its place; it goes on otherwise; nothing hangs on it; it has no place, and so the case stays. */
  verdict: z.enum(['fits', 'changes', 'lost', 'blocks']),
  clause: z.string(),
  words: textSchema,
});

/** What would become of a running case in the version in force. */
export const movePreview = z
  .object({
    from: z.string(),
    /** The version in force; the same as `from` where there is nothing to move to. */
    to: z.string(),
    fits: z.boolean(),
    findings: z.array(finding),
  })
  .meta({ id: 'MovePreview' });
export type MovePreview = z.infer<typeof movePreview>;

export const moveList = z
  .object({
    pack: z.string(),
    version: z.string(),
    cases: z.array(
      movePreview.extend({ id: idSchema, number: z.string(), stateTitle: textSchema, procedureTitle: textSchema }),
    ),
    /** Whether there are more than are shown. */
    more: z.boolean(),
  })
  .meta({ id: 'MoveList' });
export type MoveList = z.infer<typeof moveList>;

/** What became of one of several orders. */
export const orderRow = z
  .object({
    caseId: idSchema,
    ok: z.boolean(),
    /** The entry the case is at now, where the order was carried out. */
    seq: z.int().nullable(),
    state: textSchema.nullable(),
    problem: z
      .object({
        code: z.string(),
        message: textSchema,
        field: z.string().optional(),
        clause: z.string().optional(),
        who: textSchema.optional(),
      })
      .nullable(),
  })
  .meta({ id: 'OrderRow' });
export type OrderRow = z.infer<typeof orderRow>;
export const orderRows = z.object({ rows: z.array(orderRow) }).meta({ id: 'OrderRows' });
export type OrderRows = z.infer<typeof orderRows>;

const MOST = 200;
export const moveBody = z
  .strictObject({
    pack: z.string().min(1).max(16),
    version: z.string().min(1).max(32),
    cases: z.array(idSchema).min(1).max(MOST),
    reason: z.string().max(2000),
  })
  .meta({ id: 'MoveBody' });
export type MoveBody = z.infer<typeof moveBody>;

export const moveEndpoints = {
  preview: endpoint({
    method: 'GET',
    url: '/api/v1/cases/:id/move',
    tag: 'cases',
    summary: { zh: '改用现行制度会怎样，逐步核对', en: 'What moving to the version in force would mean, step by step' },
    params: caseParams,
    answers: { 200: movePreview },
  }),
  list: endpoint({
    method: 'GET',
    url: '/api/v1/pack-moves',
    tag: 'packs',
    summary: { zh: '仍按旧版办理的在办案件，逐件核对', en: 'Running cases on an older version, each with its verdict' },
    query: z.strictObject({ pack: z.string().min(1).max(16) }),
    answers: { 200: moveList },
  }),
  move: endpoint({
    method: 'POST',
    url: '/api/v1/pack-moves',
    tag: 'packs',
    summary: {
      zh: '把若干在办案件改用现行制度，逐件答复',
      en: 'Move running cases to the version in force; a verdict for each',
    },
    headers: z.looseObject({ 'idempotency-key': idempotencyKey.optional() }),
    body: moveBody,
    answers: { 200: orderRows },
  }),
};
