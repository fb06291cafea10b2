import type { FastifyInstance } from 'fastify';
import type { Actor, Directory } from '#case/context.ts';
import { localDate } from '#clock/civil.ts';
import { givePower, POWERS, type Power, postsWith, powers } from '#directory/post-powers.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import { standsInFor } from '#directory/staffing/powers.ts';
import { refusal } from '#kernel/refusal.ts';
import { type Text, text } from '#kernel/text.ts';
import { postTitle } from '#policy/tell/post-title.ts';
import { administrationFault, currentPacks, mayAdminister, postsOf, unknownPost } from './administration.ts';
import { type ExplanationView, type PowerView, powerEndpoints } from './contract/power.ts';
import type { HttpDeps } from './deps.ts';
import { explainOnCase } from './explain-case.ts';
import { loadCase } from './load.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

const unknownPerson = refusal('person.unknown', text('没有这名员工', 'There is no such member of staff'));
const unknownAct = refusal('step.unknown', text('没有这一步或这项权限', 'There is no such act or power'), {
  field: 'action',
});
const notAbout = refusal(
  'role.notYours',
  text(
    '只能查自己和下属的权限；管理员可以查任何人',
    'One may ask about oneself and one’s subordinates; an administrator about anybody',
  ),
);
const isPower = (name: string): name is Power => powers.some((power) => power === name);

/** Which posts may do what, and why somebody may or may not do something. */
export function mountPowers(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, powerEndpoints.list, async ({ viewer }) =>
    answer(200, await Promise.all(powers.map((power) => viewPower(deps, viewer.tenant, power)))),
  );

  mount(app, deps, powerEndpoints.give, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const { power } = params;
    if (!isPower(power)) return refused(unknownAct);
    const known = new Set((await postsOf(deps, viewer.tenant)).map((post) => post.code));
    const stranger = body.posts.find((post) => !known.has(post));
    if (stranger !== undefined) return refused(unknownPost(stranger));
    const directory = await deps.directory.at(viewer.tenant, deps.time.now());
    if (body.posts.every((post) => directory.holders(post).length === 0))
      return refused(
        refusal('power.noHolder', text('这些岗位现在都没有人，权限不能落空', 'Nobody holds any of these posts now'), {
          field: 'posts',
        }),
      );
    // Whoever gives the organisation away must not lock himself out by a slip.
    if (power === 'organisation' && !body.posts.some((post) => viewer.actor.posts.includes(post)))
      return refused(
        refusal(
          'power.ownPost',
          text('请保留您自己的岗位，再由接手的人移除', 'Keep a post of your own; your successor removes it'),
          {
            field: 'posts',
          },
        ),
      );
    await givePower(deps.pool, viewer.tenant, { power, posts: body.posts, by: viewer.actor.name }, deps.time.now());
    return answer(200, await viewPower(deps, viewer.tenant, power));
  });

  mount(app, deps, powerEndpoints.explain, async ({ query, viewer }) => {
    const now = deps.time.now();
    const { tenant } = viewer;
    const [snapshot, directory] = [await deps.directory.snapshot(tenant), await deps.directory.at(tenant, now)];
    const id = query.person ?? viewer.actor.personId ?? '';
    const seen = query.case === undefined ? null : await loadCase(deps, viewer, query.case);
    if (seen && !seen.ok) return refused(seen.refusal);
    const person = directory.person(id);
    if (!person) return refused(unknownPerson);
    const own = id === viewer.actor.personId;
    const below = directory.superior(id)?.id === viewer.actor.personId;
    if (!own && !below && !(await mayAdminister(deps, viewer))) return refused(notAbout);
    const actor: Actor = { kind: 'staff', personId: id, name: person.name, posts: person.posts };
    const today = localDate(now);
    const part = seen?.ok
      ? explainOnCase(query.action, actor, {
          ...seen.value,
          snapshot,
          today,
          ctx: await deps.handling.context(tenant, seen.value.pack, actor),
          journal: await deps.handling.journalOf(tenant, seen.value.state.id),
        })
      : await explainPower(deps, tenant, query.action, actor, { snapshot, directory, today });
    if (!part) return refused(unknownAct);
    const employed = {
      code: 'person.left',
      title: text('在职', 'Works here'),
      holds: person.active,
      say: person.active ? text('在职', 'Works here') : text('已离职或停用', 'Has left'),
      clause: null,
      grounds: [],
    };
    const conditions = [employed, ...part.conditions];
    const packs = await currentPacks(deps, tenant);
    const state = seen?.ok ? seen.value.state : null;
    const title =
      state && seen?.ok ? seen.value.pack.procedures[state.procedure]?.states[state.state]?.title : undefined;
    const view: ExplanationView = {
      ...part,
      person: {
        id,
        name: person.name,
        active: person.active,
        posts: heldNow(snapshot, id, today).map((held) => ({
          post: held.post,
          title: postTitle(packs, held.post),
          unit: snapshot.units.find((one) => one.id === held.unitId)?.name ?? '',
          from: held.from,
          to: held.to,
        })),
        standsInFor: standsInFor(snapshot.staffing, id, today).map(({ personId, from, to, reason }) => ({
          name: directory.person(personId)?.name ?? personId,
          from,
          to,
          reason,
        })),
      },
      case: state && { id: state.id, number: state.number, stateTitle: title ?? text(state.state, state.state) },
      conditions,
      allowed: conditions.every((one) => one.holds),
    };
    return answer(200, view);
  });
}

const heldNow = (snapshot: Snapshot, personId: string, today: string): Snapshot['posts'] =>
  snapshot.posts.filter(
    (held) => held.personId === personId && held.from <= today && (held.to === null || held.to >= today),
  );

async function viewPower(deps: HttpDeps, tenant: string, power: Power): Promise<PowerView> {
  const packs = await currentPacks(deps, tenant);
  const { holders } = await deps.directory.at(tenant, deps.time.now());
  const given = await postsWith(deps.pool, tenant, power);
  return {
    power,
    title: POWERS[power].title,
    posts: given.map(({ post, givenAt, givenBy }) => ({
      post,
      title: postTitle(packs, post),
      givenAt: wireOrNull(givenAt),
      givenBy,
      holders: holders(post).map(({ id, name }) => ({ id, name })),
    })),
  };
}

interface Organisation {
  snapshot: Snapshot;
  directory: Directory;
  today: string;
}

/** Why somebody may or may not do what belongs to no case. */
async function explainPower(
  deps: HttpDeps,
  tenant: string,
  action: string,
  actor: Actor,
  { snapshot, directory, today }: Organisation,
): Promise<Pick<ExplanationView, 'action' | 'conditions' | 'recused' | 'others'> | undefined> {
  if (!isPower(action)) return undefined;
  const packs = await currentPacks(deps, tenant);
  const given = await postsWith(deps.pool, tenant, action);
  const title: Text = POWERS[action].title;
  const held = heldNow(snapshot, actor.personId ?? '', today).filter(({ post }) =>
    given.some((one) => one.post === post),
  );
  const names = given.map(({ post }) => postTitle(packs, post));
  const others = given.flatMap(({ post }) =>
    directory.holders(post).map(({ id, name }) => ({ id, name, as: postTitle(packs, post) })),
  );
  return {
    action: { name: action, title, clause: null },
    conditions: [
      {
        code: 'role.notYours',
        title: text('岗位有这项权限', 'Holds a post with this power'),
        holds: held.length > 0,
        say: text(`由${names.map((one) => one.zh).join('、')}行使`, `For: ${names.map((one) => one.en).join(', ')}`),
        clause: null,
        grounds: held.map(({ post, unitId, from, to }) => {
          const since = given.find((one) => one.post === post)?.givenAt ?? null;
          const begun = since === null ? from : wire(since).slice(0, 10) > from ? wire(since) : from;
          return {
            kind: 'power' as const,
            role: title,
            title: postTitle(packs, post),
            unit: snapshot.units.find((one) => one.id === unitId)?.name ?? null,
            since: begun,
            until: to,
          };
        }),
      },
    ],
    recused: [],
    others: [...new Map(others.filter(({ id }) => id !== actor.personId).map((one) => [one.id, one])).values()],
  };
}
