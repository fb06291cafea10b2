import { text } from '@room/kernel/text.ts';

export const aw = {
  title: text('似曾相识', 'Seen before?'),
  none: text('边写边找，目前没有相近的', 'Looking while you write; nothing alike so far'),
  found: text('有 {n} 件可能是同一件事', '{n} may be about the same thing'),
  tellCaller: text('请告诉来电人：{words}', 'Tell the caller: {words}'),
  until: text('预计恢复：{at}', 'Expected to end: {at}'),
  openEnd: text('恢复时间暂不能确定', 'Its end is not known yet'),
  belongs: text('归入此事件', 'Belongs to it'),
  join: text('并入 {number}', 'Join to {number}'),
  joined: text('✓ 并入 {number}', '✓ Joined to {number}'),
  keeps: text(
    '登记后并入 {number}：来电人仍有自己的编号、答复和确认，随时可拆分',
    'Will be joined to {number}: the caller keeps a number, an answer and a confirmation of his own; it can be split again',
  ),
  sameUnit: text('同一处', 'same place'),
  sameRiser: text('同一立管', 'same riser'),
  sameEntrance: text('同一单元', 'same entrance'),
  sameBuilding: text('同一栋', 'same building'),
  sameEstate: text('同一小区', 'same estate'),
  elsewhere: text('位置未对上', 'place not known'),
};
