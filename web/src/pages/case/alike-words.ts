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
  person: text('这位来件人', 'Who asked'),
  maybe: text(
    '{phone} 与 {email} 可能是同一人，核对后再合并',
    '{phone} and {email} may be one person; check before joining',
  ),
  how: text('怎样核对的', 'Checked by'),
  calledBack: text('回拨核实', 'calling back'),
  answeredMail: text('邮件答复核实', 'an answer by mail'),
  atCounter: text('到店出示', 'coming to the counter'),
  residentList: text('业主名册', 'the list of residents'),
  confirm: text('确认是同一人', 'It is one person'),
  undo: text('撤销', 'Take back'),
  send: text('答复这 {n} 位', 'Tell these {n}'),
};
