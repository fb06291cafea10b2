import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('谁能办什么', 'Who may do what'),
  lead: text(
    '逐条说明：岗位、经手、地点、回避、案件走到哪一步。每条都注明依据和由谁办。',
    'Condition by condition: post, duty, place, standing aside, and where the case stands, each with its clause.',
  ),
  whichAct: text(
    '想知道哪一步为什么能办、不能办：请在案件页“暂时还不能办”“由别人办理”里点“逐条说明为什么”。',
    'Which act do you ask about? On the page of the case each act that is not yours or not due leads here.',
  ),
  toCase: text('打开案件', 'Open the case'),
  who: text('谁', 'Who'),
  what: text('做什么', 'Doing what'),
  me: text('我自己', 'Myself'),
  may: text('{name}现在可以办“{what}”', '{name} may do “{what}” now'),
  mayNot: text('{name}现在不能办“{what}”', '{name} may not do “{what}” now'),
  onCase: text('案件 {number}，现在是“{state}”', 'Case {number}, now at “{state}”'),
  holds: text('符合', 'Holds'),
  fails: text('不符合', 'Does not hold'),
  by: text('凭 {title}{unit}，{since} 起{until}', 'By {title}{unit}, since {since}{until}'),
  until: text('，至 {day}', ', until {day}'),
  always: text('一直', 'always'),
  recused: text('须回避的人', 'Who stands aside'),
  others: text('现在谁能办', 'Who can do it'),
  nobody: text('没有别人', 'Nobody else'),
  named: text('{name}（{as}）', '{name} ({as})'),
  heldSince: text('{post} · {unit}（{from} 起）', '{post} · {unit} (since {from})'),
  posts: text('现任岗位', 'Posts held'),
  standsIn: text('代 {name}（{from} 至 {to}）：{reason}', 'Stands in for {name} ({from} to {to}): {reason}'),
};
