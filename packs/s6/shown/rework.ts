// What the rules about repairs that must be done again come to, told under whichever pack carries them.
import { expect } from 'vitest';
import type { CompiledPack } from '#policy/compile.ts';
import { at } from '../../../test/support/story.ts';
import { without } from '../../../test/support/without.ts';
import { endLinked, grievanceUpTo, solution, who } from '../golden.ts';

/** Dissatisfied with the repair: repaired again, by a case of its own. */
export function dissatisfiedIsRepairedAgain(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack);
  const consents = {
    developerConsent: '李总电话同意 3 月 5 日',
    warrantorConsent: '王工电话同意 3 月 5 日',
    what: '重做防水',
  };
  story.take(who('director'), 'reworkSmall', consents);
  expect(story.all('caseOpened').at(-1)?.data).toMatchObject({
    procedure: 'repair',
    relation: 'rework',
    values: { content: '重做防水' },
  });
}

/** A small rework needs the consent of developer and warrantor. */
export function bothConsent(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack);
  const consents = { developerConsent: '李总电话同意', warrantorConsent: '王工电话同意', what: '重做防水' };
  for (const field of ['developerConsent', 'warrantorConsent'])
    expect(story.refused(who('director'), 'reworkSmall', without(consents, field)).field).toBe(field);
}

const largeRework = { purpose: 'rework', facts: '需更换整面防水，材料多、难度大' };

/** A large rework goes up by sheet at once; customer service and engineering both hear. */
export function largeReworkGoesUp(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack).take(who('director'), 'reportSheet', largeRework);
  expect(story.case.state).toBe('sheetReported');
  expect(story.told('sheetReported')).toEqual(['傅经理', '龚经理']);
}

/** Both managers within three days, or the general manager hears. */
export function reviewedInThreeDays(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack).take(who('director'), 'reportSheet', largeRework);
  expect(story.clock('drafting').dueAt).toBe(at('2026-03-09 00:00') - 1);
  expect(story.refused(who('service'), 'draftSolution', solution).code).toBe('draft.notReviewed');
  story.until('2026-03-09 00:00');
  expect(story.told('clock.limit', story.clock('drafting').clause)).toContain('宗总');
  story.take(who('engineer'), 'reviewTechnically', { opinion: '可行' }).take(who('service'), 'draftSolution', solution);
  expect(story.clock('drafting').status).toBe('late');
}

/** No work before the general manager has issued and the developer has answered. */
export function noReworkWithoutAnswer(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack)
    .take(who('director'), 'reportSheet', largeRework)
    .take(who('engineer'), 'reviewTechnically', { opinion: '可行' })
    .take(who('service'), 'draftSolution', { ...solution, replyBy: '2026-03-10T18:00:00+08:00' });
  expect(
    story.refused(who('director'), 'reworkSmall', { developerConsent: 'a', warrantorConsent: 'b', what: 'c' }).code,
  ).toBe('step.notNow');
  expect(story.all('caseOpened')).toHaveLength(0);
  story
    .take(who('general'), 'issueSheet')
    .take(who('service'), 'developerReply', { agrees: true, way: '同意返修', paper: ['p'] });
  expect(story.case.state).toBe('reworking');
  expect(story.all('caseOpened')).toHaveLength(1);
}

/** Done when the owner accepts, or when it meets the rules with a report. */
export function doneByOneOfTwo(pack: CompiledPack): void {
  const consents = { developerConsent: '同意', warrantorConsent: '同意', what: '重做防水' };
  const story = grievanceUpTo('talking', pack).take(who('director'), 'reworkSmall', consents);
  const finish = { judgedBy: 'standard', standard: 'GB 50208', report: ['report-1'], outcome: '闭水试验合格' };
  expect(story.refused(who('director'), 'finishRework', finish).code).toBe('rework.open');
  endLinked(story, 'rework', '已重做');
  for (const field of ['judgedBy', 'standard', 'report'])
    expect(story.refused(who('director'), 'finishRework', without(finish, field)).field).toBe(field);
  expect(story.refused(who('director'), 'finishRework', { judgedBy: 'owner', outcome: '好' }).field).toBe(
    'ownerAccepts',
  );
  story.take(who('director'), 'finishRework', finish);
  expect(story.case.state).toBe('closed');
}
