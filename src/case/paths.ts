import type { PackSpec } from '#policy/language/pack.ts';
import type { Value, Values } from './event.ts';
import type { CaseState, ClockRun, Entry } from './state.ts';

/** What paths in a pack are read from. */
export interface Scope {
  state: CaseState;
  /** The values being entered now. */
  values: Values;
  pack: PackSpec;
  /** Who acts; absent while a form is only being looked at. */
  actor?: { kind: string; personId: string | null };
}

/** Facts about the case that packs may name besides its fields. */
const builtin: Record<string, (state: CaseState) => Value> = {
  number: (s) => s.number,
  matter: (s) => s.matter,
  channel: (s) => s.channel,
  procedure: (s) => s.procedure,
  state: (s) => s.state,
  round: (s) => s.round,
  receivedAt: (s) => s.receivedAt,
  registeredAt: (s) => s.registeredAt,
  closedAt: (s) => s.closedAt,
  outcome: (s) => s.outcome,
  assignee: (s) => s.duties.assignee?.id ?? null,
  caseOfficer: (s) => s.duties.caseOfficer?.id ?? null,
  firstReceiver: (s) => s.duties.firstReceiver?.id ?? null,
  assigneeName: (s) => s.duties.assignee?.name ?? null,
  caseOfficerName: (s) => s.duties.caseOfficer?.name ?? null,
  firstReceiverName: (s) => s.duties.firstReceiver?.name ?? null,
};

const inRound = (state: CaseState, step: string): Entry[] =>
  (state.entries[step] ?? []).filter((entry) => entry.round === state.round);

const latestInRound = (state: CaseState, step: string): Entry | undefined =>
  state.entries[step]?.findLast((entry) => entry.round === state.round);

function ofEntry(entry: Entry | undefined, field: string): Value {
  if (!entry) return null;
  if (field === 'at') return entry.at;
  if (field === 'by') return entry.by.name;
  return entry.values[field] ?? null;
}

const CLOCK: { [fact: string]: (run: ClockRun) => Value } = {
  running: (run) => run.status === 'running' || run.status === 'paused',
  overdue: (run) => run.breachedAt !== null && run.stoppedAt === null,
  late: (run) => run.breachedAt !== null || run.status === 'late',
  dueAt: (run) => run.dueAt,
};

function ofClock(run: ClockRun | undefined, fact: string): Value {
  return (run && CLOCK[fact]?.(run)) ?? null;
}

const LINKED: { [how: string]: (link: CaseState['links'][number]) => boolean } = {
  open: ({ outcome }) => outcome === null,
  ended: ({ outcome }) => outcome !== null,
  succeeded: ({ outcome, failed }) => outcome !== null && !failed,
  failed: ({ failed }) => failed === true,
};

/** Numbers added up, wherever they stand: one, a list of them, or lines with an `amount`. Cents stay cents. */
function total(value: Value): number {
  if (typeof value === 'number') return value;
  const parts = Array.isArray(value) ? value.map(total) : isRecord(value) ? [total(value.amount ?? 0)] : [];
  return Math.round(parts.reduce((sum, part) => sum + part, 0) * 1e6) / 1e6;
}

const isRecord = (value: Value): value is { [key: string]: Value } => typeof value === 'object' && value !== null;

type Reader = (scope: Scope) => Value;

/** How a path is read, by its first word; `rest` is all that follows it. */
const ROOTS: { [root: string]: (name: string, field: string, rest: string) => Reader } = {
  values: (name) => (scope) => scope.values[name] ?? null,
  case: (name) => {
    const fact = builtin[name];
    return fact ? ({ state }) => fact(state) ?? state.values[name] ?? null : ({ state }) => state.values[name] ?? null;
  },
  last: (name, field) => (scope) => ofEntry(latestInRound(scope.state, name), field),
  latest: (name, field) => (scope) => ofEntry(scope.state.entries[name]?.at(-1), field),
  each: (name, field) => (scope) => inRound(scope.state, name).flatMap((entry) => ofEntry(entry, field)),
  all: (name, field) => (scope) => (scope.state.entries[name] ?? []).flatMap((entry) => ofEntry(entry, field)),
  count: (name) => (scope) => inRound(scope.state, name).length,
  signed: (name) => (scope) => {
    const paper = scope.state.documents.findLast((item) => item.form === name);
    return paper !== undefined && paper.signature !== null && !paper.voided;
  },
  clock: (name, fact) => (scope) =>
    ofClock(
      scope.state.clocks.findLast((run) => run.clock === name),
      fact,
    ),
  actor: (name) => (scope) => (name === 'kind' ? scope.actor?.kind : scope.actor?.personId) ?? null,
  linked: (name, how) => {
    const counts = LINKED[how] ?? (() => false);
    return (scope) => scope.state.links.filter((link) => link.relation === name && counts(link)).length;
  },
  sum: (_name, _field, rest) => (scope) => total(readPath(rest, scope)),
  setting: (name) => (scope) => scope.pack.settings[name]?.value ?? null,
};

// Paths are words of packs, so there are only so many of them: each is taken apart once.
const parts = new Map<string, PathParts>();
const readers = new Map<string, Reader>();

/** The words of a path; empty where it has fewer. */
export interface PathParts {
  root: string;
  name: string;
  field: string;
}

export function partsOf(path: string): PathParts {
  let found = parts.get(path);
  if (!found) {
    const [root = '', name = '', field = ''] = path.split('.');
    found = { root, name, field };
    parts.set(path, found);
  }
  return found;
}

function readerOf(path: string): Reader {
  const { root, name, field } = partsOf(path);
  const read = ROOTS[root]?.(name, field, path.slice(root.length + 1)) ?? (() => null);
  readers.set(path, read);
  return read;
}

/** Reads a path of the pack language; null where there is nothing. */
export const readPath = (path: string, scope: Scope): Value => (readers.get(path) ?? readerOf(path))(scope);
