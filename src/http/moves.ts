import type { FastifyInstance } from 'fastify';
import { previewMove } from '#case/move/move.ts';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { powerFault } from './administration.ts';
import { keyOf } from './cases.ts';
import { type MoveList, type MovePreview, moveEndpoints } from './contract/move.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { answer, mount, refused } from './mount.ts';
import { rowOf } from './order-rows.ts';
import type { Viewer } from './who.ts';

const MOST = 200;
const behind = statement<{ id: string }>(
  'http.casesBehind',
  `select id from huiyin.case_list where open and pack = $1 and pack_version <> $2 order by registered_at, id limit ${MOST + 1}`,
);
const none = refusal('pack.unknown', text('没有现行的这份制度', 'No version of this procedure is in force'));

/** Running cases and the version in force: a look, one by one, and the move of those that fit. */
export function mountMoves(app: FastifyInstance, deps: HttpDeps): void {
  const { handling } = deps;

  mount(app, deps, moveEndpoints.preview, async ({ params, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    return answer(200, await preview(deps, viewer, seen.value.state));
  });

  mount(app, deps, moveEndpoints.list, async ({ query, viewer }) => {
    const fault = await powerFault(deps, viewer, 'procedures');
    if (fault) return refused(fault);
    const current = await handling.packs.current(viewer.tenant, query.pack);
    if (!current) return refused(none);
    const rows = await withTenant(deps.pool, viewer.tenant, (client) =>
      behind.run(client, [query.pack, current.version]),
    );
    const cases: MoveList['cases'] = [];
    for (const { id } of rows.slice(0, MOST)) {
      const file = await handling.caseById(viewer.tenant, id);
      if (!file) continue;
      const { state } = file;
      const procedure = (await handling.packs.version(viewer.tenant, state.pack, state.packVersion)).procedures[
        state.procedure
      ];
      cases.push({
        id,
        number: state.number,
        stateTitle: procedure?.states[state.state]?.title ?? text(state.state, state.state),
        procedureTitle: procedure?.title ?? text(state.procedure, state.procedure),
        ...(await preview(deps, viewer, state)),
      });
    }
    return answer(200, { pack: query.pack, version: current.version, cases, more: rows.length > MOST });
  });

  mount(app, deps, moveEndpoints.move, async ({ body, viewer, request }) => {
    const fault = await powerFault(deps, viewer, 'procedures');
    if (fault) return refused(fault);
    const key = keyOf(request.headers['idempotency-key']);
    const { version, reason } = body;
    const rows = await Promise.all(
      [...new Set(body.cases)].map(async (caseId) => {
        const said = await handling.handle({
          tenant: viewer.tenant,
          actor: viewer.actor,
          caseId,
          command: { type: 'move', version, reason },
          idempotencyKey: key === undefined ? undefined : `${key}:${caseId}`,
        });
        return rowOf(deps, viewer.tenant, caseId, said);
      }),
    );
    return answer(200, { rows });
  });
}

async function preview(deps: HttpDeps, viewer: Viewer, state: CaseState): Promise<MovePreview> {
  const pack = await deps.handling.packs.version(viewer.tenant, state.pack, state.packVersion);
  const target = await deps.handling.moveTarget(viewer.tenant, state);
  const ctx = { ...(await deps.handling.context(viewer.tenant, pack, viewer.actor)), target };
  const fit = previewMove(state, ctx);
  const to = target?.pack.version ?? state.packVersion;
  if (!fit) return { from: state.packVersion, to, fits: false, findings: [] };
  return { from: state.packVersion, to, fits: fit.fits, findings: fit.findings };
}
