import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('谁看过个人信息', 'Who looked at personal data'),
  why: text(
    '姓名、电话、房号平时遮住；每次看明文都记下谁、何时、看了什么、为什么。',
    'Names, numbers and rooms are masked; each look in clear is kept: who, when, what and why.',
  ),
  from: text('从', 'From'),
  to: text('到', 'To'),
  person: text('谁看的', 'Who looked'),
  everybody: text('所有人', 'Everybody'),
  sums: text('{name}：{looks} 次，{cases} 件', '{name}: {looks} looks, {cases} cases'),
  list: text('查看记录', 'Looks'),
  at: text('时间', 'When'),
  who: text('谁', 'Who'),
  what: text('看了什么', 'What'),
  because: text('理由', 'Why'),
  withheld: text('涉及您须回避的案件，理由不显示', 'Of a case you stand aside from: the reason is hidden'),
  whole: text('清单', 'A whole list'),
  none: text('这段时间没有人看过明文', 'Nobody looked in clear in this time'),
  more: text('再看一些', 'Show more'),
};

/** What people call the fields of cases and lists; other fields are called by the pack’s own name. */
export const FIELDS: { [field: string]: ReturnType<typeof text> } = {
  name: text('姓名', 'name'),
  contactName: text('姓名', 'name'),
  phone: text('电话', 'telephone'),
  contactPhone: text('电话', 'telephone'),
  email: text('邮箱', 'e-mail'),
  contactEmail: text('邮箱', 'e-mail'),
  place: text('房号或位置', 'room or place'),
};
