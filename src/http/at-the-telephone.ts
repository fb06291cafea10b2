import type { CaseState } from '#case/state.ts';
import { maskName, maskPhone } from '#directory/mask.ts';
import { residentsByContact } from '#directory/premises.ts';
import { type Call, callBackBy, climbsAt, mayListen, phaseOf } from '#inbox/calls/call.ts';
import { onDutyAtTelephone, peopleAtTelephone } from '#inbox/calls/desk.ts';
import { incidentsAt } from '#inbox/incidents.ts';
import { openCasesByPhone } from '#inbox/same-person.ts';
import { text } from '#kernel/text.ts';
import type { CallerCard, CallView } from './contract/call.ts';
import type { HttpDeps } from './deps.ts';
import { tellIncident } from './incidents.ts';
import { see } from './load.ts';
import { wire, wireOrNull } from './moment.ts';
import type { Viewer } from './who.ts';

/** Whether somebody answers calls at all, and whether it is he who is at the telephone now. */
export async function standingOf(deps: HttpDeps, viewer: Viewer): Promise<{ clerk: boolean; onDuty: boolean }> {
  const { tenant, actor } = viewer;
  const desk = { pool: deps.pool, directory: deps.directory, packs: deps.handling.packs };
  const now = deps.time.now();
  const people = await peopleAtTelephone(desk, tenant, now);
  if (actor.personId === null || !people.has(actor.personId)) return { clerk: false, onDuty: false };
  return { clerk: true, onDuty: (await onDutyAtTelephone(desk, tenant, now, people)).has(actor.personId) };
}

/** A call as staff see it: its number masked, whoever looks. */
export function tellCall(call: Call, viewer: Viewer, now: number): CallView {
  const { personId } = viewer.actor;
  return {
    id: call.id,
    phase: phaseOf(call, now),
    phone: call.caller === null ? null : maskPhone(call.caller),
    line: call.dialled,
    estate: call.estate,
    beganAt: wire(call.beganAt),
    answeredAt: wireOrNull(call.answeredAt),
    endedAt: wireOrNull(call.endedAt),
    rings: call.rings,
    answeredBy: call.answeredByName,
    takenBy: call.takenByName,
    mine: personId !== null && [call.answeredBy, call.takenBy].includes(personId),
    callBackBy: wireOrNull(callBackBy(call, now)),
    climbsAt: wireOrNull(climbsAt(call, now)),
    escalations: call.escalations.map(({ at, to }) => ({ at: wire(at), to })),
    recording: call.recording === null ? null : { address: call.recording, listen: mayListen(call) },
    case: call.caseId === null ? null : { id: call.caseId, number: call.caseNumber ?? '' },
    reason: call.reason,
    note: call.note,
  };
}

const MOST = 5;

/** The name that whoever asked left with a case, masked. */
function givenName({ values: { contactName } }: CaseState): string | null {
  return typeof contactName === 'string' && contactName.trim() !== '' ? maskName(contactName) : null;
}

/** The same with what is known of the number: units, open cases the viewer may see, known outages there. */
export async function tellCaller(deps: HttpDeps, viewer: Viewer, call: Call): Promise<CallerCard> {
  const { pool, time } = deps;
  const { tenant } = viewer;
  const now = time.now();
  const { caller } = call;
  const [residents, states] =
    caller === null
      ? [[], []]
      : await Promise.all([residentsByContact(pool, tenant, caller, now), openCasesByPhone(pool, tenant, caller)]);
  const near = residents.slice(0, MOST);
  const where = near.length > 0 ? near.map(({ premisesId }) => premisesId) : call.estateId ? [call.estateId] : [];
  const outages = await Promise.all([...new Set(where)].map((id) => incidentsAt(pool, tenant, id)));
  const cases: CallerCard['cases'] = [];
  for (const state of states) {
    const seen = cases.length < MOST ? await see(deps, viewer, state) : undefined;
    if (!seen?.ok || seen.value.sight !== 'case') continue;
    const { pack } = seen.value;
    cases.push({
      id: state.id,
      number: state.number,
      name: givenName(state),
      matter: pack.matters[state.matter]?.title ?? text(state.matter, state.matter),
      state: pack.procedures[state.procedure]?.states[state.state]?.title ?? text(state.state, state.state),
    });
  }
  return {
    ...tellCall(call, viewer, now),
    places: near.map(({ premisesId, place, relation, name }) => ({
      premisesId,
      place,
      relation,
      name: maskName(name),
    })),
    cases,
    incidents: [...new Map(outages.flat().map((one) => [one.id, one])).values()].map(tellIncident),
  };
}
