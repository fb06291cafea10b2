import { expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { compilePack } from '#policy/compile.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { inProcedure, procedureOf, provedBeforeUse, step, without } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';

/** Each break, the law that must find it, and where. */
const breaks: [string, (complaint: ProcedureSpec, whole: PackSpec) => void, string, string, string[]?][] = [
  [
    'a major complaint goes up to nobody',
    (c) => {
      const clock = c.clocks.majorResponse;
      if (clock) clock.ladder = [{ after: 'PT0S', tells: ['assignee'] }];
    },
    'everyLadderEndsAtAHead',
    'majorResponse',
  ],
  [
    'nothing stops the 24 hours',
    (c) => {
      for (const s of Object.values(c.steps)) {
        s.stops = without(s.stops, 'majorResponse');
        s.cancels = without(s.cancels, 'majorResponse');
      }
    },
    'everyClockCanStop',
    'majorResponse',
  ],
  [
    'mediation has no clock',
    (c) => {
      step(c, 'mediate').starts = [];
    },
    'everyClockIsUsed',
    'mediation',
  ],
  [
    'the officer alone is enough',
    (c) => {
      step(c, 'confirmByOfficer').to = 'ownerConfirmed';
      step(c, 'confirmBySilence').from = ['ownerConfirmed'];
    },
    'everyStateIsReached',
    'officerConfirmed',
  ],
  [
    'what was analysed cannot be closed',
    (c) => {
      step(c, 'close').from = ['closed'];
      step(c, 'notDone').from = ['officerConfirmed'];
    },
    'everythingEnds',
    'confirmed',
    ['assign', 'respond', 'confirmByOfficer', 'confirmByOwner', 'rate'],
  ],
  [
    'a merged case ends without a word',
    (c) => {
      step(c, 'merge').notifies = [];
    },
    'nobodyGoesUnanswered',
    'merged',
    ['merge'],
  ],
  [
    'a ruling is told to nobody, nor was anything before',
    (c) => {
      step(c, 'endLitigation').notifies = [];
      step(c, 'sue').notifies = [];
    },
    'nobodyGoesUnanswered',
    'ruled',
    ['sue', 'endLitigation'],
  ],
  [
    'in the fallback queue nothing is due',
    (c) => {
      step(c, 'toFallback').starts = [];
      c.intake.starts = without(c.intake.starts, 'handling');
    },
    'everyWaitHasADate',
    'fallback',
    ['toFallback'],
  ],
  [
    'only the mediator waits',
    (c) => {
      const state = c.states.mediation;
      if (state) state.waitsFor = ['mediator'];
    },
    'everyWaitHasAPerson',
    'mediation',
  ],
  [
    'the officer confirms only after the owner',
    (c) => {
      step(c, 'confirmByOfficer').needs.push({
        code: 'confirm.afterOwner',
        that: { field: 'count.confirmByOwner', atLeast: 1 },
        say: { zh: '先由业主确认', en: 'The owner first' },
      });
    },
    'everyStepCanBeTaken',
    'confirmByOfficer',
  ],
  [
    'without the owner nothing goes on',
    (c) => {
      for (const name of ['confirmByOwner', 'notDone', 'confirmBySilence', 'withdraw', 'escalate'])
        step(c, name).by = ['owner'];
      step(c, 'sue').from = ['handling'];
    },
    'theHouseCanAlwaysEnd',
    'officerConfirmed',
    ['assign', 'respond', 'confirmByOfficer'],
  ],
  [
    'an improvement turns in circles',
    (_c, whole) => {
      step(procedureOf(whole, 'improvement'), 'act').to = 'replanning';
    },
    'everythingEnds',
    'planned',
  ],
  [
    'a warning is raised and then forgotten',
    (_c, whole) => {
      procedureOf(whole, 'warning').intake.starts = [];
    },
    'everyWaitHasADate',
    'raised',
  ],
];

provedBeforeUse(pack, inProcedure('complaint', breaks));

test('silence can only take a step that the system may take: naming another is refused with those it may', async () => {
  const sources = await readPackFolder('packs/s9');
  const compiled = compilePack(
    sources.map((source) => ({ ...source, text: source.text.replaceAll('takes: confirmBySilence', 'takes: close') })),
  );
  expect(compiled.ok ? [] : compiled.problems.map((problem) => problem.path)).toEqual([
    'procedures.complaint.clocks.ownerConfirmation.takes',
    'procedures.complaint.clocks.rating.takes',
  ]);
});
