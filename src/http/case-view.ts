import { nextDeadline, responsible } from '#case/next-moment.ts';
import type { CaseState, ClockRun, Entry } from '#case/state.ts';
import { describeProvisional } from '#clock/provisional.ts';
import { maskInText, maskName } from '#directory/mask.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { Hidden } from './confidential.ts';
import type { CaseView, ClockView } from './contract/case.ts';
import { type Show, wireValues } from './masking.ts';
import { wire, wireOrNull } from './moment.ts';

const unnamed = (name: string): { zh: string; en: string } => ({ zh: name, en: name });

/** A case as staff see it; `show` says what becomes of personal values. */
export function viewCase(state: CaseState, pack: CompiledPack, show: Show, hidden: Hidden): CaseView {
  const procedure = pack.procedures[state.procedure];
  if (!procedure) throw new Error(`Pack ${pack.pack} ${pack.version} has no procedure ${state.procedure}`);
  const { values, masked } = wireValues(state.values, procedure.intake.fields, show);
  const deadline = nextDeadline(state);
  const spec = deadline ? procedure.clocks[deadline.clock] : undefined;
  return {
    id: state.id,
    number: state.number,
    pack: state.pack,
    packVersion: state.packVersion,
    procedure: state.procedure,
    matter: state.matter,
    channel: state.channel,
    via: state.via?.title ?? null,
    receivedAt: wire(state.receivedAt),
    registeredAt: wire(state.registeredAt),
    state: state.state,
    stateTitle: procedure.states[state.state]?.title ?? unnamed(state.state),
    enteredAt: wire(state.enteredAt),
    round: state.round,
    values,
    masked,
    duties: state.duties,
    clocks: state.clocks.map((run) => viewClock(run, procedure)),
    entries: Object.fromEntries(
      Object.entries(state.entries).flatMap(([step, list]) => {
        const shown = list.filter((entry) => !hidden.entry(step, entry.by));
        return shown.length === 0 ? [] : [[step, shown.map((entry) => viewEntry(entry, procedure, show))]];
      }),
    ),
    documents: state.documents.map((paper) => ({
      form: paper.form,
      title: procedure.forms[paper.form]?.title ?? unnamed(paper.form),
      number: paper.number,
      digest: paper.digest,
      issuedAt: wire(paper.issuedAt),
      signature: paper.signature && {
        ...paper.signature,
        signer: signerFor(paper.signature.signer, show),
        witness: paper.signature.witness === null ? null : signerFor(paper.signature.witness, show),
        at: wire(paper.signature.at),
      },
      voided: paper.voided,
    })),
    links: state.links.filter((link) => !hidden.link(link.procedure)),
    notes: state.notes.map((note) => ({
      ...note,
      at: wire(note.at),
      by: shownActor(note.by, show),
      text: maskInText(note.text),
    })),
    outcome: state.outcome,
    closedAt: wireOrNull(state.closedAt),
    archivedAt: wireOrNull(state.archivedAt),
    nextDeadline: deadline && {
      clock: deadline.clock,
      title: spec?.title ?? unnamed(deadline.clock),
      clause: spec?.clause ?? '',
      dueAt: wire(deadline.dueAt),
    },
    responsible: responsible(state),
    seq: state.seq,
  };
}

/** A clock with the words that stand beside it. */
export function viewClock(run: ClockRun, procedure: ProcedureSpec): ClockView {
  const late = run.stoppedAt !== null && run.status === 'late' ? run.stoppedAt - run.dueAt : null;
  const pause = run.pauses.at(-1);
  return {
    clock: run.clock,
    run: run.run,
    title: procedure.clocks[run.clock]?.title ?? unnamed(run.clock),
    clause: run.clause,
    startedAt: wire(run.startedAt),
    targetAt: wireOrNull(run.targetAt),
    dueAt: wire(run.dueAt),
    status: run.status,
    breachedAt: wireOrNull(run.breachedAt),
    stoppedAt: wireOrNull(run.stoppedAt),
    lateBy: late,
    pausedSince: pause && pause.to === null ? wire(pause.from) : null,
    provisional: describeProvisional({
      at: run.dueAt,
      calendar: run.calendar,
      provisionalYears: run.provisionalYears,
    }),
  };
}

function viewEntry(entry: Entry, procedure: ProcedureSpec, show: Show): CaseView['entries'][string][number] {
  const fields = procedure.steps[entry.step]?.fields ?? (entry.step === 'intake' ? procedure.intake.fields : {});
  return {
    seq: entry.seq,
    step: entry.step,
    round: entry.round,
    at: wire(entry.at),
    by: shownActor(entry.by, show),
    values: wireValues(entry.values, fields, show).values,
    visible: entry.visible,
  };
}

/** Who signed or was a witness: that may be the person who asked. */
export const signerFor = (name: string, show: Show): string =>
  show === 'clear' ? name : show === 'without' ? '' : maskName(name);

/** The doer of something; the person who asked is personal, everybody else acts in office. */
export function shownActor<A extends { kind: string; name: string }>(actor: A, show: Show): A {
  if (actor.kind !== 'owner' || show === 'clear') return actor;
  return { ...actor, name: show === 'without' ? '' : maskName(actor.name) };
}
