import { nextDeadline, responsible } from '#case/next-moment.ts';
import { formatLocal } from '#clock/civil.ts';
import { maskInText } from '#directory/mask.ts';
import { caseRow } from '#journal/case-row.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Happening, sayCursor } from './feed.ts';

/** Which happenings somebody wants to hear of. An empty list leaves nothing out. */
export interface Filter {
  packs: string[];
  matters: string[];
  /** States the case stands in after the event. */
  states: string[];
  /** Kinds of events, as the journal names them. */
  events: string[];
  /** Codes of estates. */
  estates: string[];
}

const wire = (at: Instant): string => `${formatLocal(at, undefined, true).replace(' ', 'T')}+08:00`;

/** What may be asked for of a case. Nothing here is personal; words are masked where people write numbers unasked. */
const FIELDS: { [name: string]: (happening: Happening) => unknown } = {
  number: ({ state }) => state.number,
  pack: ({ state }) => state.pack,
  procedure: ({ state }) => state.procedure,
  matter: ({ state }) => state.matter,
  channel: ({ state }) => state.via?.id ?? state.channel,
  state: ({ state }) => state.state,
  stateTitle: ({ state, pack }) => pack.procedures[state.procedure]?.states[state.state]?.title ?? null,
  step: ({ entry }) => (entry.type === 'stepTaken' ? entry.data.step : null),
  category: ({ state, pack }) => caseRow(state, pack).category,
  summary: ({ state, pack }) => maskInText(caseRow(state, pack).summary),
  estate: ({ estate }) => estate && { code: estate.code, name: estate.name },
  responsible: ({ state }) => responsible(state)?.name ?? null,
  dueAt: ({ state }) => {
    const deadline = nextDeadline(state);
    return deadline && wire(deadline.dueAt);
  },
  receivedAt: ({ state }) => wire(state.receivedAt),
  closedAt: ({ state }) => (state.closedAt === null ? null : wire(state.closedAt)),
  breached: ({ state }) => state.clocks.some((run) => run.breachedAt !== null),
};
export const FIELD_NAMES: readonly string[] = Object.keys(FIELDS);
export const USUAL_FIELDS: readonly string[] = ['number', 'pack', 'matter', 'state', 'stateTitle', 'estate', 'dueAt'];

/** Whether a happening is one of those asked for. Cases that name their readers are told to no other program. */
export function isWanted({ entry, state, pack, estate }: Happening, filter: Filter): boolean {
  const wants = (list: readonly string[], value: string | undefined): boolean =>
    list.length === 0 || (value !== undefined && list.includes(value));
  return (
    pack.procedures[state.procedure]?.readers === undefined &&
    wants(filter.packs, state.pack) &&
    wants(filter.matters, state.matter) &&
    wants(filter.states, state.state) &&
    wants(filter.events, entry.type) &&
    wants(filter.estates, estate?.code)
  );
}

/** A happening as it is told: what, when, and of the case the fields that were chosen. */
export interface Message {
  type: string;
  timestamp: string;
  cursor: string;
  data: { caseId: string; seq: number; [field: string]: unknown };
}

/** Puts a happening into words for another program. */
export function messageOf(happening: Happening, fields: readonly string[]): Message {
  const { entry } = happening;
  const chosen = fields.flatMap((name) => {
    const read = FIELDS[name];
    return read ? [[name, read(happening)] as const] : [];
  });
  return {
    type: entry.type,
    timestamp: wire(entry.at),
    cursor: sayCursor(entry),
    data: { caseId: entry.caseId, seq: entry.seq, ...Object.fromEntries(chosen) },
  };
}
