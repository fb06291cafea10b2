import type { Actor, Command, Context, Directory, MoveTarget } from '#case/context.ts';
import { decide } from '#case/decide.ts';
import { evolve } from '#case/evolve.ts';
import { nextMoment } from '#case/next-moment.ts';
import type { CaseState } from '#case/state.ts';
import type { Calendar } from '#clock/calendar.ts';
import type { AppendItem, CaseWrite, TimerWrite } from '#journal/append.ts';
import { caseRow, caseSearch } from '#journal/case-row.ts';
import { digestText, GENESIS, seal } from '#journal/chain.ts';
import type { CaseFile } from '#journal/read.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { consequences } from './consequences.ts';
import type { Numbering } from './numbers.ts';
import type { NumberedEvent } from './request.ts';
import { uuid7 } from './uuid.ts';

/** What one decision needs to know. */
export interface Surroundings {
  tenant: string;
  now: Instant;
  pack: CompiledPack;
  calendar: Calendar;
  directory: Directory;
  mail: boolean;
  /** Whether a service that carries messages is set up. */
  messages: boolean;
  draw(by: Numbering, count: number): Promise<string[]>;
  /** Only for a case that is to be moved to another version. */
  target?: MoveTarget | undefined;
}

/** What a request will write, and the answer it then gets. */
export interface Plan {
  item: Omit<AppendItem, 'key'>;
  state: CaseState;
  fromSeq: number;
  events: NumberedEvent[];
  /** The cases that it opens along the way. */
  opened: Plan[];
}

/** The clockwork itself: it fires timers, opens the cases that others lead to, and reports figures. */
export const clockwork: Actor = { kind: 'system', personId: null, name: '', posts: [] };

export const timerKey = (caseId: string): string => `case:${caseId}`;

// A case that opens a case that opens a case … is a fault of the pack.
const DEEPEST = 5;

/** Decides one command and gathers everything that follows from it, cases opened along the way included. */
export async function plan(
  file: CaseFile | null,
  caseId: string,
  command: Command,
  actor: Actor,
  around: Surroundings,
  depth = 0,
): Promise<Result<Plan>> {
  const { now, calendar, directory, tenant, target } = around;
  const newId = (): string => uuid7(now);
  const ctx: Context = { now, actor, pack: around.pack, calendar, directory, digest: digestText, newId, target };
  const decided = decide(file?.state ?? null, command, ctx, caseId);
  if (!decided.ok) return decided;
  const fromSeq = file?.seq ?? 0;
  const events = decided.value.map((event, i): NumberedEvent => ({ ...event, seq: fromSeq + i + 1 }));
  let state = file?.state ?? null;
  for (const event of decided.value) state = evolve(state, event, caseId);
  if (state === null) throw new Error(`Case ${caseId} was registered without an event`);
  const pack = target && state.packVersion === target.pack.version ? target.pack : around.pack;
  const cases: CaseWrite[] = [];
  if (events.length > 0) {
    const entries = seal(tenant, caseId, fromSeq, file?.headHash ?? GENESIS, decided.value);
    const reworded = events.some((event) => event.type === 'caseRegistered' || event.type === 'fieldsChanged');
    cases.push({
      expected: fromSeq,
      state,
      row: caseRow(state, pack),
      search: reworded ? caseSearch(state) : null,
      headHash: entries.at(-1)?.hash ?? GENESIS,
      entries,
      changedAt: now,
      changedBy: actor.name,
    });
  }
  const after = consequences(tenant, state, events, pack, around.mail, around.messages);
  const item = {
    cases,
    timers: timersOf(file?.state ?? null, state),
    notices: after.notices,
    jobs: after.jobs,
  };
  const children: Plan[] = [];
  for (const child of after.children) {
    const procedure = pack.procedures[child.procedure];
    if (!procedure) throw new Error(`Pack ${pack.pack} opens an unknown ${child.procedure}`);
    if (depth === DEEPEST) return refuse(tooDeep);
    const [number = ''] = await around.draw(procedure, 1);
    const opened = await plan(
      null,
      child.caseId,
      {
        type: 'register',
        number,
        procedure: child.procedure,
        matter: child.matter,
        channel: child.channel,
        values: child.values,
        origin: { relation: child.relation, caseId, reference: state.number },
      },
      clockwork,
      around,
      depth + 1,
    );
    if (!opened.ok) return opened;
    children.push(opened.value);
    item.cases.push(...opened.value.item.cases);
    item.timers.push(...opened.value.item.timers);
    item.notices.push(...opened.value.item.notices);
    item.jobs.push(...opened.value.item.jobs);
  }
  return accept({ item, state, fromSeq, events, opened: children });
}

const tooDeep = refusal('case.opensWithoutEnd', {
  zh: '连环开案超过五层，请检查制度配置',
  en: 'Cases open further cases more than five deep; check the procedure',
});

/** The case's one timer, when the moment it must fire has changed. */
function timersOf(before: CaseState | null, after: CaseState): TimerWrite[] {
  const due = nextMoment(after);
  if (due === (before === null ? null : nextMoment(before))) return [];
  return [{ key: timerKey(after.id), caseId: after.id, dueAt: due }];
}
