import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { everywhere, inProcedure, provedBeforeUse, step } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';

/** Each break, the law that must find it, and where. */
const breaks: [string, (feedback: ProcedureSpec) => void, string, string, string[]?][] = [
  [
    'a late response is told to nobody above',
    (f) => {
      if (f.clocks.response) f.clocks.response.ladder = [{ after: 'PT0S', tells: ['firstReceiver'] }];
    },
    'everyLadderEndsAtAHead',
    'response',
  ],
  [
    'nothing stops the clock of the expected day',
    (f) => {
      everywhere(f, 'stops', 'handling');
      everywhere(f, 'cancels', 'handling');
    },
    'everyClockCanStop',
    'handling',
    ['triage', 'assess', 'dispatch'],
  ],
  [
    'the clock of the acceptance is never started',
    (f) => everywhere(f, 'starts', 'acceptance'),
    'everyClockIsUsed',
    'acceptance',
  ],
  [
    'no assessment and no raising leads to an emergency',
    (f) => {
      for (const name of ['assess', 'raise']) step(f, name).to = 'seminar';
    },
    'everyStateIsReached',
    'emergency',
  ],
  [
    'a settled matter cannot be archived',
    (f) => {
      step(f, 'archive').from = ['followUp'];
    },
    'theHouseCanAlwaysEnd',
    'settled',
    ['withdraw'],
  ],
  [
    'only the customer can say what he thinks of the outcome',
    (f) => {
      for (const name of ['satisfied', 'dissatisfied', 'noReply']) step(f, name).by = ['customer'];
    },
    'theHouseCanAlwaysEnd',
    'resultTold',
    ['triage', 'answerWithoutHandling'],
  ],
  [
    'a matter may be archived unanswered',
    (f) => {
      f.intake.notifies = [];
      step(f, 'archive').from = ['registered', 'settled'];
    },
    'nobodyGoesUnanswered',
    'archived',
    ['archive'],
  ],
  [
    'an emergency that is made safe may wait for ever',
    (f) => everywhere(f, 'starts', 'endingEmergency', 'response'),
    'everyWaitHasADate',
    'emergency',
    ['triage', 'assess', 'startPlan', 'teamConfirm', 'leaderConfirm', 'makeSafe'],
  ],
  [
    'nobody of the house waits for the customer’s word',
    (f) => {
      if (f.states.resultTold) f.states.resultTold.waitsFor = ['customer'];
    },
    'everyWaitHasAPerson',
    'resultTold',
  ],
  [
    'the plan of an emergency and its team wait for each other',
    (f) => {
      const waits = (name: string, other: string): void => {
        step(f, name).needs.push({
          code: 'emergency.waits',
          that: { field: `count.${other}`, atLeast: 1 },
          say: { zh: '先等对方', en: 'The other one first' },
        });
      };
      waits('startPlan', 'teamConfirm');
      waits('teamConfirm', 'startPlan');
    },
    'everyStepCanBeTaken',
    'startPlan',
  ],
  [
    'a ruling leads back to the objection',
    (f) => {
      step(f, 'rule').to = 'objected';
      step(f, 'raise').from = ['toDispatch'];
      step(f, 'withdraw').from = ['registered'];
    },
    'everythingEnds',
    'objected',
    ['triage', 'assess', 'dispatch', 'object'],
  ],
  [
    'nobody of rank may pass duties on, and whoever is in charge may be the one complained of',
    (c) => {
      c.reassignedBy = [];
    },
    'recusalLeavesSomebody',
    'emergency',
    ['triage', 'assess'],
  ],
];

provedBeforeUse(pack, inProcedure('feedback', breaks));
