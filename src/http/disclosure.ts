import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { revealPersonal } from '#directory/reveal.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { caseEndpoints } from './contract/case.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { wireValues } from './masking.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import type { Viewer } from './who.ts';

/** How long a stated reason opens a case's papers to the person who stated it. */
export const OPEN_FOR = 30 * MINUTE;

const recent = statement<{ at: Instant }>(
  'http.recentLook',
  `select at from huiyin.access_log where tenant_id = $1 and case_id = $2 and person_id = $3
     and at > huiyin.instant($4) limit 1`,
);

/** Whether this person gave a reason for seeing this case in clear within the last half hour. */
export async function hasDisclosed(deps: HttpDeps, viewer: Viewer, caseId: string): Promise<boolean> {
  const since = deps.time.now() - OPEN_FOR;
  const found = await withTenant(deps.pool, viewer.tenant, (client) =>
    recent.one(client, [viewer.tenant, caseId, viewer.actor.personId, since]),
  );
  return found !== undefined;
}

/** POST /cases/{id}/disclosure: the look is written down before anything is shown. */
export function mountDisclosure(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, caseEndpoints.disclosure, async ({ params, body, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack, sight } = seen.value;
    if (sight === 'withoutAsker')
      return refused(
        refusal(
          'role.recused',
          text(
            '您是本件的被投诉人，不能查看投诉人信息',
            'The case complains of you: who complained is not shown to you',
          ),
        ),
      );
    const procedure = pack.procedures[state.procedure];
    const fields = procedure?.intake.fields ?? {};
    const { masked } = wireValues(state.values, fields, 'masked');
    const now = deps.time.now();
    const look = { caseId: state.id, fields: masked.length > 0 ? masked : ['entries'], reason: body.reason };
    const entries = Object.entries(state.entries).flatMap(([step, list]) =>
      list.map((entry) => ({
        seq: entry.seq,
        step,
        values: wireValues(entry.values, procedure?.steps[step]?.fields ?? {}, 'clear').values,
      })),
    );
    const shown = await revealPersonal(deps.pool, viewer.tenant, viewer.actor, look, now, async () => ({
      values: wireValues(state.values, fields, 'clear').values,
      entries,
      until: wire(now + OPEN_FOR),
    }));
    return shown.ok ? answer(200, shown.value) : refused(shown.refusal);
  });
}
