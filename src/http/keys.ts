import type { FastifyInstance } from 'fastify';
import { CHINA_OFFSET, parseDate, startOfDay } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { eventsOf, noteEvent } from '#directory/account/account-event.ts';
import { createApiKey, keysOf, revokeApiKey, rotateApiKey } from '#directory/account/api-key.ts';
import { rulesOf, setRules } from '#directory/account/rules.ts';
import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { meOf } from './account.ts';
import { administrationFault } from './administration.ts';
import { type KeyView, keyEndpoints, type RulesView } from './contract/key.ts';
import type { HttpDeps } from './deps.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import { proofFault } from './proof.ts';
import { tellEvent } from './session-view.ts';
import type { Viewer } from './who.ts';

/** API keys and what the company asks of whoever signs in; both are kept by whoever answers for the company. */
export function mountKeys(app: FastifyInstance, deps: HttpDeps): void {
  const { pool } = deps;
  const listed = async (tenant: string): Promise<KeyView[]> =>
    (await keysOf(pool, tenant)).map((key) => ({
      ...key,
      madeAt: wire(key.madeAt),
      expiresAt: wireOrNull(key.expiresAt),
      usedAt: wireOrNull(key.usedAt),
      revokedAt: wireOrNull(key.revokedAt),
    }));
  // Whatever opens a door for good asks for a fresh proof; a demo has no passwords to show.
  const faultFor = async (viewer: Viewer, gives: boolean) =>
    (await administrationFault(deps, viewer)) ??
    (gives && viewer.session?.way !== 'demo' ? proofFault(viewer) : undefined);

  mount(app, deps, keyEndpoints.list, async ({ viewer }) => {
    const fault = await faultFor(viewer, false);
    return fault ? refused(fault) : answer(200, await listed(viewer.tenant));
  });

  mount(app, deps, keyEndpoints.create, async ({ body, viewer }) => {
    const fault = await faultFor(viewer, true);
    if (fault) return refused(fault);
    const { lastDay, estateId, ...rest } = body;
    const expiresAt = lastDay === undefined ? undefined : endOf(lastDay);
    if (expiresAt !== undefined && expiresAt <= Date.now()) return refused(past);
    const made = await createApiKey(pool, viewer.tenant, {
      ...rest,
      by: viewer.actor.name,
      ...(estateId === undefined ? {} : { estateId }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    return made.ok ? answer(201, { key: made.value.key, id: made.value.keyId }) : refused(made.refusal);
  });

  mount(app, deps, keyEndpoints.rotate, async ({ params, body, viewer }) => {
    const fault = await faultFor(viewer, true);
    if (fault) return refused(fault);
    const how = { grace: body.graceHours * HOUR, by: viewer.actor.name };
    const made = await rotateApiKey(pool, viewer.tenant, params.id, how);
    if (!made.ok) return refused(made.refusal);
    deps.recogniser.forget();
    return answer(201, { key: made.value.key, id: made.value.keyId });
  });

  mount(app, deps, keyEndpoints.revoke, async ({ params, viewer }) => {
    const fault = await faultFor(viewer, false);
    if (fault) return refused(fault);
    const ended = await revokeApiKey(pool, viewer.tenant, params.id, Date.now(), viewer.actor.name);
    if (!ended.ok) return refused(ended.refusal);
    deps.recogniser.forget();
    return answer(200, await listed(viewer.tenant));
  });

  mount(app, deps, keyEndpoints.rules, async ({ viewer }) => {
    const fault = await faultFor(viewer, false);
    return fault ? refused(fault) : answer(200, await tellRules(deps, viewer.tenant));
  });

  mount(app, deps, keyEndpoints.setRules, async ({ body, viewer }) => {
    const fault = await faultFor(viewer, true);
    if (fault) return refused(fault);
    const { idleMinutes, longestHours, secondFactorPosts } = body;
    const rules = { idle: idleMinutes * MINUTE, longest: longestHours * HOUR, secondFactorPosts };
    await withTenant(pool, viewer.tenant, async (client) => {
      await setRules(client, viewer.tenant, rules);
      const detail = `${idleMinutes} min, ${longestHours} h, ${secondFactorPosts.join(' ')}`;
      const what = { personId: meOf(viewer), kind: 'rulesChanged' as const, detail };
      await noteEvent(client, viewer.tenant, what, Date.now());
    });
    deps.recogniser.forget();
    return answer(200, await tellRules(deps, viewer.tenant));
  });

  mount(app, deps, keyEndpoints.events, async ({ viewer }) => {
    const fault = await faultFor(viewer, false);
    if (fault) return refused(fault);
    return answer(200, (await eventsOf(pool, viewer.tenant, { limit: 200 })).map(tellEvent));
  });
}

async function tellRules(deps: HttpDeps, tenant: string): Promise<RulesView> {
  const { idle, longest, secondFactorPosts } = await rulesOf(deps.pool, tenant);
  return { idleMinutes: Math.round(idle / MINUTE), longestHours: Math.round(longest / HOUR), secondFactorPosts };
}

/** The last moment of a local day. */
function endOf(date: string): Instant | undefined {
  const day = parseDate(date);
  return day === null ? undefined : startOfDay(day + 1, CHINA_OFFSET) - 1;
}

const past = refusal('key.expires', text('到期日须在今天或以后', 'The last day must not be over'), {
  field: 'lastDay',
});
