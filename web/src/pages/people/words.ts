import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('人员', 'People'),
  why: text(
    '谁担任什么岗位、现在是否当班。案件总是派给具名的人。',
    'Who holds which post and who is on shift. A case always goes to a named person.',
  ),
  find: text('按姓名、岗位或部门找', 'Find by name, post or department'),
  onShift: text('当班', 'On shift'),
  offShift: text('不当班', 'Off shift'),
  noUnit: text('未分部门', 'No department'),
  none: text('没有找到', 'Nobody found'),
  count: text('{n} 人', '{n} people'),
  cases: text('在办案件', 'Open cases'),
};
