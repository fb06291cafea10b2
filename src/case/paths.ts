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

/** Reads a path of the pack language; null where there is nothing. */
export function readPath(path: string, scope: Scope): Value {
  const [root = '', name = '', field = ''] = path.split('.');
  const { state } = scope;
  switch (root) {
    case 'values':
      return scope.values[name] ?? null;
    case 'case':
      return builtin[name]?.(state) ?? state.values[name] ?? null;
    case 'last':
      return ofEntry(inRound(state, name).at(-1), field);
    case 'latest':
      return ofEntry(state.entries[name]?.at(-1), field);
    case 'each':
      return inRound(state, name).flatMap((entry) => ofEntry(entry, field));
    case 'all':
      return (state.entries[name] ?? []).flatMap((entry) => ofEntry(entry, field));
    case 'count':
      return inRound(state, name).length;
    case 'signed': {
      const paper = state.documents.findLast((item) => item.form === name);
      return paper !== undefined && paper.signature !== null && !paper.voided;
    }
    case 'clock':
      return ofClock(
        state.clocks.findLast((run) => run.clock === name),
        field,
      );
    case 'actor':
      return (name === 'kind' ? scope.actor?.kind : scope.actor?.personId) ?? null;
    case 'linked':
      return state.links.filter((link) => link.relation === name && LINKED[field]?.(link)).length;
    case 'sum':
      return total(readPath(path.slice('sum.'.length), scope));
    case 'setting':
      return scope.pack.settings[name]?.value ?? null;
    default:
      return null;
  }
}
