import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { procedureOf, provedBeforeUse, step, without } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';

// The shortest way until the customer is told the result.
const TOLD = [
  'accept',
  'designate',
  'investigate',
  'negotiate',
  'analyse',
  'enterResult',
  'submitReport',
  'instruct',
  'convene',
  'opine',
  'conclude',
  'closeCase',
  'tellResult',
];

const say = { zh: '先办', en: 'First' };

/** Each break, in which procedure, the law that must find it, and where. */
const breaks: [string, string, (procedure: ProcedureSpec, whole: PackSpec) => void, string, string, string[]?][] = [
  [
    'the fifteen days tell only the appraiser',
    'complaint',
    (c) => {
      const clock = c.clocks.closing;
      if (clock) clock.ladder = [{ after: 'PT0S', tells: ['handler'] }];
    },
    'everyLadderEndsAtAHead',
    'closing',
  ],
  [
    'nothing stops the clock of the report',
    'complaint',
    (c) => {
      for (const s of Object.values(c.steps)) {
        s.stops = without(s.stops, 'report');
        s.cancels = without(s.cancels, 'report');
      }
    },
    'everyClockCanStop',
    'report',
    ['accept', 'designate', 'investigate', 'negotiate', 'analyse', 'enterResult'],
  ],
  [
    'nobody starts the clock of the instruction',
    'complaint',
    (c) => {
      step(c, 'submitReport').starts = [];
    },
    'everyClockIsUsed',
    'instruction',
  ],
  [
    'the collective decision is never reached',
    'complaint',
    (c) => {
      step(c, 'instruct').to = 'investigating';
    },
    'everyStateIsReached',
    'instructed',
  ],
  [
    'a decided case cannot be closed',
    'complaint',
    (c) => {
      step(c, 'closeCase').to = 'decided';
      step(c, 'withdraw').from = ['reported'];
    },
    'everythingEnds',
    'accepted',
    ['accept'],
  ],
  [
    'only the customer can end a case that was told',
    'complaint',
    (c) => {
      for (const name of ['acceptResult', 'rejectResult', 'terminate', 'noAnswer']) step(c, name).by = ['owner'];
    },
    'theHouseCanAlwaysEnd',
    'told',
    TOLD,
  ],
  [
    'the customer is told neither of the acceptance nor of the end',
    'complaint',
    (c) => {
      c.intake.notifies = [];
      for (const s of Object.values(c.steps)) s.notifies = [];
    },
    'nobodyGoesUnanswered',
    'finished',
    [...TOLD, 'acceptResult'],
  ],
  [
    'a told result waits for the customer without a date',
    'complaint',
    (c) => {
      step(c, 'tellResult').starts = [];
    },
    'everyWaitHasADate',
    'told',
    TOLD,
  ],
  [
    'only the customer is waited for',
    'complaint',
    (c) => {
      const state = c.states.told;
      if (state) state.waitsFor = ['owner'];
    },
    'everyWaitHasAPerson',
    'told',
  ],
  [
    'the setting closes the approved end',
    'complaint',
    (_c, whole) => {
      const setting = whole.settings.terminateAfterResubmission;
      if (setting) setting.value = false;
    },
    'everyStepCanBeTaken',
    'terminate',
  ],
  [
    'countersigning needs that it is countersigned',
    'complaint',
    (c) => {
      step(c, 'opine').needs.push({ code: 'opine.twice', that: { field: 'count.opine', atLeast: 1 }, say });
    },
    'everyStepCanBeTaken',
    'conclude',
  ],
  [
    'a penalty returned goes nowhere',
    'penalty',
    (p) => {
      step(p, 'finish').to = 'distributing';
      step(p, 'drop').to = 'distributing';
    },
    'everyStateIsReached',
    'effective',
  ],
  [
    'the statistics have no tenth of the month',
    'statistics',
    (s) => {
      s.intake.starts = [];
    },
    'everyWaitHasADate',
    'computing',
  ],
  [
    'nobody of rank may pass duties on, and whoever is in charge may be the one complained of',
    'complaint',
    (c) => {
      c.reassignedBy = [];
    },
    'recusalLeavesSomebody',
    'reported',
  ],
];

provedBeforeUse(
  pack,
  breaks.map(([what, procedure, change, law, at, way]) => ({
    what,
    change: (whole) => change(procedureOf(whole, procedure), whole),
    law,
    at,
    procedure,
    ...(way ? { way } : {}),
  })),
);
