import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { everywhere, inProcedure, provedBeforeUse, step } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';

/** Each break, the law that must find it, and where. */
const breaks: [string, (complaint: ProcedureSpec) => void, string, string, string[]?][] = [
  [
    'a late promise is told to nobody above the receiver',
    (c) => {
      if (c.clocks.feedback) c.clocks.feedback.ladder = [{ after: 'PT0S', tells: ['receiver'] }];
    },
    'everyLadderEndsAtAHead',
    'feedback',
  ],
  [
    'the same-day report stops no clock',
    (c) => everywhere(c, 'stops', 'sameDayReport'),
    'everyClockCanStop',
    'sameDayReport',
    ['divide', 'accept', 'solveOnSpot'],
  ],
  [
    'the clock of the check is never started',
    (c) => everywhere(c, 'starts', 'checking'),
    'everyClockIsUsed',
    'checking',
  ],
  [
    'the customer’s cause leads nowhere of its own',
    (c) => {
      step(c, 'divide').to = 'toAccept';
    },
    'everyStateIsReached',
    'causeToConfirm',
  ],
  [
    'a checked complaint cannot be closed',
    (c) => {
      step(c, 'close').from = ['terminated', 'withdrawn'];
    },
    'theHouseCanAlwaysEnd',
    'checked',
    ['divide', 'confirmCause', 'explain', 'check'],
  ],
  [
    'nobody but the customer can say what he thinks of the outcome',
    (c) => {
      step(c, 'takeView').by = ['customer'];
    },
    'theHouseCanAlwaysEnd',
    'resultEntered',
    ['divide', 'accept', 'solveOnSpot', 'decide', 'tellOpinion', 'enterResult'],
  ],
  [
    'a complaint may be closed straight after registration, without a word',
    (c) => {
      c.intake.notifies = [];
      step(c, 'close').from = ['registered', 'checked', 'terminated', 'withdrawn'];
    },
    'nobodyGoesUnanswered',
    'closed',
    ['close'],
  ],
  [
    'the manager may take any time to confirm the customer’s cause',
    (c) => everywhere(c, 'starts', 'confirmation'),
    'everyWaitHasADate',
    'causeToConfirm',
    ['divide'],
  ],
  [
    'only the customer waits for his own view',
    (c) => {
      if (c.states.resultEntered) c.states.resultEntered.waitsFor = ['customer'];
    },
    'everyWaitHasAPerson',
    'resultEntered',
  ],
  [
    'the exception needs an exception first',
    (c) => {
      step(c, 'extendByException').needs.push({
        code: 'extend.twice',
        that: { field: 'count.extendByException', atLeast: 1 },
        say: { zh: '先例外', en: 'An exception first' },
      });
    },
    'everyStepCanBeTaken',
    'extendByException',
  ],
  [
    'drafts are sent back for ever',
    (c) => {
      step(c, 'signSolution').to = 'joint';
      step(c, 'withdraw').from = ['registered'];
    },
    'everythingEnds',
    'joint',
    ['divide', 'confirmCause', 'explain'],
  ],
];

provedBeforeUse(pack, inProcedure('complaint', breaks));
