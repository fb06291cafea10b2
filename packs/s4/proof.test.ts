import { describe, expect, test } from 'vitest';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { prove } from '#policy/prove/prove.ts';
import { pack } from './golden.ts';

/** A copy of the pack with one thing broken. */
function broken(name: string, change: (procedure: ProcedureSpec, whole: PackSpec) => void): PackSpec {
  const copy = structuredClone(pack) as PackSpec;
  const procedure = copy.procedures[name];
  if (!procedure) throw new Error(name);
  change(procedure, copy);
  return copy;
}

function step(procedure: ProcedureSpec, name: string): StepSpec {
  const found = procedure.steps[name];
  if (!found) throw new Error(name);
  return found;
}

const without = (list: readonly { clock: string }[], clock: string): never[] =>
  list.filter((item) => item.clock !== clock) as never[];

const say = { zh: '先办', en: 'First' };

/** Each break, in which procedure, the law that must find it, and where. */
const breaks: [string, string, (procedure: ProcedureSpec, whole: PackSpec) => void, string, string][] = [
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
  ],
  [
    'only the customer can end a case that was told',
    'complaint',
    (c) => {
      for (const name of ['acceptResult', 'rejectResult', 'terminate', 'noAnswer']) step(c, name).by = ['owner'];
    },
    'theHouseCanAlwaysEnd',
    'told',
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
  ],
  [
    'a told result waits for the customer without a date',
    'complaint',
    (c) => {
      step(c, 'tellResult').starts = [];
    },
    'everyWaitHasADate',
    'told',
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
];

describe('A pack is proved before it is used', () => {
  test('the pack as it is written leaves nobody without an answer, a person or a date', () => {
    const proof = prove(pack);
    expect(proof.findings).toEqual([]);
    expect(proof.incomplete).toEqual([]);
  });

  test.each(breaks)('when %s, it is found in the %s', (_what, procedure, change, law, at) => {
    const { findings } = prove(broken(procedure, change));
    const finding = findings.find((one) => one.law === law && one.at === at && one.procedure === procedure);
    expect(finding, JSON.stringify(findings.map((one) => [one.law, one.at]))).toBeDefined();
    expect(finding?.message.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});
