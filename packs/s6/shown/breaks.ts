import type { PackSpec } from '#policy/language/pack.ts';
import type { StepSpec } from '#policy/language/procedure.ts';
import { type Break, procedureOf, step, without } from '../../../test/support/breaking.ts';

const never = (code: string, name: string): StepSpec['needs'][number] => ({
  code,
  that: { field: `count.${name}`, atLeast: 1 },
  say: { zh: '先办一次', en: 'Do it once first' },
});

/** Each break, the law that must find it, the procedure, and the place. */
const rows: [string, (pack: PackSpec) => void, string, string, string, string[]?][] = [
  [
    'the ladder of the arrival loses its heads',
    (p) => {
      const clock = procedureOf(p, 'repair').clocks.arrival;
      if (clock) clock.ladder = [{ after: 'PT0S', tells: ['assignee'] }];
    },
    'everyLadderEndsAtAHead',
    'repair',
    'arrival',
  ],
  [
    'nothing stops the clock of the visit',
    (p) => {
      for (const s of Object.values(procedureOf(p, 'repair').steps)) s.stops = without(s.stops, 'returnVisit');
    },
    'everyClockCanStop',
    'repair',
    'returnVisit',
    ['callOut', 'arrive', 'inspect', 'complete', 'handBack'],
  ],
  [
    'the clock of the handing back is never started',
    (p) => {
      for (const s of Object.values(procedureOf(p, 'repair').steps)) s.starts = without(s.starts, 'handBack');
    },
    'everyClockIsUsed',
    'repair',
    'handBack',
  ],
  [
    'no step leads to the joint survey',
    (p) => {
      const r = procedureOf(p, 'repair');
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
    (p) => step(procedureOf(p, 'repair'), 'handBack').needs.push(never('handBack.twice', 'handBack')),
    'everyStepCanBeTaken',
    'repair',
    'handBack',
  ],
  [
    'the case stands still once it was visited',
    (p) => {
      step(procedureOf(p, 'repair'), 'archive').from = ['handedBack'];
    },
    'everythingEnds',
    'repair',
    'visited',
    ['judge', 'explain', 'siteRecord', 'finishOwnerWork'],
  ],
  [
    'nobody of the house waits for the signed order',
    (p) => {
      const state = procedureOf(p, 'repair').states.repaired;
      if (state) state.waitsFor = ['owner'];
    },
    'everyWaitHasAPerson',
    'repair',
    'repaired',
  ],
  [
    'nobody must keep in touch, and nothing is due after judging',
    (p) => {
      const r = procedureOf(p, 'repair');
      r.intake.starts = [];
    },
    'everyWaitHasADate',
    'repair',
    'registered',
  ],
  [
    'an ordinary complaint is settled without a word to the owner',
    (p) => {
      step(procedureOf(p, 'complaint'), 'settleOrdinary').notifies = [];
    },
    'nobodyGoesUnanswered',
    'complaint',
    'closed',
    ['settleOrdinary'],
  ],
  [
    'only the owner can end talks that have failed',
    (p) => {
      const c = procedureOf(p, 'complaint');
      step(c, 'endByApproval').from = ['promised'];
      step(c, 'conclude').by = ['owner'];
      for (const name of ['askByTelephone', 'reportSheet', 'reworkSmall']) step(c, name).by = ['owner'];
    },
    'theHouseCanAlwaysEnd',
    'complaint',
    'talking',
    ['arriveOnScene', 'meet'],
  ],
  [
    'a settlement needs a settlement',
    (p) => step(procedureOf(p, 'complaint'), 'settle').needs.push(never('settle.twice', 'settle')),
    'everyStepCanBeTaken',
    'complaint',
    'settle',
  ],
  [
    'the contact sheet waits for the developer for ever',
    (p) => {
      const s = procedureOf(p, 'contactSheet');
      step(s, 'issue').starts = [];
    },
    'everyWaitHasADate',
    'contactSheet',
    'issued',
    ['review', 'issue'],
  ],
  [
    'only the developer’s own hand can answer a sheet',
    (p) => {
      const s = procedureOf(p, 'contactSheet');
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
    ['closeDay'],
  ],
];

export const breaks = rows.map(
  ([what, change, law, procedure, at, way]): Break => ({ what, change, law, procedure, at, ...(way ? { way } : {}) }),
);
