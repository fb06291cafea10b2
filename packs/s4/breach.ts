import { owner } from '../../test/support/organisation.ts';
import type { Story } from '../../test/support/story.ts';
import { actor, at4, manager, senior, upTo } from './golden.ts';

/** Not accepted: a new sheet with its own fifteen days; and a penalty that waits for the objection of the penalised. */
export function breach(): Story[] {
  const first = upTo('told').take(owner, 'rejectResult', { reason: '差价太少' });
  const again = first.opened('complaint').take(manager, 'accept', { formalNumber: 'KS-2026-002' });

  const penalty = at4('2026-03-16 09:00')
    .register(
      senior,
      { person: 'signer', cause: '未上举升机', sourceCase: 'KS260302-0001', issuer: 'senior' },
      { matter: 'penalty', channel: 'other' },
    )
    .take(senior, 'draft', { grade: 'warning', reason: '漏检' })
    .take(manager, 'approve', { opinion: '核准' })
    .take(actor('signer'), 'object', { what: '举升机当天停用', request: '免责' })
    .take(senior, 'keepCopy', { kept: true })
    .take(actor('accountant'), 'accountantReceives', { received: true })
    .sign(actor('signer'), 'notice', 'personSigns', '李签字');
  penalty.refused(senior, 'finish');
  const objection = penalty
    .opened('objection')
    .until('2026-03-17 10:00')
    .take(manager, 'decide', { finding: 'dismissed', instruction: '维持' })
    .report();
  penalty.take(senior, 'finish');
  return [first, again, penalty, objection];
}
