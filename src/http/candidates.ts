import type { FastifyInstance } from 'fastify';
import type { CandidateFacts } from '#case/dispatch/facts.ts';
import { policyFor } from '#case/dispatch/policy.ts';
import { rank } from '#case/dispatch/rank.ts';
import { complainedOf } from '#case/dispatch/words.ts';
import { recused } from '#case/roles.ts';
import type { CaseState } from '#case/state.ts';
import { type Candidate, candidates } from '#directory/candidates.ts';
import { loads } from '#directory/deactivate.ts';
import { factsFor, placeOf, placesOf, readDealings, routedUnit, type Wanted } from '#directory/dispatch-facts.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import { fill, text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { type CandidateView, type CandidateWay, caseEndpoints } from './contract/case.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { answer, mount, refused } from './mount.ts';

/** GET /cases/{id}/candidates: the department the procedure suggests, and its people with what speaks for each. */
export function mountCandidates(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, caseEndpoints.candidates, async ({ params, query, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack, directory } = seen.value;
    const snapshot = await deps.directory.snapshot(viewer.tenant);
    const liesIn = await placesOf(deps.pool, viewer.tenant, state, pack);
    const code = query.unit ?? routedUnit(state, pack, liesIn);
    const posts = postsFor(pack, state, query.step, query.field);
    const routed = code === undefined ? undefined : directory.unit(code);
    // Where the routed department knows nobody of the post that the procedure asks for, he sits elsewhere.
    const elsewhere =
      routed && query.unit === undefined && !directory.members(routed.code).some((one) => suits(one, posts));
    const unit = elsewhere ? undefined : routed;
    const named = unit ? { code: unit.code, name: unit.name, clause: pack.routing.clause } : null;
    const policy = policyFor(pack, state, query.step, query.field);
    if (policy) {
      const wanted: Wanted = { state, pack, policy: policy.spec, now: deps.time.now(), unit: code };
      const dealings = await readDealings(deps.pool, viewer.tenant, placeOf(wanted));
      return answer(200, { unit: named, ...choice(snapshot, wanted, factsFor(snapshot, dealings, wanted)) });
    }
    const how = {
      now: deps.time.now(),
      exclude: new Map(recused(state, pack).map((id) => [id, complainedOf])),
      load: await loads(deps.pool, viewer.tenant),
    };
    const units = unit ? [unit.code] : snapshot.units.map((one) => one.code);
    const people = new Map<string, CandidateView>();
    for (const unitCode of units)
      for (const found of candidates(snapshot, unitCode, how))
        if (!people.has(found.personId) && (unit || suits(found, posts)))
          people.set(found.personId, view(found, unitCode, snapshot, posts, pack));
    const list = [...people.values()].sort((a, b) => Number(b.fit) - Number(a.fit));
    return answer(200, {
      unit: named,
      way: null,
      people: list,
    });
  });
}

/** By the policy of the pack: who fits, in its order, and why each does or does not. */
function choice(
  snapshot: Snapshot,
  { state, pack, policy, now, unit: wanted }: Wanted,
  people: readonly CandidateFacts[],
): { way: CandidateWay | null; people: CandidateView[] } {
  const { way, ranked } = rank(policy, { state, values: {}, pack }, people, now);
  const units = new Map(snapshot.units.map((unit) => [unit.id, unit]));
  const elsewhere = ({ fit, facts }: (typeof ranked)[number]): boolean =>
    !fit && wanted !== undefined && units.get(facts.person.unitId ?? '')?.code !== wanted;
  return {
    way: way && { title: way.title, clause: policy.clause },
    // Of those who do not fit, people of the department first; whoever must stand aside comes last of all.
    people: ranked
      .toSorted(
        (a, b) => Number(a.facts.recused) - Number(b.facts.recused) || Number(elsewhere(a)) - Number(elsewhere(b)),
      )
      .map((one) => {
        const unit = units.get(one.facts.person.unitId ?? '');
        return {
          personId: one.facts.person.id,
          name: one.facts.person.name,
          unit: unit?.code ?? null,
          unitTitle: unit?.name ?? null,
          onShift: one.facts.onShiftUntil !== null,
          load: one.facts.load,
          fit: one.fit,
          score: one.fit ? one.score : null,
          reason: one.why(),
        };
      }),
  };
}

/** Posts a person needs for a field of a step; null = anybody. */
function postsFor(
  pack: CompiledPack,
  state: CaseState,
  step: string | undefined,
  field: string | undefined,
): readonly string[] | null {
  const procedure = pack.procedures[state.procedure];
  const fields = step === undefined ? undefined : procedure?.steps[step]?.fields;
  const spec = field === undefined ? Object.values(fields ?? {}).find((one) => one.type === 'person') : fields?.[field];
  const role = typeof spec?.role === 'string' ? pack.roles[spec.role] : undefined;
  return role && 'post' in role ? role.post : null;
}

const suits = (found: Pick<Candidate, 'posts'>, posts: readonly string[] | null): boolean =>
  posts === null || found.posts.some((post) => posts.includes(post));

function view(
  found: Candidate,
  unitCode: string,
  snapshot: Snapshot,
  posts: readonly string[] | null,
  pack: CompiledPack,
): CandidateView {
  const fitting = suits(found, posts);
  const titles = Object.values(pack.roles).filter(
    (role) => 'post' in role && posts !== null && role.post.join() === posts.join(),
  );
  const needs = titles[0]?.title ?? text('该岗位', 'that post');
  return {
    personId: found.personId,
    name: found.name,
    unit: unitCode,
    unitTitle: snapshot.units.find((one) => one.code === unitCode)?.name ?? null,
    onShift: found.onShift,
    load: found.load,
    fit: fitting && !found.passedOver,
    score: null,
    reason:
      fitting || found.passedOver
        ? found.reason
        : fill(text('不任{zh}', 'Does not hold the post: {en}'), { zh: needs.zh, en: needs.en }),
  };
}
