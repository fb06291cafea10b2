import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { procedureOf, provedBeforeUse, step, without } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';

const say = { zh: '先办', en: 'First' };

/** Each break, in which procedure, the law that must find it, and where. */
const breaks: [string, string, (procedure: ProcedureSpec, whole: PackSpec) => void, string, string, string[]?][] = [
  [
    'the letterbox tells only its opener',
    'letterbox',
    (p) => {
      const clock = p.clocks.today;
      if (clock) clock.ladder = [{ after: 'PT0S', tells: ['assignee'] }];
    },
    'everyLadderEndsAtAHead',
    'today',
  ],
  [
    'the report to the police stops nothing',
    'poisoning',
    (p) => {
      step(p, 'reportPolice').stops = [];
    },
    'everyClockCanStop',
    'reportPolice',
  ],
  [
    'nobody starts the hour for the police',
    'poisoning',
    (p) => {
      p.intake.starts = without(p.intake.starts, 'reportPolice');
    },
    'everyClockIsUsed',
    'reportPolice',
  ],
  [
    'no duty of the emergency can be recorded by anybody before another',
    'poisoning',
    (p) => {
      step(p, 'reportPolice').needs.push({ code: 'police.late', that: { field: 'count.summarise', atLeast: 1 }, say });
      step(p, 'summarise').needs.push({
        code: 'summary.early',
        that: { field: 'count.reportPolice', atLeast: 1 },
        say,
      });
    },
    'everyStepCanBeTaken',
    'close',
  ],
  [
    'the head no longer closes the emergency',
    'poisoning',
    (p) => {
      step(p, 'close').to = 'active';
    },
    'everythingEnds',
    'active',
  ],
  [
    'nobody waits for a sealed item',
    'custody',
    (p) => {
      const state = p.states.sealed;
      if (state) state.waitsFor = [];
    },
    'everyWaitHasAPerson',
    'sealed',
  ],
  [
    'what was handed over has no date',
    'custody',
    (p) => {
      step(p, 'handOver').starts = [];
    },
    'everyWaitHasADate',
    'handedOver',
    ['handOver'],
  ],
  [
    'nothing leads to the finding',
    'complaint',
    (p) => {
      step(p, 'analyse').to = 'collected';
    },
    'everyStateIsReached',
    'analysed',
  ],
  [
    'a case may be closed as satisfied from the first moment, and nobody was told anything',
    'complaint',
    (p) => {
      p.intake.notifies = [];
      const closing = step(p, 'satisfied');
      closing.from = ['collected'];
      closing.by = ['officer'];
    },
    'nobodyGoesUnanswered',
    'satisfiedEnd',
    ['satisfied'],
  ],
  [
    'only the complainant can end what was answered',
    'complaint',
    (p) => {
      for (const name of ['satisfied', 'askTermination', 'answerInPublic', 'startEmergency'])
        step(p, name).by = ['owner'];
      step(p, 'dissatisfied').by = ['owner'];
    },
    'theHouseCanAlwaysEnd',
    'askingOpinion',
    ['analyse', 'study', 'answer'],
  ],
  [
    'the emergency never gives the complaint back',
    'complaint',
    (p) => {
      step(p, 'backToOrdinary').to = 'emergency';
    },
    'everythingEnds',
    'emergency',
    ['startEmergency'],
  ],
  [
    'the school’s decision has no clock',
    'dismissal',
    (p) => {
      p.intake.starts = [];
    },
    'everyWaitHasADate',
    'proposed',
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
