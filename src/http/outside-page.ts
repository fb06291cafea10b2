import type { FastifyInstance } from 'fastify';
import { outsideLimit, outsideRoles } from '#case/outside.ts';
import { withTenant } from '#db/pool.ts';
import { askOutside } from '#directory/account/outside-page.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { caseEndpoints } from './contract/case.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase, unknownCase } from './load.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import { baseUrl } from './owner-link.ts';

const ATTEMPTS = 25;

/** POST /cases/{id}/outside-page: a link by which a party outside takes one step, once, within the procedure's limit. */
export function mountOutsidePage(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, caseEndpoints.outsidePage, async ({ params, body, viewer, request }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack, sight } = seen.value;
    if (sight !== 'case') return refused(unknownCase);
    const roles = outsideRoles(state, pack);
    if (!roles.includes(body.role)) return refused(notItsTurn(roles, pack));
    const now = deps.time.now();
    const expiresAt = outsideLimit(state, pack, body.role, now);
    const base = baseUrl(deps, request);
    const contact = body.contact ?? null;
    const question = { caseId: state.id, role: body.role, party: body.name, contact, by: viewer.actor.name, expiresAt };
    const { token } = await withTenant(deps.pool, viewer.tenant, async (client) => {
      const asked = await askOutside(client, viewer.tenant, question, now);
      if (contact !== null) {
        const payload = { tenant: viewer.tenant, pageId: asked.pageId, base };
        const job = { task: 'invite-outside', payload, key: `outside:${asked.pageId}`, attempts: ATTEMPTS };
        await client.query('select huiyin.add_jobs($1)', [JSON.stringify([job])]);
      }
      return asked;
    });
    return answer(201, { url: `${base}/o/x/${token}`, expiresAt: expiresAt === null ? null : wire(expiresAt) });
  });
}

function notItsTurn(roles: readonly string[], pack: CompiledPack): Refusal {
  const names = (lang: 'zh' | 'en'): string =>
    roles.map((role) => `${role} ${pack.roles[role]?.title[lang]}`).join('、');
  return refusal(
    'outside.notNow',
    roles.length === 0
      ? text('本件现在没有等外部单位办理的事', 'Nothing on this case waits for a party outside now')
      : text(`现在等的是：${names('zh')}`, `It waits for: ${names('en')}`),
    { field: 'role' },
  );
}
