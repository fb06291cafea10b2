import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadCalendars } from '#app/calendars.ts';
import { readPackFolder } from '#app/packs.ts';
import { allowedCommands } from '#case/allowed.ts';
import type { Actor, Command, Context, TakeCommand } from '#case/context.ts';
import { decide } from '#case/decide.ts';
import type { CaseEvent, EventType, Values } from '#case/event.ts';
import { evolve, replay } from '#case/evolve.ts';
import { nextMoment } from '#case/next-moment.ts';
import { renderForm } from '#case/render-form.ts';
import type { CaseState, ClockRun } from '#case/state.ts';
import type { Calendar } from '#clock/calendar.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { type CompiledPack, compilePack } from '#policy/compile.ts';
import { parseIso } from '#policy/fields/moment.ts';
import type { PackSource } from '#policy/source.ts';
import { clockwork, type Organisation, owner, propertyCompany } from './organisation.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const calendars = await loadCalendars(`${root}calendars`);
if (!calendars.ok) throw new Error(calendars.refusal.message.en);

/** The calendar that a pack names, as shipped. */
export function calendarOf(pack: CompiledPack): Calendar {
  const calendar = calendars.ok ? calendars.value.get(pack.calendar) : undefined;
  if (!calendar) throw new Error(`No calendar ${pack.calendar}`);
  return calendar;
}

/** Compiles a pack folder, after a change to its text if one is given. */
export async function packFrom(
  folder: string,
  change: (source: PackSource) => PackSource = (source) => source,
): Promise<CompiledPack> {
  const compiled = compilePack((await readPackFolder(`${root}packs/${folder}`)).map(change));
  if (!compiled.ok)
    throw new Error(compiled.problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message.en}`).join('\n'));
  return compiled.value;
}

/** Local Chinese time: at('2026-03-05 10:00'). */
export function at(local: string): number {
  const moment = parseIso(`${local.replace(' ', 'T')}+08:00`);
  if (Number.isNaN(moment)) throw new Error(`Not a moment: ${local}`);
  return moment;
}

/** What somebody did or, where it says so, tried in vain. */
export interface Told {
  at: number;
  actor: Actor;
  /** `intake` for the first. */
  step: string;
  values: Values;
  refused: Refusal | null;
  /** Counts over all stories, so that those of one tale can be put in the order of their telling. */
  order: number;
}

let order = 0;
let witness: Story[] | null = null;

/** The stories that somebody tells, in the order in which they begin; those in which nobody did anything are left out. */
export function storiesOf(tell: () => unknown): Story[] {
  const told: Story[] = [];
  witness = told;
  try {
    tell();
  } finally {
    witness = null;
  }
  return told.filter(({ acts }) => acts.length > 0);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** One case told step by step, with time as the teller says it. Refusals end the story unless they are asked for. */
export class Story {
  readonly events: CaseEvent[] = [];
  readonly acts: Told[] = [];
  /** The story whose act opened this case, and its id there. */
  origin: { story: Story; caseId: string } | null = null;
  /** Everything that was asked for, refused or not, in order. */
  readonly orders: { command: Command; context: Context }[] = [];
  state: CaseState | null = null;
  now: number;
  readonly pack: CompiledPack;
  readonly calendar: Calendar;
  readonly company: Organisation;
  private ids = 0;

  constructor(pack: CompiledPack, start: string, calendar = calendarOf(pack), company: Organisation = propertyCompany) {
    this.company = company;
    this.pack = pack;
    this.calendar = calendar;
    this.now = at(start);
    witness?.push(this);
  }

  get case(): CaseState {
    if (!this.state) throw new Error('The story has not begun');
    return this.state;
  }

  context(actor: Actor): Context {
    const newId = (): string => `id-${++this.ids}`;
    return {
      now: this.now,
      actor,
      pack: this.pack,
      calendar: this.calendar,
      directory: this.company.directory,
      digest,
      newId,
    };
  }

  /** Lets time pass up to a moment; every clock speaks at its own moment, as the timers would make it. */
  until(local: string | number): this {
    const target = typeof local === 'number' ? local : at(local);
    for (
      let next = this.state && nextMoment(this.state);
      next !== null && next <= target;
      next = nextMoment(this.case)
    ) {
      this.now = next;
      this.apply({ type: 'tick' }, clockwork);
    }
    this.now = target;
    return this;
  }

  apply(command: Command, actor: Actor): Refusal | undefined {
    const context = this.context(actor);
    this.orders.push({ command, context });
    const result = decide(this.state, command, context, 'case-1');
    if (!result.ok) return result.refusal;
    for (const event of result.value) {
      this.events.push(event);
      this.state = evolve(this.state, event, 'case-1');
    }
    return undefined;
  }

  register(
    actor: Actor,
    values: Values,
    more: { matter?: string; channel?: string; receivedAt?: string; procedure?: string } = {},
  ): this {
    const { matter = 'complaint', channel = 'phone', receivedAt, procedure } = more;
    const refusal = this.apply(
      {
        type: 'register',
        number: 'TS260301-0001',
        matter,
        channel,
        values,
        ...(procedure ? { procedure } : {}),
        ...(receivedAt ? { receivedAt: at(receivedAt) } : {}),
      },
      actor,
    );
    if (refusal) throw new Error(`register: ${refusal.code} ${JSON.stringify(refusal)}`);
    this.tell(actor, 'intake', values, this.all('caseRegistered').at(-1));
    return this;
  }

  take(actor: Actor, step: string, values: Values = {}): this {
    const refusal = this.apply({ type: 'take', step, values }, actor);
    if (refusal) throw new Error(`${step}: ${refusal.code} ${JSON.stringify(refusal)}`);
    this.tell(actor, step, values, this.all('stepTaken').at(-1));
    return this;
  }

  private tell(
    actor: Actor,
    step: string,
    wanted: Values,
    done: Extract<CaseEvent, { type: 'caseRegistered' | 'stepTaken' }> | undefined,
    refused: Refusal | null = null,
  ): void {
    const values = done ? { ...done.data.values, ...done.personal } : wanted;
    this.acts.push({ at: this.now, actor, step, values, refused, order: ++order });
  }

  /** The case that an act here opened by a procedure, the latest of several, begun as the program begins it. */
  opened(procedure: string): Story {
    const opened = this.all('caseOpened').findLast((event) => event.data.procedure === procedure)?.data;
    if (!opened) throw new Error(`No ${procedure} was opened`);
    const { caseId, matter, channel, relation } = opened;
    const child = new Story(this.pack, '2026-01-01 00:00', this.calendar, this.company);
    child.now = this.now;
    child.origin = { story: this, caseId };
    const origin = { relation, caseId: 'case-1', reference: this.case.number };
    const begin = {
      type: 'register',
      number: 'LN260301-0001',
      procedure,
      matter,
      channel,
      values: opened.values,
      origin,
    } as const;
    const refusal = child.apply(begin, clockwork);
    if (refusal) throw new Error(`${procedure}: ${refusal.code}`);
    return child;
  }

  /** Tells the case that opened this one how it ended, as the program does by itself. */
  report(): this {
    const { outcome } = this.case;
    if (!this.origin || outcome === null) throw new Error('Nobody waits for this case');
    this.origin.story.until(Math.max(this.now, this.origin.story.now));
    const { story, caseId } = this.origin;
    const refusal = story.apply({ type: 'linkedEnd', caseId, outcome }, clockwork);
    if (refusal) throw new Error(refusal.code);
    return this;
  }

  /** The answer to an act that must not go through; nothing of it may remain. */
  refused(actor: Actor, command: Command | TakeCommand['step'], values: Values = {}): Refusal {
    const before = JSON.stringify(this.state);
    const refusal = this.apply(typeof command === 'string' ? { type: 'take', step: command, values } : command, actor);
    if (!refusal) throw new Error(`${typeof command === 'string' ? command : command.type} went through`);
    if (JSON.stringify(this.state) !== before) throw new Error('A refused act left something behind');
    if (typeof command === 'string') this.tell(actor, command, values, undefined, refusal);
    return refusal;
  }

  sign(actor: Actor, form: string, step = 'sign', signer = '业主A'): this {
    return this.take(actor, step, { signature: this.signature(form, signer) });
  }

  signature(form: string, signer = '业主A'): Values {
    return {
      method: 'glass',
      signer,
      digest: renderForm(form, this.case, this.context(owner)).digest,
      attachment: 'signature-1',
    };
  }

  /** Latest run of a clock. */
  clock(name: string): ClockRun {
    const run = this.case.clocks.findLast((item) => item.clock === name);
    if (!run) throw new Error(`Clock ${name} never ran`);
    return run;
  }

  all<T extends EventType>(type: T): Extract<CaseEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<CaseEvent, { type: T }> => event.type === type);
  }

  /** Names of the people told by notices of a kind, of one clause if given. */
  told(notice: string, clause?: string): string[] {
    return this.all('noticeIssued')
      .filter((event) => event.data.notice === notice && (clause === undefined || event.data.clause === clause))
      .map((event) => event.data.to.name || event.data.to.role);
  }

  can(actor: Actor, step: string): { allowed: boolean; why: string[] } {
    const found = allowedCommands(this.case, this.context(actor)).find(
      (item) => item.step === step || (item.step === null && item.command === step),
    );
    if (!found) throw new Error(`No act ${step}`);
    return { allowed: found.allowed, why: found.why.map((item) => item.code) };
  }

  /** The case as its journal alone makes it. */
  replayed(): CaseState {
    return replay('case-1', this.events);
  }
}
