import { describe, expect, test } from 'vitest';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { prove } from '#policy/prove/prove.ts';
import { pack } from './golden.ts';

/** A copy of the pack with one thing broken. */
function broken(change: (complaint: ProcedureSpec) => void): PackSpec {
  const copy = structuredClone(pack) as PackSpec;
  const { complaint } = copy.procedures;
  if (!complaint) throw new Error('The pack has no complaints');
  change(complaint);
  return copy;
}

function step(procedure: ProcedureSpec, name: string): StepSpec {
  const found = procedure.steps[name];
  if (!found) throw new Error(name);
  return found;
}

const without = (list: readonly { clock: string }[], clock: string): never[] =>
  list.filter((item) => item.clock !== clock) as never[];
const everywhere = (c: ProcedureSpec, key: 'starts' | 'stops' | 'cancels', clock: string): void => {
  for (const act of [c.intake, ...Object.values(c.steps)]) act[key] = without(act[key], clock);
};

/** Each break, the law that must find it, and where. */
const breaks: [string, (complaint: ProcedureSpec) => void, string, string][] = [
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
  ],
  [
    'nobody but the customer can say what he thinks of the outcome',
    (c) => {
      step(c, 'takeView').by = ['customer'];
    },
    'theHouseCanAlwaysEnd',
    'resultEntered',
  ],
  [
    'a complaint may be closed straight after registration, without a word',
    (c) => {
      c.intake.notifies = [];
      step(c, 'close').from = ['registered', 'checked', 'terminated', 'withdrawn'];
    },
    'nobodyGoesUnanswered',
    'closed',
  ],
  [
    'the manager may take any time to confirm the customer’s cause',
    (c) => everywhere(c, 'starts', 'confirmation'),
    'everyWaitHasADate',
    'causeToConfirm',
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
  ],
];

describe('A pack is proved before it is used', () => {
  test('the pack as it is written leaves nobody without an answer, a person or a date', () => {
    const proof = prove(pack);
    expect(proof.findings).toEqual([]);
    expect(proof.incomplete).toEqual([]);
  });

  test.each(breaks)('when %s, it is found', (_what, change, law, at) => {
    const { findings } = prove(broken(change));
    const finding = findings.find((one) => one.law === law && one.at === at);
    expect(finding, JSON.stringify(findings.map((one) => [one.law, one.at]))).toBeDefined();
    expect(finding?.message.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});
