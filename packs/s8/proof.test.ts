import { describe, expect, test } from 'vitest';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { prove } from '#policy/prove/prove.ts';
import { pack } from './golden.ts';

function procedure(whole: PackSpec, name: string): ProcedureSpec {
  const found = whole.procedures[name];
  if (!found) throw new Error(name);
  return found;
}

function step(of: ProcedureSpec, name: string): StepSpec {
  const found = of.steps[name];
  if (!found) throw new Error(name);
  return found;
}

const without = (list: readonly { clock: string }[], clock: string): never[] =>
  list.filter((item) => item.clock !== clock) as never[];

/** Each break, the law that must find it, and where. */
const breaks: [string, (complaint: ProcedureSpec, whole: PackSpec) => void, string, string][] = [
  [
    'the ladder of the first response loses its heads',
    (c) => {
      const clock = c.clocks.firstResponse;
      if (clock) clock.ladder = [{ after: 'PT0S', tells: ['officer'] }];
    },
    'everyLadderEndsAtAHead',
    'firstResponse',
  ],
  [
    'nothing stops the clock of the month',
    (c) => {
      for (const s of Object.values(c.steps)) s.stops = without(s.stops, 'unresolved');
    },
    'everyClockCanStop',
    'unresolved',
  ],
  [
    'the same-day notice of the outcome is never started',
    (c) => {
      step(c, 'implement').starts = without(step(c, 'implement').starts, 'telling');
    },
    'everyClockIsUsed',
    'telling',
  ],
  [
    'the department carries out its own proposal without an instruction',
    (c) => {
      step(c, 'propose').to = 'implementing';
    },
    'everyStateIsReached',
    'proposed',
  ],
  [
    'what was followed up cannot be filed',
    (c) => {
      step(c, 'archive').from = ['recorded'];
      step(c, 'archive').to = 'archived';
      step(c, 'archive').needs.push({
        code: 'archive.never',
        that: { field: 'count.followUp', atLeast: 1 },
        say: { zh: '先回访', en: 'Follow up first' },
      });
    },
    'everythingEnds',
    'followedUp',
  ],
  [
    'not upheld can be closed without the reasons',
    (c) => {
      step(c, 'closeNotUpheld').needs = [];
    },
    'nobodyGoesUnanswered',
    'notUpheld',
  ],
  [
    'a transferred matter ends in silence',
    (c) => {
      step(c, 'confirmTransfer').notifies = [];
    },
    'nobodyGoesUnanswered',
    'transferred',
  ],
  [
    'while the department analyses nothing is due',
    (c) => {
      step(c, 'assign').starts = [];
      step(c, 'judge').starts = without(step(c, 'judge').starts, 'unresolved');
    },
    'everyWaitHasADate',
    'assigned',
  ],
  [
    'only the complainant waits after the explanation',
    (c) => {
      const state = c.states.explained;
      if (state) state.waitsFor = ['owner'];
    },
    'everyWaitHasAPerson',
    'explained',
  ],
  [
    'the analysis waits for the proposal and the proposal for the analysis',
    (c) => {
      step(c, 'analyse').needs.push({
        code: 'analyse.withoutProposal',
        that: { field: 'count.propose', atLeast: 1 },
        say: { zh: '先有方案', en: 'Propose first' },
      });
    },
    'everyStepCanBeTaken',
    'analyse',
  ],
  [
    'only the complainant can end a case that was not upheld',
    (c) => {
      step(c, 'closeNotUpheld').by = ['owner'];
      step(c, 'appeal').by = ['owner'];
    },
    'theHouseCanAlwaysEnd',
    'explained',
  ],
  [
    'the reply to the authority loses its date',
    (_c, whole) => {
      const reply = procedure(whole, 'authorityReply');
      reply.intake.starts = [];
    },
    'everyWaitHasADate',
    'preparing',
  ],
  [
    'an emergency is under control only once it is over',
    (_c, whole) => {
      step(procedure(whole, 'emergency'), 'control').from = ['controlled'];
    },
    'everythingEnds',
    'responding',
  ],
];

describe('The pack is proved before it is used', () => {
  test('as it is written it leaves nobody without an answer, a person or a date', () => {
    const proof = prove(pack);
    expect(proof.findings).toEqual([]);
    expect(proof.incomplete).toEqual([]);
  });

  test.each(breaks)('when %s, it is found', (_what, change, law, at) => {
    const copy = structuredClone(pack) as PackSpec;
    change(procedure(copy, 'complaint'), copy);
    const { findings } = prove(copy);
    const finding = findings.find((one) => one.law === law && one.at === at);
    expect(finding, JSON.stringify(findings.map((one) => [one.law, one.at]))).toBeDefined();
    expect(finding?.message.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});
