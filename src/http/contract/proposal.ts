import { z } from 'zod';
import { endpoint, idSchema, momentSchema, textSchema } from './common.ts';

const problem = z.object({
  code: z.string(),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  message: textSchema,
  suggestion: z.string().optional(),
});
const gap = z.object({
  law: z.string(),
  procedure: z.string(),
  title: textSchema,
  at: z.string(),
  message: textSchema,
  /** Steps that lead there from the registration on: the shortest counter-example. */
  trace: z.array(z.string()),
  /** The same steps by their titles; absent from what was examined before they were kept. */
  way: z.array(textSchema).optional(),
  file: z.string().nullable(),
  line: z.int().nullable(),
  column: z.int().nullable(),
});

const decision = z.object({
  by: z.string(),
  at: momentSchema,
  reason: z.string(),
});

/** A version of a procedure that was handed in, and what became of it. */
export const proposalView = z
  .object({
    id: idSchema,
    pack: z.string(),
    version: z.string(),
    digest: z.string(),
    origin: z.enum(['upload', 'folder', 'terminal']),
    note: z.string(),
    author: z.string(),
    handedInAt: momentSchema,
    /** The version in force when it was handed in. */
    basedOn: z.string().nullable(),
    status: z.enum(['faulty', 'waiting', 'approved', 'inForce', 'rejected', 'withdrawn', 'failed']),
    decision: decision.nullable(),
    inForceFrom: momentSchema.nullable(),
    settledAt: momentSchema.nullable(),
    /** Why it could not come into force. */
    settled: textSchema.nullable(),
    /** How many findings the check had. */
    findings: z.int(),
    /** Whether the viewer may decide on it, or withdraw it; otherwise why not, and who can. */
    mayDecide: z.boolean(),
    mayWithdraw: z.boolean(),
    why: z.object({ message: textSchema, who: textSchema.optional() }).nullable(),
  })
  .meta({ id: 'PackProposal' });
export type ProposalView = z.infer<typeof proposalView>;

export const proposalDetail = proposalView
  .extend({
    problems: z.array(problem),
    gaps: z.array(gap),
    /** Procedures too large to be looked at whole. */
    incomplete: z.array(z.string()),
    /** The version in force now, with which it is compared; null where there is none. */
    against: z.string().nullable(),
    /** What the pack itself says of its versions since then: who changed what, and why; latest first. */
    notes: z.array(z.object({ version: z.string(), by: textSchema, what: textSchema, why: textSchema })),
    /** What changes for people. */
    changes: z.array(
      z.object({
        clause: z.string(),
        procedure: textSchema.nullable(),
        change: z.enum(['added', 'removed', 'altered']),
        words: textSchema,
      }),
    ),
    /** Running cases that follow another version of this pack now. */
    running: z.int(),
  })
  .meta({ id: 'PackProposalDetail' });
export type ProposalDetail = z.infer<typeof proposalDetail>;

export const packHistory = z
  .object({
    proposals: z.array(proposalView),
    /** Every version that ever was in force, latest first. */
    published: z.array(
      z.object({
        pack: z.string(),
        version: z.string(),
        digest: z.string(),
        publishedAt: momentSchema,
        publishedBy: z.string(),
        reviewNote: z.string(),
        inForceFrom: momentSchema,
        current: z.boolean(),
        /** It came with the program, and nobody here reviewed it. */
        shipped: z.boolean(),
        /** Running cases that follow it. */
        running: z.int(),
      }),
    ),
    /** Folders of packs that differ from what is in force, and what that means. */
    folders: z.array(
      z.object({
        folder: z.string(),
        pack: z.string(),
        version: z.string(),
        state: z.enum(['unused', 'new', 'earlier', 'taken']),
        words: textSchema,
      }),
    ),
    /** Who approves versions. */
    reviewers: textSchema,
  })
  .meta({ id: 'PackHistory' });
export type PackHistory = z.infer<typeof packHistory>;

const words = z.string().trim().max(2000);
export const handInBody = z
  .strictObject({
    /** The files of the pack as they lie in its folder … */
    files: z
      .array(z.strictObject({ path: z.string().min(1).max(120), text: z.string().max(400_000) }))
      .min(1)
      .max(80)
      .optional(),
    /** … or the folder on the server that holds them. */
    folder: z.string().min(1).max(64).optional(),
    note: words.default(''),
  })
  .refine((body) => (body.files === undefined) !== (body.folder === undefined), 'either files or folder')
  .meta({ id: 'HandInBody' });

export const proposalDecisionBody = z
  .discriminatedUnion('act', [
    z.strictObject({
      act: z.literal('approve'),
      reason: words,
      /** The version it was compared with; null where there was none. */
      against: z.string().max(32).nullable(),
      /** From when it is in force; at once when absent. */
      from: momentSchema.optional(),
    }),
    z.strictObject({ act: z.literal('reject'), reason: words }),
    z.strictObject({ act: z.literal('withdraw'), reason: words.default('') }),
  ])
  .meta({ id: 'ProposalDecision' });
export type ProposalDecision = z.infer<typeof proposalDecisionBody>;

const params = z.strictObject({ id: idSchema });
export const proposalEndpoints = {
  history: endpoint({
    method: 'GET',
    url: '/api/v1/pack-proposals',
    tag: 'packs',
    summary: { zh: '制度版本：提交、复核、生效的经过', en: 'Versions handed in, reviewed and in force' },
    answers: { 200: packHistory },
  }),
  handIn: endpoint({
    method: 'POST',
    url: '/api/v1/pack-proposals',
    tag: 'packs',
    summary: { zh: '提交一版制度，当场得到检查结果', en: 'Hand in a version; the findings come back at once' },
    body: handInBody,
    answers: { 201: proposalDetail },
  }),
  upload: endpoint({
    method: 'POST',
    url: '/api/v1/pack-proposals/upload',
    tag: 'packs',
    summary: {
      zh: '上传一版制度（multipart：zip 或若干 YAML，可带 note）',
      en: 'Upload a version (multipart: a zip or YAML files, and perhaps a note)',
    },
    answers: { 201: proposalDetail },
  }),
  read: endpoint({
    method: 'GET',
    url: '/api/v1/pack-proposals/:id',
    tag: 'packs',
    summary: { zh: '送审稿：检查结果与对人的变化', en: 'A proposal: findings, and what changes for people' },
    params,
    answers: { 200: proposalDetail },
  }),
  decide: endpoint({
    method: 'POST',
    url: '/api/v1/pack-proposals/:id/decision',
    tag: 'packs',
    summary: { zh: '批准、退回或撤回', en: 'Approve, reject or withdraw' },
    params,
    body: proposalDecisionBody,
    answers: { 200: proposalDetail },
  }),
};
