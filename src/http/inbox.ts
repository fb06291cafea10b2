import type { FastifyInstance } from 'fastify';
import { leadOf, membersOf } from '#case/joining.ts';
import type { CaseState } from '#case/state.ts';
import { maskEmail, maskInText, maskPhone, maskRoom } from '#directory/mask.ts';
import { incidentsAt } from '#inbox/incidents.ts';
import { casesOfPerson, confirmSame, joinedOf, suggestionsFor, undoSame } from '#inbox/same-person.ts';
import { findSimilar, LIKELY, wordsOf } from '#inbox/similar.ts';
import { caseRow } from '#journal/case-row.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { inboxEndpoints, type SamePersonView, type SimilarView } from './contract/inbox.ts';
import type { HttpDeps } from './deps.ts';
import { tellIncident } from './incidents.ts';
import { loadCase, type Seen, see } from './load.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import type { Viewer } from './who.ts';

/** One inbox: what may be the same matter, the same outage, the same person. */
export function mountInbox(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time, handling } = deps;

  mount(app, deps, inboxEndpoints.similar, async ({ query, viewer }) => {
    const { tenant } = viewer;
    let sought: Parameters<typeof findSimilar>[2] = { words: query.words, premisesId: query.premises ?? null };
    if (query.case !== undefined) {
      const seen = await loadWhole(deps, viewer, query.case);
      if (!seen.ok) return refused(seen.refusal);
      const { state, pack } = seen.value;
      sought = { words: wordsOf(state), premisesId: caseRow(state, pack).premisesId, exceptCaseId: state.id };
    }
    const found = await findSimilar(pool, tenant, sought, time.now());
    const items: SimilarView[] = [];
    for (const one of found) {
      const seen = await see(deps, viewer, one.state);
      if (!seen.ok || seen.value.sight !== 'case') continue;
      const { state, pack } = seen.value;
      const lead = leadOf(state);
      items.push({
        ...tellCase(state, pack),
        matter: pack.matters[state.matter]?.title ?? text(state.matter, state.matter),
        summary: maskInText(caseRow(state, pack).summary),
        place: maskRoom(placeOf(state)),
        nearness: one.nearness,
        score: Math.round(one.score * 100) / 100,
        likely: one.score >= LIKELY,
        joinTo: lead?.caseId
          ? { caseId: lead.caseId, number: lead.reference }
          : { caseId: state.id, number: state.number },
      });
    }
    const incidents = sought.premisesId === null ? [] : await incidentsAt(pool, tenant, sought.premisesId);
    return answer(200, { items, incidents: incidents.map(tellIncident) });
  });

  mount(app, deps, inboxEndpoints.join, async ({ params, body, viewer }) => {
    const [own, lead] = [await loadWhole(deps, viewer, params.id), await leadFor(deps, viewer, body.lead)];
    if (!own.ok) return refused(own.refusal);
    if (!lead.ok) return refused(lead.refusal);
    const said = await handling.handle({
      tenant: viewer.tenant,
      actor: viewer.actor,
      caseId: params.id,
      command: { type: 'join', lead: lead.value, reason: body.reason },
    });
    return said.ok ? answer(200, { lead: lead.value }) : refused(said.refusal);
  });

  mount(app, deps, inboxEndpoints.split, async ({ params, body, viewer }) => {
    const own = await loadWhole(deps, viewer, params.id);
    if (!own.ok) return refused(own.refusal);
    const said = await handling.handle({
      tenant: viewer.tenant,
      actor: viewer.actor,
      caseId: params.id,
      command: { type: 'split', reason: body.reason },
    });
    return said.ok ? answer(204, null) : refused(said.refusal);
  });

  mount(app, deps, inboxEndpoints.jointAnswer, async ({ params, body, viewer }) => {
    const own = await loadWhole(deps, viewer, params.id);
    if (!own.ok) return refused(own.refusal);
    const words = { zh: body.text.zh, en: body.text.en || body.text.zh };
    const told: { caseId: string; number: string }[] = [];
    for (const caseId of [params.id, ...membersOf(own.value.state).flatMap((link) => link.caseId ?? [])]) {
      const said = await handling.handle({
        tenant: viewer.tenant,
        actor: viewer.actor,
        caseId,
        command: { type: 'inform', notice: 'jointAnswer', text: words },
        idempotencyKey: `joint:${body.key}:${caseId}`,
      });
      if (!said.ok) return refused(said.refusal);
      told.push({ caseId, number: said.value.number });
    }
    return answer(200, { told });
  });

  const samePerson = async (viewer: Viewer, { state }: Seen): Promise<SamePersonView> => {
    const [suggestions, joined, others] = await Promise.all([
      suggestionsFor(pool, viewer.tenant, state, time.now()),
      joinedOf(pool, viewer.tenant, state),
      casesOfPerson(pool, viewer.tenant, state),
    ]);
    const cases: SamePersonView['cases'] = [];
    for (const other of others) {
      const seen = await see(deps, viewer, other);
      if (seen.ok && seen.value.sight === 'case') cases.push(tellCase(other, seen.value.pack));
    }
    const mask = ({ phone, email }: { phone: string; email: string }) => ({
      phone: maskPhone(phone),
      email: maskEmail(email),
    });
    return {
      suggestions: suggestions.map((one) => ({ ...mask(one), id: one.id, source: one.source })),
      joined: joined.map((one) => ({ ...mask(one), id: one.id, how: one.how, at: wire(one.at), by: one.byName })),
      cases,
    };
  };
  mount(app, deps, inboxEndpoints.samePerson, async ({ params, viewer }) => {
    const seen = await loadWhole(deps, viewer, params.id);
    return seen.ok ? answer(200, await samePerson(viewer, seen.value)) : refused(seen.refusal);
  });
  mount(app, deps, inboxEndpoints.confirmSame, async ({ params, body, viewer }) => {
    const seen = await loadWhole(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { personId, name } = viewer.actor;
    if (personId === null) return refused(unnamed);
    const done = await confirmSame(pool, viewer.tenant, seen.value.state, body, { personId, name }, time.now());
    return done.ok ? answer(200, await samePerson(viewer, seen.value)) : refused(done.refusal);
  });
  mount(app, deps, inboxEndpoints.undoSame, async ({ params, viewer }) => {
    const seen = await loadWhole(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const mine = (await joinedOf(pool, viewer.tenant, seen.value.state)).some(({ id }) => id === params.joined);
    const done = mine
      ? await undoSame(pool, viewer.tenant, params.joined, viewer.actor.name, time.now())
      : refuse(unknownJoined);
    return done.ok ? answer(200, await samePerson(viewer, seen.value)) : refused(done.refusal);
  });
}

/** The case others are joined to: one the viewer sees whole, that is open and not itself joined to another. */
export async function leadFor(
  deps: HttpDeps,
  viewer: Viewer,
  id: string,
): Promise<Result<{ caseId: string; number: string; procedure: string }>> {
  const seen = await loadWhole(deps, viewer, id);
  if (!seen.ok) return seen;
  const { state, pack } = seen.value;
  if (pack.procedures[state.procedure]?.states[state.state]?.end) return refuse(ended(state));
  if (leadOf(state)) return refuse(joinedItself(state));
  return accept({ caseId: state.id, number: state.number, procedure: state.procedure });
}

/** Whoever may not know who asked learns nothing by way of other cases either. */
async function loadWhole(deps: HttpDeps, viewer: Viewer, id: string): Promise<Result<Seen>> {
  const seen = await loadCase(deps, viewer, id);
  return seen.ok && seen.value.sight !== 'case' ? refuse(standsAside) : seen;
}

const tellCase = (state: CaseState, pack: CompiledPack) => ({
  caseId: state.id,
  number: state.number,
  state: pack.procedures[state.procedure]?.states[state.state]?.title ?? text(state.state, state.state),
  receivedAt: wire(state.receivedAt),
});

function placeOf({ values }: CaseState): string {
  const { place } = values;
  return typeof place === 'object' && place !== null && !Array.isArray(place) && typeof place.text === 'string'
    ? place.text
    : '';
}

const standsAside = refusal('role.recused', text('您须回避本件', 'You must stand aside from this case'));
const unnamed = refusal('role.unnamed', text('须由具名人员核对', 'A named person must have checked it'));
const unknownJoined = refusal(
  'contact.unknown',
  text('没有这项记录，可能已撤销', 'There is no such record; it may have been taken back'),
);
const ended = ({ number }: CaseState): ReturnType<typeof refusal> =>
  refusal('join.ended', text(`${number} 已办结，不能再并入`, `${number} has ended; nothing can be joined to it`));
const joinedItself = (state: CaseState): ReturnType<typeof refusal> => {
  const { number } = state;
  const lead = leadOf(state)?.reference ?? '';
  return refusal(
    'join.chain',
    text(`${number} 已并入 ${lead}，请并入 ${lead}`, `${number} is joined to ${lead}; join to ${lead}`),
  );
};
