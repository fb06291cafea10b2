import { expect, test } from 'vitest';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { prove } from '#policy/prove/prove.ts';
import { broken, inProcedure, procedureOf, provedBeforeUse, step, without } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';

/** Each break, the law that must find it, and where. */
const breaks: [string, (complaint: ProcedureSpec, whole: PackSpec) => void, string, string, string[]?][] = [
  [
    'the ladder of the first contact loses its heads',
    (c) => {
      const clock = c.clocks.firstContact;
      if (clock) clock.ladder = [{ after: 'PT0S', tells: ['caseOfficer'] }];
    },
    'everyLadderEndsAtAHead',
    'firstContact',
  ],
  [
    'nothing stops the clock of the outcome notice',
    (c) => {
      for (const s of Object.values(c.steps)) {
        s.stops = without(s.stops, 'resultNotice');
        s.cancels = without(s.cancels, 'resultNotice');
      }
    },
    'everyClockCanStop',
    'resultNotice',
    ['dispatch', 'waiveInspection', 'plan', 'complete'],
  ],
  [
    'the planning clock is never started',
    (c) => {
      for (const s of Object.values(c.steps)) s.starts = without(s.starts, 'planning');
    },
    'everyClockIsUsed',
    'planning',
  ],
  [
    'no step leads to the review of a plan',
    (c) => {
      step(c, 'plan').to = 'implementing';
    },
    'everyStateIsReached',
    'awaitingApproval',
  ],
  [
    'the signed case cannot be archived',
    (c) => {
      step(c, 'archive').from = ['terminated', 'withdrawn'];
      step(c, 'dissatisfied').from = ['resultNotified'];
    },
    'everythingEnds',
    'signed',
    ['contact', 'dispatch', 'waiveInspection', 'plan', 'complete', 'notifyResult', 'satisfied', 'sign'],
  ],
  [
    'returned plans stand still',
    (c) => {
      step(c, 'returnPlan').to = 'awaitingApproval';
      step(c, 'approvePlan').to = 'awaitingApproval';
    },
    'theHouseCanAlwaysEnd',
    'awaitingApproval',
    ['dispatch', 'waiveInspection', 'plan'],
  ],
  [
    'a case may be archived straight after registration',
    (c) => {
      step(c, 'archive').from = ['registered', 'signed', 'terminated', 'withdrawn'];
      step(c, 'archive').needs = [];
    },
    'nobodyGoesUnanswered',
    'archived',
    ['archive'],
  ],
  [
    'after the inspection nothing is due',
    (c) => {
      for (const s of Object.values(c.steps)) {
        s.starts = without(without(s.starts, 'planning'), 'progress');
      }
    },
    'everyWaitHasADate',
    'investigated',
    ['contact', 'dispatch', 'waiveInspection'],
  ],
  [
    'nobody of the house waits for the signature',
    (c) => {
      const state = c.states.awaitingSignature;
      if (state) state.waitsFor = ['owner'];
    },
    'everyWaitHasAPerson',
    'awaitingSignature',
  ],
  [
    'completing needs that it is completed',
    (c) => {
      step(c, 'complete').needs.push({
        code: 'complete.twice',
        that: { field: 'count.complete', atLeast: 1 },
        say: { zh: '先完成', en: 'Complete it first' },
      });
    },
    'everyStepCanBeTaken',
    'complete',
  ],
  [
    'inspection and plan wait for each other',
    (c) => {
      step(c, 'inspect').needs.push({
        code: 'inspect.withoutPlan',
        that: { field: 'count.plan', atLeast: 1 },
        say: { zh: '先有方案', en: 'Plan first' },
      });
      step(c, 'plan').needs = [
        {
          code: 'plan.withoutInspection',
          that: { field: 'count.inspect', atLeast: 1 },
          say: { zh: '先调查', en: 'Inspect first' },
        },
      ];
      step(c, 'waiveInspection').from = ['archived'];
    },
    'everyStepCanBeTaken',
    'inspect',
  ],
  [
    'talking can go on for ever without an approved end',
    (c) => {
      step(c, 'terminate').by = ['owner'];
      for (const name of ['satisfied', 'sign']) step(c, name).by = ['owner'];
    },
    'theHouseCanAlwaysEnd',
    'resultNotified',
    ['contact', 'dispatch', 'waiveInspection', 'plan', 'complete', 'notifyResult'],
  ],
  [
    'a setting switches the only clock off',
    (c, whole) => {
      const setting = whole.settings.inspectionStart;
      if (setting) setting.value = 'accepted';
      c.intake.starts = without(c.intake.starts, 'dispatching');
    },
    'everyWaitHasADate',
    'contacted',
    ['contact'],
  ],
  [
    'nobody of rank may pass duties on, and whoever is in charge may be the one complained of',
    (c) => {
      c.reassignedBy = [];
    },
    'recusalLeavesSomebody',
    'registered',
  ],
];

provedBeforeUse(pack, inProcedure('complaint', breaks));

test('the way to an unanswered end is a shortest one', () => {
  const [, change] = breaks.find(([, , law]) => law === 'nobodyGoesUnanswered') ?? [];
  const { findings } = prove(broken(pack, (whole) => change?.(procedureOf(whole, 'complaint'), whole)));
  expect(findings.find((one) => one.law === 'nobodyGoesUnanswered')?.trace).toEqual(['archive']);
});
