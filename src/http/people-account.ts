import type { FastifyInstance } from 'fastify';
import type { PoolClient } from 'pg';
import { withTenant } from '#db/pool.ts';
import { noteEvent } from '#directory/account/account-event.ts';
import { forgive } from '#directory/account/guard.ts';
import { invitationOf, invite, withdraw } from '#directory/account/invitation.ts';
import { resetFactors, subjectsOf } from '#directory/account/own-account.ts';
import { endSessions } from '#directory/account/session.ts';
import { type InviteView, peopleEndpoints } from './contract/people.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import { baseUrl } from './owner-link.ts';
import { staffFault, tellStaff } from './people.ts';
import { proofFault } from './proof.ts';
import type { Viewer } from './who.ts';

/** What whoever runs the organisation does with somebody's account: invite, unlock, sign out, help after a lost telephone. */
export function mountPeopleAccount(app: FastifyInstance, deps: HttpDeps): void {
  const { pool } = deps;

  mount(app, deps, peopleEndpoints.invite, async ({ params, body, viewer, request }) => {
    const fault = await staffFault(deps, viewer, params.id);
    if (fault) return refused(fault);
    const base = baseUrl(deps, request);
    const { username, byEmail } = body;
    const wish = { personId: params.id, username, byEmail: byEmail && deps.codeWays.includes('email'), base };
    const made = await invite(pool, viewer.tenant, wish, viewer.actor.name);
    if (!made.ok) return refused(made.refusal);
    const open = await invitationOf(pool, viewer.tenant, params.id);
    return answer(201, {
      // The part behind # never leaves the browser: no log and no proxy sees it.
      url: wish.byEmail ? null : `${base}/join#${made.value.token}`,
      email: open?.email ?? null,
      username: open?.username ?? '',
      expiresAt: wire(made.value.expiresAt),
    } satisfies InviteView);
  });

  const change =
    (act: (client: PoolClient, viewer: Viewer, personId: string, now: number) => Promise<unknown>, gives = false) =>
    async ({ params, viewer }: { params: { id: string }; viewer: Viewer }): Promise<Said> => {
      const fault = (await staffFault(deps, viewer, params.id)) ?? (gives ? proofFault(viewer) : undefined);
      if (fault) return refused(fault);
      await withTenant(pool, viewer.tenant, (client) => act(client, viewer, params.id, Date.now()));
      deps.recogniser.forget();
      return tellStaff(deps, viewer, params.id);
    };

  mount(
    app,
    deps,
    peopleEndpoints.withdraw,
    change(async (client, { tenant, actor }, personId, now) => {
      if ((await withdraw(client, tenant, personId, now)) > 0)
        await noteEvent(client, tenant, { personId, kind: 'invitationWithdrawn', by: actor.name }, now);
    }),
  );
  mount(
    app,
    deps,
    peopleEndpoints.endSessions,
    change(async (client, { tenant, actor }, personId, now) => {
      const n = await endSessions(client, tenant, personId, {}, now);
      const what = { personId, kind: 'sessionsEnded' as const, by: actor.name, detail: String(n) };
      if (n > 0) await noteEvent(client, tenant, what, now);
    }),
  );
  mount(
    app,
    deps,
    peopleEndpoints.unlock,
    change(async (client, { tenant, actor }, personId, now) => {
      await forgive(client, tenant, await subjectsOf(client, tenant, personId));
      await noteEvent(client, tenant, { personId, kind: 'unlocked', by: actor.name }, now);
    }),
  );
  mount(
    app,
    deps,
    peopleEndpoints.resetFactors,
    change(async (client, { tenant, actor }, personId, now) => {
      await resetFactors(client, tenant, personId, actor.name, now);
      await endSessions(client, tenant, personId, {}, now);
    }, true),
  );
}
