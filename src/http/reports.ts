import type { FastifyInstance, FastifyReply } from 'fastify';
import { registerOf } from '#reports/case-register.ts';
import { csv } from '#reports/csv.ts';
import { summaryOf } from '#reports/periodic-summary.ts';
import { summaryCsv } from '#reports/summary-csv.ts';
import { reportEndpoints } from './contract/report.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

/** GET /reports/{name}: the same figures that the procedure's own steps are given. */
export function mountReports(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, reportEndpoints.read, async ({ params, query, viewer }) => {
    const figures = await deps.report(viewer, params.name, query);
    if (!figures.ok) return refused(figures.refusal);
    return answer(200, { report: params.name, computedAt: wire(deps.time.now()), figures: figures.value });
  });
  mount(app, deps, reportEndpoints.summaryCsv, async ({ query, viewer, reply }) => {
    const said = await deps.report(viewer, 'periodicSummary', query);
    if (!said.ok) return refused(said.refusal);
    const summary = summaryOf(said.value);
    return handOut(reply, `投诉汇总-${summary.period.from}-${summary.period.to}.csv`, summaryCsv(summary));
  });
  mount(app, deps, reportEndpoints.registerCsv, async ({ query, viewer, reply }) => {
    const said = await deps.report(viewer, 'caseRegister', query);
    if (!said.ok) return refused(said.refusal);
    const { title, period, columns, rows } = registerOf(said.value);
    const table = csv([columns.map(({ zh }) => zh), ...rows.map(({ cells }) => cells)]);
    return handOut(reply, `${title.zh}-${period.from}-${period.to}.csv`, table);
  });
}

function handOut(reply: FastifyReply, name: string, table: string): { raw: true } {
  reply
    .headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
    })
    .send(table);
  return { raw: true };
}
