import type { Value } from '#case/event.ts';
import { nextDeadline, responsible } from '#case/next-moment.ts';
import type { CaseState } from '#case/state.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { searchVector } from './search-text.ts';

/** The columns of a case that lists are read from. A pure function of its state, so that they can be proved against the journal. */
export interface CaseRow {
  number: string;
  pack: string;
  packVersion: string;
  procedure: string;
  matter: string;
  channel: string;
  stateName: string;
  open: boolean;
  nextDueAt: Instant | null;
  nextDueClock: string | null;
  breachLevel: number;
  assigneeId: string | null;
  assigneeName: string | null;
  caseOfficerId: string | null;
  responsibleId: string | null;
  responsibleUnit: string | null;
  premisesId: string | null;
  category: string | null;
  summary: string;
  waitsFor: string[];
  receivedAt: Instant;
  registeredAt: Instant;
  closedAt: Instant | null;
  archivedAt: Instant | null;
}

const SUMMARY = 60;

/** The read columns of a case under its own pack version. Nothing personal gets into them. */
export function caseRow(state: CaseState, pack: CompiledPack): CaseRow {
  const procedure = pack.procedures[state.procedure];
  const here = procedure?.states[state.state];
  const deadline = nextDeadline(state);
  const person = responsible(state);
  const fields = Object.entries(procedure?.intake.fields ?? {});
  const firstOf = (type: string, personal: boolean): Value =>
    fields
      .filter(([, spec]) => spec.type === type && (personal || !spec.personal))
      .map(([name]) => state.values[name] ?? null)
      .find((value) => value !== null && value !== '') ?? null;
  const place = firstOf('place', true);
  const category = firstOf('category', false);
  const words = firstOf('text', false);
  return {
    number: state.number,
    pack: state.pack,
    packVersion: state.packVersion,
    procedure: state.procedure,
    matter: state.matter,
    channel: state.channel,
    stateName: state.state,
    open: here ? !here.end && state.archivedAt === null : state.closedAt === null,
    nextDueAt: deadline?.dueAt ?? null,
    nextDueClock: deadline?.clock ?? null,
    breachLevel: breachLevel(state),
    assigneeId: state.duties.assignee?.id ?? null,
    assigneeName: state.duties.assignee?.name ?? null,
    caseOfficerId: state.duties.caseOfficer?.id ?? null,
    responsibleId: person?.id ?? null,
    responsibleUnit: person?.unitId ?? null,
    premisesId: premisesOf(place),
    category: typeof category === 'string' ? category : null,
    summary: typeof words === 'string' ? [...words].slice(0, SUMMARY).join('') : '',
    waitsFor: here?.waitsFor ?? [],
    receivedAt: state.receivedAt,
    registeredAt: state.registeredAt,
    closedAt: state.closedAt,
    archivedAt: state.archivedAt,
  };
}

/** The words a case is found by: its number and every text of its fields. */
export const caseSearch = (state: CaseState): string =>
  searchVector([state.number, ...Object.values(state.values).flatMap(textsIn)]);

function textsIn(value: Value): string[] {
  if (typeof value === 'string') return UUID.test(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(textsIn);
  return [];
}
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

const premisesOf = (place: Value): string | null =>
  place !== null && typeof place === 'object' && !Array.isArray(place) && typeof place.premisesId === 'string'
    ? place.premisesId
    : null;

/** 0 when no clock was ever broken; then the highest level any of them has reached. */
function breachLevel(state: CaseState): number {
  return state.clocks.reduce((worst, run) => {
    if (run.breachedAt === null) return worst;
    const spoken = run.moments.slice(0, run.fired).map((moment) => moment.level ?? 0);
    return Math.max(worst, 1, ...spoken);
  }, 0);
}
