import type { FastifyInstance } from 'fastify';
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
}
