import { type AccountEvent, eventsOf } from '#directory/account/account-event.ts';
import { firstRun } from '#directory/first-run.ts';
import { whichCompany } from '#directory/which-company.ts';
import { postTitle } from '#policy/tell/post-title.ts';
import { currentPacks, holdsPower, mayAdminister } from './administration.ts';
import type { SessionView } from './contract/session.ts';
import type { AccountEventView } from './contract/step.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import type { Viewer } from './who.ts';

/** The first question of every page. */
export async function tellSession(deps: HttpDeps, viewer: Viewer | null, host?: string): Promise<SessionView> {
  const { companies, state } = await firstRun(deps.pool);
  const company = viewer
    ? companies.find((one) => one.tenant === viewer.tenant)
    : await whichCompany(deps.pool, { host });
  const packs = viewer ? (await deps.handling.packs.list(viewer.tenant)).filter((one) => one.current) : [];
  return {
    signedIn: viewer && (await tellPerson(deps, viewer)),
    company: company ?? null,
    setup: deps.setup.preparing() ? 'fresh' : state,
    sandbox: deps.sandbox,
    now: wire(deps.time.now()),
    packs: packs.map(({ pack, version }) => ({ pack, version })),
  };
}

async function tellPerson(deps: HttpDeps, viewer: Viewer): Promise<NonNullable<SessionView['signedIn']>> {
  const { actor, tenant } = viewer;
  const snapshot = await deps.directory.snapshot(tenant);
  const directory = await deps.directory.at(tenant, deps.time.now());
  const unitId = actor.personId === null ? null : (directory.person(actor.personId)?.unitId ?? null);
  const unit = snapshot.units.find((one) => one.id === unitId);
  const packs = await currentPacks(deps, tenant);
  return {
    person: { id: actor.personId ?? '', name: actor.name },
    posts: actor.posts.map((code) => ({ code, title: postTitle(packs, code) })),
    unit: unit ? { id: unit.id, code: unit.code, name: unit.name } : null,
    firstPassword: viewer.must === 'password',
    must: viewer.must,
    alerts:
      actor.personId === null || viewer.session === null
        ? []
        : (await eventsOf(deps.pool, tenant, { personId: actor.personId, unseen: true, limit: 5 })).map(tellEvent),
    administers: await mayAdminister(deps, viewer),
    readsLooks: await holdsPower(deps, viewer, 'looks'),
  };
}

/** Something that happened to an account, as it travels. */
export const tellEvent = ({ personId: _, at, ...event }: AccountEvent): AccountEventView => ({
  at: wire(at),
  ...event,
});
