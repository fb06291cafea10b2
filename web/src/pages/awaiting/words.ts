import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('待批', 'To decide'),
  why: text(
    '同一流程、同一环节、等您办理的案件归在一起。看过每件的要点后，可用同一意见一次办理多件；每件各记一条，一件办不了不影响其他。',
    'Cases of one procedure that stand at the same point and wait for you. Read each, then decide many with the same words: every case gets its own entry, and a refusal of one does not stop the others.',
  ),
  none: text('现在没有等您办理的案件', 'Nothing waits for you now'),
  more: text('只列出最先到期的 100 件', 'Only the 100 that fall due first are listed'),
  count: text('{n} 件', '{n} cases'),
  all: text('全选', 'Select all'),
  select: text('选中 {number}', 'Select {number}'),
  step: text('办理', 'Act'),
  choose: text('请先选中案件', 'Select cases first'),
  send: text('办理选中的 {n} 件', 'Do it for {n}'),
  done: text('已办，现在“{state}”', 'Done; now “{state}”'),
  refused: text('未办：{why}', 'Not done: {why}'),
  result: text('办成 {n} 件，未办 {m} 件', '{n} done, {m} not'),
  due: text('{title}：{at} 前', '{title}: by {at}'),
};
