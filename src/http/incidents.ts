import type { FastifyInstance } from 'fastify';
import {
  changeIncident,
  declareIncident,
  type Incident,
  incidentById,
  incidentsAt,
  incidentsOf,
} from '#inbox/incidents.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { parseIso } from '#policy/fields/moment.ts';
import { powerFault } from './administration.ts';
import { type IncidentView, inboxEndpoints } from './contract/inbox.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

/** Known outages: declared by managers, shown where calls come in, answered to all at once. */
export function mountIncidents(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time, handling } = deps;

  mount(app, deps, inboxEndpoints.incidents, async ({ query, viewer }) => {
    const found =
      query.premises === undefined
        ? await incidentsOf(pool, viewer.tenant, { openOnly: query.open === 'true' })
        : await incidentsAt(pool, viewer.tenant, query.premises);
    return answer(200, {
      items: found.map(tellIncident),
      mayDeclare: (await powerFault(deps, viewer, 'incidents')) === undefined,
    });
  });

  mount(app, deps, inboxEndpoints.declare, async ({ body, viewer }) => {
    const fault = await powerFault(deps, viewer, 'incidents');
    if (fault) return refused(fault);
    const now = time.now();
    const beganAt = body.beganAt === undefined ? now : parseIso(body.beganAt);
    const expectedEnd = body.expectedEnd === null ? null : parseIso(body.expectedEnd);
    if (Number.isNaN(beganAt) || beganAt > now + 60_000) return refused(badMoment('beganAt'));
    if (expectedEnd !== null && !(expectedEnd > now)) return refused(badMoment('expectedEnd'));
    const { kind, title, words, places } = body;
    const both = ({ zh, en }: { zh: string; en: string }) => ({ zh, en: en || zh });
    const wish = { kind, title: both(title), words: both(words), beganAt, expectedEnd, places };
    const made = await declareIncident(pool, viewer.tenant, wish, viewer.actor, now);
    return made.ok ? answer(201, tellIncident(made.value)) : refused(made.refusal);
  });

  mount(app, deps, inboxEndpoints.changeIncident, async ({ params, body, viewer }) => {
    const fault = await powerFault(deps, viewer, 'incidents');
    if (fault) return refused(fault);
    const now = time.now();
    const until = body.expectedEnd;
    const expectedEnd = until === undefined || until === null ? until : parseIso(until);
    if (typeof expectedEnd === 'number' && !(expectedEnd > now)) return refused(badMoment('expectedEnd'));
    const words = body.words && { zh: body.words.zh, en: body.words.en || body.words.zh };
    const change = { words, expectedEnd, ended: body.ended };
    const done = await changeIncident(pool, viewer.tenant, params.id, change, viewer.actor, now);
    return done.ok ? answer(200, tellIncident(done.value)) : refused(done.refusal);
  });

  mount(app, deps, inboxEndpoints.linkIncident, async ({ params, body, viewer }) => {
    const seen = await loadCase(deps, viewer, body.case);
    if (!seen.ok) return refused(seen.refusal);
    const found = await incidentById(pool, viewer.tenant, params.id);
    if (!found.ok) return refused(found.refusal);
    const said = await handling.handle({
      tenant: viewer.tenant,
      actor: viewer.actor,
      caseId: body.case,
      command: { type: 'incident', incidentId: params.id, title: found.value.title },
    });
    return said.ok ? answer(204, null) : refused(said.refusal);
  });
}

/** An outage as staff see it. */
export const tellIncident = (incident: Incident): IncidentView => ({
  ...incident,
  beganAt: wire(incident.beganAt),
  expectedEnd: wireOrNull(incident.expectedEnd),
  endedAt: wireOrNull(incident.endedAt),
  changes: incident.changes.map((change) => ({ ...change, at: wire(change.at) })),
});

const badMoment = (field: string): ReturnType<typeof refusal> =>
  refusal(
    'field.notTime',
    field === 'beganAt'
      ? text('开始时间不能晚于现在', 'It cannot have begun in the future')
      : text('预计恢复时间须晚于现在', 'The expected end must lie in the future'),
    { field },
  );
