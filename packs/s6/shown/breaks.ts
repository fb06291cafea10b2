import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';

/** A procedure of the pack, to be changed. */
function of(pack: PackSpec, name: string): ProcedureSpec {
  const found = pack.procedures[name];
  if (!found) throw new Error(`The pack has no ${name}`);
  return found;
}

function step(procedure: ProcedureSpec, name: string): StepSpec {
  const found = procedure.steps[name];
  if (!found) throw new Error(name);
  return found;
}

const without = <T extends { clock: string }>(list: readonly T[], clock: string): T[] =>
  list.filter((item) => item.clock !== clock);
const never = (code: string, name: string): StepSpec['needs'][number] => ({
  code,
  that: { field: `count.${name}`, atLeast: 1 },
  say: { zh: '先办一次', en: 'Do it once first' },
});

/** Each break, the law that must find it, the procedure, and the place. */
export const breaks: [string, (pack: PackSpec) => void, string, string, string][] = [
  [
    'the ladder of the arrival loses its heads',
    (p) => {
      const clock = of(p, 'repair').clocks.arrival;
      if (clock) clock.ladder = [{ after: 'PT0S', tells: ['assignee'] }];
    },
    'everyLadderEndsAtAHead',
    'repair',
    'arrival',
  ],
  [
    'nothing stops the clock of the visit',
    (p) => {
      for (const s of Object.values(of(p, 'repair').steps)) s.stops = without(s.stops, 'returnVisit');
    },
    'everyClockCanStop',
    'repair',
    'returnVisit',
  ],
  [
    'the clock of the handing back is never started',
    (p) => {
      for (const s of Object.values(of(p, 'repair').steps)) s.starts = without(s.starts, 'handBack');
    },
    'everyClockIsUsed',
    'repair',
    'handBack',
  ],
  [
    'no step leads to the joint survey',
    (p) => {
      const r = of(p, 'repair');
      step(r, 'judge').to = 'judged';
      step(r, 'explain').to = 'judged';
      step(r, 'reassess').to = 'onSite';
    },
    'everyStateIsReached',
    'repair',
    'surveying',
  ],
  [
    'a repaired tap can never be handed back',
    (p) => step(of(p, 'repair'), 'handBack').needs.push(never('handBack.twice', 'handBack')),
    'everyStepCanBeTaken',
    'repair',
    'handBack',
  ],
  [
    'the case stands still once it was visited',
    (p) => {
      step(of(p, 'repair'), 'archive').from = ['handedBack'];
    },
    'everythingEnds',
    'repair',
    'visited',
  ],
  [
    'nobody of the house waits for the signed order',
    (p) => {
      const state = of(p, 'repair').states.repaired;
      if (state) state.waitsFor = ['owner'];
    },
    'everyWaitHasAPerson',
    'repair',
    'repaired',
  ],
  [
    'nobody must keep in touch, and nothing is due after judging',
    (p) => {
      const r = of(p, 'repair');
      r.intake.starts = [];
    },
    'everyWaitHasADate',
    'repair',
    'registered',
  ],
  [
    'an ordinary complaint is settled without a word to the owner',
    (p) => {
      step(of(p, 'complaint'), 'settleOrdinary').notifies = [];
    },
    'nobodyGoesUnanswered',
    'complaint',
    'closed',
  ],
  [
    'only the owner can end talks that have failed',
    (p) => {
      const c = of(p, 'complaint');
      step(c, 'endByApproval').from = ['promised'];
      step(c, 'conclude').by = ['owner'];
      for (const name of ['askByTelephone', 'reportSheet', 'reworkSmall']) step(c, name).by = ['owner'];
    },
    'theHouseCanAlwaysEnd',
    'complaint',
    'talking',
  ],
  [
    'a settlement needs a settlement',
    (p) => step(of(p, 'complaint'), 'settle').needs.push(never('settle.twice', 'settle')),
    'everyStepCanBeTaken',
    'complaint',
    'settle',
  ],
  [
    'the contact sheet waits for the developer for ever',
    (p) => {
      const s = of(p, 'contactSheet');
      step(s, 'issue').starts = [];
    },
    'everyWaitHasADate',
    'contactSheet',
    'issued',
  ],
  [
    'only the developer’s own hand can answer a sheet',
    (p) => {
      const s = of(p, 'contactSheet');
      const issued = s.states.issued;
      if (issued) issued.waitsFor = ['developer'];
    },
    'everyWaitHasAPerson',
    'contactSheet',
    'issued',
  ],
  [
    'the daily log is compared on no day at all',
    (p) => {
      const setting = p.settings.reconcileOn;
      if (setting) setting.value = 'never';
    },
    'everyWaitHasADate',
    'dailyLog',
    'logged',
  ],
];
