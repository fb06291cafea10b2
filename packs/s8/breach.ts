import type { Story } from '../../test/support/story.ts';
import { begin, clerk, comforted, leader, lift, liftUpTo, notUpheld, officer } from './golden.ts';

const FROM_AUTHORITY = {
  origin: 'authority',
  authority: '市机关事务局',
  referenceNo: '转〔2026〕12 号',
  photos: ['scan-1'],
};

/** Not upheld without a reason; an authority answered a day late; and nothing settled for a month. */
export function breach(): Story[] {
  const denied = liftUpTo('comforted');
  denied.take(officer(denied), 'judge', notUpheld);
  denied.refused(officer(denied), 'closeNotUpheld', { summary: '无' });
  denied.take(leader, 'returnFinding', { reason: '请核对合同附件' }).take(officer(denied), 'judge', notUpheld);

  const passedOn = begin('2026-03-05 10:30').register(
    clerk,
    { ...lift, ...FROM_AUTHORITY, replyBy: '2026-03-12' },
    { channel: 'authority' },
  );
  const reply = passedOn.opened('authorityReply');
  passedOn
    .take(officer(passedOn), 'respond', comforted)
    .take(officer(passedOn), 'proposeTransfer', { reason: '是建议' });
  passedOn.refused(leader, 'confirmTransfer', { opinion: '同意' });
  reply.until('2026-03-13 09:00').take(officer(reply), 'draft', { reply: '已更换门机' });
  reply.take(leader, 'approve').take(officer(reply), 'send', { sentOn: '2026-03-13' }).report();
  passedOn.take(leader, 'confirmTransfer', { opinion: '同意' });

  const forgotten = liftUpTo('assigned').until('2026-04-05 00:10');
  return [denied, passedOn, reply, forgotten];
}
