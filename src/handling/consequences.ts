import { stirs, wanting } from '#case/dispatch/open.ts';
import type { CaseEvents } from '#case/event.ts';
import { readPath } from '#case/paths.ts';
import type { CaseState } from '#case/state.ts';
import type { JobWrite, NoticeWrite } from '#journal/append.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { NumberedEvent } from './request.ts';

/** What must happen together with the events, decided by looking at them alone. */
export interface Consequences {
  notices: NoticeWrite[];
  jobs: JobWrite[];
  children: CaseEvents['caseOpened'][];
}

const DELIVERY_ATTEMPTS = 12;
const REPORT_ATTEMPTS = 25;

/**
 * Notices to write, outside work to order and cases to open. `mail` tells whether messages can leave the house at all;
 * without it, and without services that carry messages, every notice is shown in the page only.
 */
export function consequences(
  tenant: string,
  state: CaseState,
  events: readonly NumberedEvent[],
  pack: CompiledPack,
  mail: boolean,
  messages = false,
): Consequences {
  const found: Consequences = { notices: [], jobs: [], children: [] };
  for (const event of events) {
    if (event.type === 'noticeIssued') tell(found, tenant, state, event.seq, event.at, event.data, mail, messages);
    else if (event.type === 'caseOpened') found.children.push(event.data);
    else if (event.type === 'caseClosed') tellParent(found, tenant, state, event.data.outcome, pack);
    else if (event.type === 'caseJoined' || event.type === 'caseSplit')
      tellLead(found, tenant, state, event.seq, event.data.caseId, event.type === 'caseJoined');
    else if (event.type === 'incidentLinked') tieToIncident(found, tenant, state, event.data.incidentId);
    else if (event.type === 'caseRegistered') order(found, tenant, state, event, 'intake', pack);
    else if (event.type === 'stepTaken') order(found, tenant, state, event, event.data.step, pack);
  }
  if (stirs(events)) findSomebody(found, tenant, state, pack);
  return found;
}

/** Where the procedure lets the program find somebody, it looks as soon as somebody is wanted. */
function findSomebody(found: Consequences, tenant: string, state: CaseState, pack: CompiledPack): void {
  if (wanting(state, pack))
    found.jobs.push({
      task: 'dispatch-case',
      payload: { tenant, caseId: state.id },
      key: `dispatch:${state.id}:${state.seq}`,
      attempts: REPORT_ATTEMPTS,
    });
}

function tell(
  found: Consequences,
  tenant: string,
  state: CaseState,
  seq: number,
  at: number,
  { notice, to, text }: CaseEvents['noticeIssued'],
  mail: boolean,
  messages: boolean,
): void {
  // Where somebody can be written to by message is asked when it is sent.
  const outside =
    to.kind === 'person'
      ? (mail || messages) && to.personId !== null
      : messages || (mail && ownerAddress(state) !== null);
  found.notices.push({
    caseId: state.id,
    seq,
    notice,
    recipientKind: to.kind,
    recipientId: to.personId,
    recipientName: to.name,
    role: to.role,
    textZh: text.zh,
    textEn: text.en,
    at,
    delivery: outside ? 'waiting' : 'page',
  });
  if (outside)
    found.jobs.push({
      task: 'deliver-notice',
      payload: { tenant, caseId: state.id, seq },
      key: `notice:${state.id}:${seq}`,
      attempts: DELIVERY_ATTEMPTS,
    });
}

/** A case that was opened from another lets that one know how it ended. */
function tellParent(found: Consequences, tenant: string, state: CaseState, outcome: string, pack: CompiledPack): void {
  const parent = state.links[0]?.procedure === '' ? state.links[0].caseId : null;
  if (parent === null) return;
  const failed = pack.procedures[state.procedure]?.states[state.state]?.failed === true;
  found.jobs.push({
    task: 'tell-parent',
    payload: { tenant, caseId: state.id, parent, outcome, failed },
    key: `tell-parent:${state.id}`,
    attempts: REPORT_ATTEMPTS,
  });
}

/** The case another was joined to or split off learns of it. */
function tellLead(
  found: Consequences,
  tenant: string,
  { id, number, procedure }: CaseState,
  seq: number,
  lead: string,
  joined: boolean,
): void {
  found.jobs.push({
    task: 'tell-lead',
    payload: { tenant, caseId: id, seq, number, procedure, lead, joined },
    key: `tell-lead:${id}:${seq}`,
    attempts: REPORT_ATTEMPTS,
  });
}

function tieToIncident(found: Consequences, tenant: string, { id }: CaseState, incidentId: string): void {
  found.jobs.push({
    task: 'link-incident',
    payload: { tenant, incidentId, caseId: id },
    key: `incident:${incidentId}:${id}`,
    attempts: REPORT_ATTEMPTS,
  });
}

/** The e-mail address the person who asked left with the case; null when there is none. */
export function ownerAddress(state: CaseState): string | null {
  const address = state.values.email ?? state.values.contactEmail ?? null;
  return typeof address === 'string' && address.includes('@') ? address : null;
}

/** A step may ask for a report; its figures come back through another step. */
function order(
  found: Consequences,
  tenant: string,
  state: CaseState,
  event: NumberedEvent,
  step: string,
  pack: CompiledPack,
): void {
  const procedure = pack.procedures[state.procedure];
  const runs = (step === 'intake' ? procedure?.intake : procedure?.steps[step])?.runs;
  if (!runs) return;
  const values = event.type === 'stepTaken' || event.type === 'caseRegistered' ? event.data.values : {};
  const scope = { state, values, pack };
  const params = Object.fromEntries(
    Object.entries(runs.with).map(([name, source]) => [
      name,
      source.startsWith('=') ? source.slice(1) : readPath(source, scope),
    ]),
  );
  found.jobs.push({
    task: 'run-report',
    payload: { tenant, caseId: state.id, seq: event.seq, report: runs.report, step: runs.step, params },
    key: `report:${state.id}:${event.seq}`,
    attempts: REPORT_ATTEMPTS,
  });
}
