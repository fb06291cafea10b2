import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('没送达的', 'Not delivered'),
  why: text(
    '每一条都等人看过：换个方式联系，或排除原因后重发。',
    'Each waits for a person: reach them another way, or send it again once the cause is mended.',
  ),
  out: text('没送到人手里的通知', 'Notices that reached nobody'),
  outNone: text('通知都送到了', 'Every notice has arrived'),
  in: text('没能登记、没能发出的', 'What could not be registered or sent'),
  inNone: text('没有积压', 'Nothing is waiting'),
  certificate: text('证书到期', 'A certificate that ends'),
  call: text('未接来电', 'A missed call'),
  webhook: text('接口订阅', 'A program that hears no more'),
  shiftList: text('交接班', 'Change of shift'),
  again: text('重发', 'Send again'),
  againThis: text('重发 {number} 的通知', 'Send the notice of {number} again'),
  tryAgain: text('重试', 'Try again'),
  tryThis: text('重试：{subject}', 'Try again: {subject}'),
  settle: text('已经处理过，移出', 'It was seen to: put it away'),
  settled: text('怎么处理的', 'What was done'),
  settledHint: text('例如：已电话登记 TS202611-00012', 'For example: registered by telephone as TS202611-00012'),
  putAway: text('记下并移出', 'Note it and put it away'),
  ordered: text(
    '已交去重发，结果会写在案件的通知记录里。',
    'On its way again; the case’s record says what becomes of it.',
  ),
  incoming: text('来件', 'came in'),
  outgoing: text('发出', 'going out'),
};
