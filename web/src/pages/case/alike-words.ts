import { text } from '@room/kernel/text.ts';

export const jw = {
  together: text('并案', 'Joined cases'),
  joinedTo: text(
    '已并入 {number}；本件的编号、答复和业主确认仍是自己的',
    'Joined to {number}; number, answer and confirmation stay its own',
  ),
  splitWhy: text('拆分原因', 'Why split'),
  split: text('拆分', 'Split off'),
  members: text('另有 {n} 件并入本件', '{n} more are joined to this one'),
  answer: text('统一答复', 'One answer to all'),
  send: text('答复这 {n} 位', 'Tell these {n}'),
};
