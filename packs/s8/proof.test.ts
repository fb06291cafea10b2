import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { inProcedure, procedureOf, provedBeforeUse, step, without } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';

/** Each break, the law that must find it, and where. */
const breaks: [string, (complaint: ProcedureSpec, whole: PackSpec) => void, string, string, string[]?][] = [
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
    ['respond', 'judge'],
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
    ['respond', 'judge', 'fastLane', 'implement', 'tellResult', 'sumUp', 'followUp'],
  ],
  [
    'not upheld can be closed without the reasons',
    (c) => {
      step(c, 'closeNotUpheld').needs = [];
    },
    'nobodyGoesUnanswered',
    'notUpheld',
    ['closeNotUpheld'],
  ],
  [
    'a transferred matter ends in silence',
    (c) => {
      step(c, 'confirmTransfer').notifies = [];
    },
    'nobodyGoesUnanswered',
    'transferred',
    ['proposeTransfer', 'confirmTransfer'],
  ],
  [
    'while the department analyses nothing is due',
    (c) => {
      step(c, 'assign').starts = [];
      step(c, 'judge').starts = without(step(c, 'judge').starts, 'unresolved');
    },
    'everyWaitHasADate',
    'assigned',
    ['respond', 'judge', 'assign'],
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
    ['respond', 'judge', 'confirmFinding', 'explain'],
  ],
  [
    'the reply to the authority loses its date',
    (_c, whole) => {
      const reply = procedureOf(whole, 'authorityReply');
      reply.intake.starts = [];
    },
    'everyWaitHasADate',
    'preparing',
  ],
  [
    'an emergency is under control only once it is over',
    (_c, whole) => {
      step(procedureOf(whole, 'emergency'), 'control').from = ['controlled'];
    },
    'everythingEnds',
    'responding',
  ],
  [
    'nobody of rank may pass duties on, and whoever is in charge may be the one complained of',
    (c) => {
      c.reassignedBy = [];
    },
    'recusalLeavesSomebody',
    'upheld',
    ['respond', 'judge'],
  ],
];

provedBeforeUse(pack, inProcedure('complaint', breaks));
