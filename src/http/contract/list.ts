import { z } from 'zod';
import { endpoint, idSchema, momentSchema, textSchema } from './common.ts';

const verdict = z.enum(['new', 'changed', 'unchanged', 'faulty']);
const kindName = z.enum(['units', 'residents', 'equipment', 'people', 'shifts']);
const format = z.enum(['xlsx', 'csv']).default('xlsx');

/** A kind of list with the columns of its template. */
export const listKindView = z
  .object({
    name: z.string(),
    title: textSchema,
    /** Whether an export shows personal data, so that a reason must be given. */
    personal: z.boolean(),
    columns: z.array(
      z.object({ key: z.string(), title: textSchema, required: z.boolean(), note: textSchema, example: z.string() }),
    ),
  })
  .meta({ id: 'ListKind' });
export type ListKindView = z.infer<typeof listKindView>;

/** A file that was looked at, applied or taken back. */
export const importView = z
  .object({
    id: z.string(),
    kind: z.string(),
    fileName: z.string(),
    size: z.int(),
    status: z.enum(['seen', 'applied', 'undone']),
    headings: z.array(z.object({ letters: z.string(), title: z.string(), column: z.string().nullable() })),
    counts: z.object({ new: z.int(), changed: z.int(), unchanged: z.int(), faulty: z.int() }),
    madeByName: z.string(),
    madeAt: momentSchema,
    appliedAt: momentSchema.nullable(),
    appliedByName: z.string().nullable(),
    undoneAt: momentSchema.nullable(),
    undoneByName: z.string().nullable(),
  })
  .meta({ id: 'Import' });
export type ImportView = z.infer<typeof importView>;

/** A row with what it would do; `said` names column and cell, and what changes or what to do. */
export const importRowView = z
  .object({
    number: z.int(),
    verdict,
    cells: z.array(z.string()),
    said: z.array(
      z.object({
        column: z.string(),
        title: textSchema,
        cell: z.string(),
        before: z.string().optional(),
        after: z.string().optional(),
        message: textSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'ImportRow' });
export type ImportRowView = z.infer<typeof importRowView>;

const kindParams = z.strictObject({ kind: kindName });
const params = z.strictObject({ id: idSchema });
const sheet = { binary: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

export const listEndpoints = {
  kinds: endpoint({
    method: 'GET',
    url: '/api/v1/lists',
    tag: 'lists',
    summary: { zh: '可导入导出的清单', en: 'Lists that can be brought in and written out' },
    answers: { 200: z.array(listKindView) },
  }),
  template: endpoint({
    method: 'GET',
    url: '/api/v1/lists/:kind/template',
    tag: 'lists',
    summary: { zh: '下载模板', en: 'The template of a list' },
    params: kindParams,
    query: z.strictObject({ format }),
    answers: { 200: sheet },
  }),
  export: endpoint({
    method: 'GET',
    url: '/api/v1/lists/:kind/export',
    tag: 'lists',
    summary: { zh: '导出（含个人信息的须写理由）', en: 'Write a list out; personal data needs a reason' },
    params: kindParams,
    query: z.strictObject({ format, reason: z.string().max(500).optional() }),
    answers: { 200: sheet },
  }),
  send: endpoint({
    method: 'POST',
    url: '/api/v1/lists/:kind/imports',
    tag: 'lists',
    summary: {
      zh: '上传清单并预览（multipart，字段 file；不写入）',
      en: 'Send a file (multipart, part `file`); nothing is written',
    },
    params: kindParams,
    answers: { 201: importView },
  }),
  list: endpoint({
    method: 'GET',
    url: '/api/v1/imports',
    tag: 'lists',
    summary: { zh: '导入记录', en: 'What was brought in, newest first' },
    answers: { 200: z.array(importView) },
  }),
  read: endpoint({
    method: 'GET',
    url: '/api/v1/imports/:id',
    tag: 'lists',
    summary: { zh: '一次导入', en: 'One import' },
    params,
    answers: { 200: importView },
  }),
  rows: endpoint({
    method: 'GET',
    url: '/api/v1/imports/:id/rows',
    tag: 'lists',
    summary: { zh: '逐行结果', en: 'Its rows with their verdicts' },
    params,
    query: z.strictObject({
      verdict: verdict.optional(),
      /** Row number to go on behind. */
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      /** Shows personal data in clear, and is written down; without one it is masked. */
      reason: z.string().max(500).optional(),
    }),
    answers: { 200: z.array(importRowView) },
  }),
  apply: endpoint({
    method: 'POST',
    url: '/api/v1/imports/:id/application',
    tag: 'lists',
    summary: { zh: '写入（全部，或只写正确的行）', en: 'Write it: all rows, or only the good ones' },
    params,
    body: z.strictObject({ onlyGood: z.boolean().default(false) }),
    answers: { 200: importView },
  }),
  undo: endpoint({
    method: 'POST',
    url: '/api/v1/imports/:id/undoing',
    tag: 'lists',
    summary: { zh: '撤销整次导入（无人使用时）', en: 'Take a whole import back while nothing depends on it' },
    params,
    answers: { 200: importView },
  }),
};
