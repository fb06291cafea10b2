// The worked case of the procedure and the same when things go wrong, told under whichever pack carries them.
import { expect } from 'vitest';
import type { CompiledPack } from '#policy/compile.ts';
import { owner } from '../../../test/support/organisation.ts';
import { at, type Story } from '../../../test/support/story.ts';
import { done, endLinked, found, grievanceUpTo, tapUpTo, who } from '../golden.ts';

/** The dripping tap: price told, five minutes, a quarter of an hour, an hour and a half, signed, receipted, back, visited. */
export function theTapIsMended(pack: CompiledPack): Story {
  const story = tapUpTo('archived', pack);
  for (const clock of ['dispatching', 'acceptance', 'arrival', 'minorRepair', 'handBack', 'returnVisit', 'archiving'])
    expect(story.clock(clock).status, clock).toBe('kept');
  expect(story.all('clockTargetMissed')).toEqual([]);
  expect(story.case).toMatchObject({
    state: 'archived',
    outcome: done.result,
    duties: { followUpVisitor: { id: 'east' } },
  });
  const order = story.case.documents.find((paper) => paper.form === 'workOrder' && paper.signature);
  expect(order).toMatchObject({ voided: false });
  expect(story.replayed()).toEqual(story.case);
  return story;
}

/** On site in the sixteenth minute; charged before signed; a long repair whose plan nobody approved by the third day. */
export function lateUnsignedUnplanned(pack: CompiledPack): void {
  const story = tapUpTo('accepted', pack).until('2026-03-05 10:21');
  story.take(who('tech'), 'arrive', { tools: true, how: 'code' });
  expect(story.clock('arrival')).toMatchObject({ status: 'late', breachedAt: at('2026-03-05 10:20') + 1000 });
  const long = tapUpTo('onSite', pack).take(who('tech'), 'inspect', { ...found, expectedBy: '2026-03-10' });
  long.take(who('tech'), 'submitPlan', { reason: '需换主管', milestones: ['换管'], completeBy: '2026-03-10' });
  long.until('2026-03-09 00:00');
  expect(long.clock('planApproval').breachedAt).toBe(at('2026-03-09 00:00'));
  story.take(who('tech'), 'inspect', found).take(who('tech'), 'complete', done);
  expect(story.refused(who('tech'), 'charge', { amount: 80, receiptNumber: '1' }).code).toBe('charge.unsigned');
}

/** Not satisfied: repaired again, still not right, a large claim, agreed, and the memo unsigned: nothing is paid. */
export function fromReworkToTheMemo(pack: CompiledPack): void {
  const repair = tapUpTo('handedBack', pack).take(who('east'), 'visit', {
    how: 'visit',
    spokenWith: '业主A',
    result: 'fail',
    opinion: '仍然漏水，地板泡坏',
  });
  expect(repair.case.state).toBe('reworking');
  repair.take(owner, 'toComplaint', { what: '要求赔偿地板', cause: 'amount', claimsDamages: true });
  expect(repair.case.links.map((link) => link.relation)).toEqual(['rework', 'complaint']);
  const story = grievanceUpTo('agreed', pack);
  const paid = { amount: 6000, outcome: '已结算' };
  expect(story.refused(who('director'), 'settle', paid).code).toBe('settle.withoutMemo');
  story.sign(owner, 'settlementMemo', 'signMemo').take(who('director'), 'settle', paid);
  expect(story.case).toMatchObject({ state: 'closed', outcome: '已结算' });
  expect(story.replayed()).toEqual(story.case);
  endLinked(repair, 'rework', '已修好').take(who('qian'), 'confirmRework');
  expect(repair.case.state).toBe('handedBack');
}
