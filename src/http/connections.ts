import type { FastifyInstance } from 'fastify';
import { administrationFault } from './administration.ts';
import { type ConnectionView, connectionEndpoints } from './contract/connection.ts';
import type { ConnectionSight, HttpDeps } from './deps.ts';
import { wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

// A check asks somebody else's server.
const CHECKS = { max: 30, timeWindow: '1 minute' };

/** Services that carry messages: their settings, and whether they work. */
export function mountConnections(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, connectionEndpoints.list, async ({ viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const { list, mail } = deps.connections;
    const [items, { heardAt, ...sight }] = await Promise.all([list(viewer.tenant), mail(viewer.tenant)]);
    return answer(200, { items: items.map(tell), mail: { ...sight, heardAt: wireOrNull(heardAt) } });
  });

  mount(app, deps, connectionEndpoints.save, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const saved = await deps.connections.save(viewer.tenant, params.service, { ...body, by: viewer.actor.name });
    return saved.ok ? answer(200, tell(saved.value)) : refused(saved.refusal);
  });

  mount(
    app,
    deps,
    connectionEndpoints.check,
    async ({ params, viewer }) => {
      const fault = await administrationFault(deps, viewer);
      if (fault) return refused(fault);
      const found = await deps.connections.check(viewer.tenant, params.service);
      return found.ok ? answer(200, { findings: found.value }) : refused(found.refusal);
    },
    CHECKS,
  );

  mount(
    app,
    deps,
    connectionEndpoints.menu,
    async ({ params, viewer }) => {
      const fault = await administrationFault(deps, viewer);
      if (fault) return refused(fault);
      const set = await deps.connections.setMenu(viewer.tenant, params.service);
      return set.ok ? answer(200, set.value) : refused(set.refusal);
    },
    CHECKS,
  );
}

const tell = ({ changedAt, heardAt, ...sight }: ConnectionSight): ConnectionView => ({
  ...sight,
  changedAt: wireOrNull(changedAt),
  heardAt: wireOrNull(heardAt),
});
