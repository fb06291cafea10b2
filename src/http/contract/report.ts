import { z } from 'zod';
import { endpoint, momentSchema } from './common.ts';

export const reportEndpoints = {
  read: endpoint({
    method: 'GET',
    url: '/api/v1/reports/:name',
    tag: 'reports',
    summary: { zh: '报表', en: 'A report' },
    params: z.strictObject({ name: z.string().regex(/^[a-zA-Z][\w-]{0,63}$/) }),
    // Which parameters a report takes is its own affair; it refuses what it does not know.
    query: z.record(z.string().max(64), z.string().max(200)),
    answers: {
      200: z.object({ report: z.string(), computedAt: momentSchema, figures: z.record(z.string(), z.json()) }),
    },
  }),
  summaryCsv: endpoint({
    method: 'GET',
    url: '/api/v1/reports/summary.csv',
    tag: 'reports',
    summary: { zh: '投诉汇总表（CSV，可用 Excel 打开）', en: 'The periodic summary as a table for spreadsheets' },
    query: z.record(z.string().max(64), z.string().max(200)),
    answers: { 200: { binary: 'text/csv' } },
  }),
  registerCsv: endpoint({
    method: 'GET',
    url: '/api/v1/reports/register.csv',
    tag: 'reports',
    summary: {
      zh: '登记表、台账（CSV，可用 Excel 打开）：register 为制度中的名称，by 为 received、ended 或 underWay',
      en: 'A register of the pack as a table for spreadsheets: `register` by its name, `by` received, ended or underWay',
    },
    query: z.record(z.string().max(64), z.string().max(200)),
    answers: { 200: { binary: 'text/csv' } },
  }),
};
