import type { CompiledPack } from '#policy/compile.ts';
import { owner } from '../../test/support/organisation.ts';
import type { Story } from '../../test/support/story.ts';
import { done, found, grievanceUpTo, tapUpTo, visited, who } from './golden.ts';

/** Late by a minute, unsigned, and repaired again; and a large claim that is not paid before its memo is signed. */
export function breach(using: CompiledPack): Story[] {
  const repair = tapUpTo('accepted', using)
    .until('2026-03-05 10:22')
    .take(who('tech'), 'arrive', { tools: true, how: 'code' })
    .take(who('tech'), 'inspect', found)
    .until('2026-03-05 11:30')
    .take(who('tech'), 'complete', done);
  const receipt = { amount: 80, receiptNumber: '0001235' };
  repair.refused(who('tech'), 'charge', receipt);
  repair
    .sign(owner, 'workOrder', 'signOrder')
    .take(who('tech'), 'charge', receipt)
    .until('2026-03-06 09:00')
    .take(who('tech'), 'handBack')
    .until('2026-03-06 10:00')
    .take(who('east'), 'visit', { ...visited, result: 'fail', opinion: '仍然漏水，地板泡坏' });

  const claim = grievanceUpTo('agreed', using);
  const paid = { amount: 6000, outcome: '已结算' };
  claim.refused(who('director'), 'settle', paid);
  claim.sign(owner, 'settlementMemo', 'signMemo').take(who('director'), 'settle', paid);
  return [repair, claim];
}
