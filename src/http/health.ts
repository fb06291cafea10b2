import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { unknownRoute } from './errors.ts';
import { sendProblem } from './problem.ts';

/** /healthz: the process answers. /readyz: everything it needs is there. /metrics: for this machine or a signed-in key. */
export function mountHealth(app: FastifyInstance, deps: HttpDeps): void {
  const hidden = { schema: { hide: true } };
  app.get('/healthz', hidden, () => ({ status: 'ok' }));

  app.get('/readyz', hidden, async (_request, reply) => {
    const checks = await Promise.all(
      Object.entries(deps.ready).map(async ([name, check]) => [name, await check().catch(() => false)] as const),
    );
    const ready = checks.every(([, well]) => well);
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'unavailable', checks: Object.fromEntries(checks) });
  });

  app.get('/metrics', hidden, async (request, reply) => {
    const near = /^(127\.|::1$|::ffff:127\.)/.test(request.ip);
    const viewer = near ? null : await deps.recogniser.actorOf(request);
    if (!near && viewer?.by !== 'key') return sendProblem(request, reply, { refusal: unknownRoute });
    return reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
}
