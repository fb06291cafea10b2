import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('接入渠道', 'Connected services'),
  why: text(
    '业主在微信、企业微信、钉钉、飞书里说一句话，或回一条短信，就能报事、问进展、评价；通知也从那里发给他。群机器人只通知员工。',
    'Owners report, ask and answer by message, and are told there what becomes of it. Group robots tell staff only.',
  ),
  back: text('接口与订阅', 'Interfaces and subscriptions'),
  off: text('未启用', 'Off'),
  on: text('已启用', 'On'),
  heard: text('最近收到推送 {at}', 'Last call {at}'),
  silent: text('还没收到过推送', 'No call yet'),
  noLine: text('还没连上', 'Not connected yet'),
  callback: text('回调地址', 'Address for calls'),
  copy: text('复制', 'Copy'),
  copied: text('已复制', 'Copied'),
  fillIn: text('填到：{where}', 'Enter it at: {where}'),
  later: text('保存后这里给出回调地址', 'Save first; then its address stands here'),
  line: text(
    'Stream 方式：本机主动连到对方，不用公网地址，也不用填回调地址。在对方后台的机器人和事件订阅里都选 Stream。',
    'Stream: this server connects to the service. No public address is needed; choose Stream there for robot and events.',
  ),
  staffOnly: text(
    '只往这个群里发给员工的通知，并 @ 到人；业主的联系方式在里面是遮住的。“试一下”会往群里发一条测试消息。',
    'Only notices for staff are written to this group, each calling the one it is for; owners’ contacts are masked. Trying it writes one line there.',
  ),
  menu: text('菜单', 'Menu'),
  menuWhy: text(
    '对话下方的按钮，按制度里业主能自己报的事项生成。设置后替换对方现有的菜单。',
    'Buttons under the conversation, made of the matters owners can begin. Setting it replaces the menu there.',
  ),
  menuSet: text('设为菜单', 'Set the menu'),
  menuSetting: text('正在设…', 'Setting…'),
  kept: text('已保存；不改就留空', 'Kept; leave it empty to keep it'),
  use: text('启用这个渠道', 'Use this service'),
  save: text('保存', 'Save'),
  saved: text('已保存', 'Kept'),
  check: text('试一下', 'Try it'),
  checking: text('正在试…', 'Trying…'),
  well: text('正常', 'well'),
  wrong: text('不对', 'wrong'),
  settings: text('设置', 'Settings'),
};
