import type { FastifyInstance } from 'fastify';
import { localDate } from '#clock/civil.ts';
import { openAccount, renewAccount } from '#directory/account/first-password.ts';
import { casesHeldBy, deactivatePerson } from '#directory/deactivate.ts';
import { changePosts, hire } from '#directory/hire.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { administrationFault, postsOf, unknownPost } from './administration.ts';
import { peopleEndpoints, type StaffView } from './contract/people.ts';
import type { HttpDeps } from './deps.ts';
import { handOver } from './hand-over.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import { accountOfStaff } from './staff-account.ts';
import type { Viewer } from './who.ts';

/** Who works here, as what, and how somebody leaves. */
export function mountPeople(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;

  mount(app, deps, peopleEndpoints.posts, async ({ viewer }) => answer(200, await postsOf(deps, viewer.tenant)));

  mount(app, deps, peopleEndpoints.hire, async ({ body, viewer }) => {
    const fault = (await administrationFault(deps, viewer)) ?? (await postFault(deps, viewer.tenant, body.posts));
    if (fault) return refused(fault);
    const { phone, email, username, ...rest } = body;
    const wish = {
      ...rest,
      ...(phone === undefined ? {} : { phone: plainPhone(phone) }),
      ...(email === undefined ? {} : { email }),
      ...(username === undefined ? {} : { username }),
    };
    const made = await hire(pool, viewer.tenant, wish, time.now());
    if (!made.ok) return refused(made.refusal);
    changed(deps, viewer.tenant);
    const { personId, access } = made.value;
    const person = await viewStaff(deps, viewer.tenant, personId);
    return answer(
      201,
      { person, access: access && { personId, ...access } },
      { location: `/api/v1/people/${personId}` },
    );
  });

  mount(app, deps, peopleEndpoints.read, ({ params, viewer }) => tellStaff(deps, viewer, params.id));

  mount(app, deps, peopleEndpoints.posting, async ({ params, body, viewer }) => {
    const asked = body.add.map((one) => one.post);
    const fault = (await staffFault(deps, viewer, params.id)) ?? (await postFault(deps, viewer.tenant, asked));
    if (fault) return refused(fault);
    const posted = await changePosts(pool, viewer.tenant, params.id, body, time.now());
    if (!posted.ok) return refused(posted.refusal);
    changed(deps, viewer.tenant);
    return tellStaff(deps, viewer, params.id);
  });

  mount(app, deps, peopleEndpoints.account, async ({ params, body, viewer }) => {
    const fault = await staffFault(deps, viewer, params.id);
    if (fault) return refused(fault);
    const { username } = body;
    const made =
      username === undefined
        ? await renewAccount(pool, viewer.tenant, params.id)
        : await openAccount(pool, viewer.tenant, { personId: params.id, username });
    if (!made.ok) return refused(made.refusal);
    deps.recogniser.forget();
    return answer(201, { personId: params.id, ...made.value });
  });

  mount(app, deps, peopleEndpoints.handOver, async ({ params, body, viewer }) => {
    const fault = await staffFault(deps, viewer, params.id);
    return fault ? refused(fault) : handOver(deps, viewer, params.id, body);
  });

  mount(app, deps, peopleEndpoints.deactivate, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const gone = await deactivatePerson(pool, viewer.tenant, params.id, viewer.actor.name, time.now());
    if (!gone.ok) return refused(gone.refusal);
    changed(deps, viewer.tenant);
    return answer(200, await viewStaff(deps, viewer.tenant, params.id));
  });
}

/** Somebody as whoever runs the organisation sees him now. */
export async function tellStaff(deps: HttpDeps, viewer: Viewer, id: string): Promise<Said> {
  const fault = await staffFault(deps, viewer, id);
  return fault ? refused(fault) : answer(200, await viewStaff(deps, viewer.tenant, id));
}

/** Nobody may look after a person who is not there, or without the right to. */
export async function staffFault(deps: HttpDeps, viewer: Viewer, id: string): Promise<Refusal | undefined> {
  const fault = await administrationFault(deps, viewer);
  if (fault) return fault;
  const row = (await deps.directory.snapshot(viewer.tenant)).people.find((one) => one.id === id);
  return row && !row.automaton ? undefined : unknownPerson;
}

const unknownPerson = refusal('person.unknown', text('没有这名员工', 'There is no such member of staff'));

async function postFault(deps: HttpDeps, tenant: string, posts: readonly string[]): Promise<Refusal | undefined> {
  const known = new Set((await postsOf(deps, tenant)).map((post) => post.code));
  const stranger = posts.find((post) => !known.has(post));
  return stranger === undefined ? undefined : unknownPost(stranger);
}

/** Whoever asks next sees the organisation as it is now. */
function changed(deps: HttpDeps, tenant: string): void {
  deps.directory.drop(tenant);
  deps.recogniser.forget();
}

const plainPhone = (phone: string): string => phone.replace(/[ -]/g, '').replace(/^\+86(?=1\d{10}$)/, '');

async function viewStaff(deps: HttpDeps, tenant: string, id: string): Promise<StaffView> {
  const snapshot = await deps.directory.snapshot(tenant);
  const row = snapshot.people.find((one) => one.id === id);
  if (!row) throw new Error('viewStaff is asked about people who are there');
  const today = localDate(deps.time.now());
  const unitOf = (unitId: string | null): StaffView['unit'] => {
    const unit = snapshot.units.find((one) => one.id === unitId);
    return unit ? { code: unit.code, name: { zh: unit.name, en: unit.nameEn || unit.name } } : null;
  };
  return {
    id,
    name: row.name,
    active: row.active,
    unit: unitOf(row.unitId),
    phone: row.phone,
    email: row.email,
    ...(await accountOfStaff(deps, tenant, id)),
    posts: snapshot.posts
      .filter((one) => one.personId === id && (one.to === null || one.to >= today))
      .flatMap(({ post, unitId, from, to }) => {
        const unit = unitOf(unitId);
        return unit ? [{ post, unit, from, to }] : [];
      }),
    holds: await casesHeldBy(deps.pool, tenant, id),
  };
}
