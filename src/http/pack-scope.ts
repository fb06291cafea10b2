import type { FastifyInstance } from 'fastify';
import { limitPack } from '#directory/pack-scope.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { administrationFault } from './administration.ts';
import { type PackScope, packScopeEndpoints } from './contract/pack-scope.ts';
import type { HttpDeps } from './deps.ts';
import { answer, mount, refused } from './mount.ts';

const unknown = refusal('pack.unknown', text('没有发布过这项制度', 'No such procedure was ever published'));

/** GET and PUT /packs/{pack}/estates: in which estates a procedure applies. */
export function mountPackScope(app: FastifyInstance, deps: HttpDeps): void {
  const isKnown = async (tenant: string, pack: string): Promise<boolean> =>
    (await deps.handling.packs.list(tenant)).some((item) => item.pack === pack);
  const scopeOf = async (tenant: string, pack: string): Promise<PackScope> => ({
    pack,
    estates: [...((await deps.directory.snapshot(tenant)).scopes.get(pack) ?? [])].map(({ id, name }) => ({
      id,
      name,
    })),
  });

  mount(app, deps, packScopeEndpoints.estates, async ({ params, viewer }) =>
    (await isKnown(viewer.tenant, params.pack))
      ? answer(200, await scopeOf(viewer.tenant, params.pack))
      : refused(unknown),
  );

  mount(app, deps, packScopeEndpoints.setEstates, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    if (!(await isKnown(viewer.tenant, params.pack))) return refused(unknown);
    const set = await limitPack(deps.pool, viewer.tenant, params.pack, body.estates);
    if (!set.ok) return refused(set.refusal);
    deps.directory.drop(viewer.tenant);
    return answer(200, await scopeOf(viewer.tenant, params.pack));
  });
}
