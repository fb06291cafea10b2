import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('接入渠道', 'Connected services'),
  why: text(
    '业主在微信、企业微信、钉钉里说一句话，或回一条短信，就能报事、问进展、评价；通知也从那里发给他。',
    'Owners report, ask and answer by message, and are told there what becomes of it.',
  ),
  back: text('返回接口与订阅', 'Back to interfaces'),
  off: text('未启用', 'Off'),
  on: text('已启用', 'On'),
  heard: text('最近收到推送 {at}', 'Last call {at}'),
  silent: text('还没收到过推送', 'No call yet'),
  callback: text('回调地址', 'Address for calls'),
  copy: text('复制', 'Copy'),
  copied: text('已复制', 'Copied'),
  fillIn: text('填到：{where}', 'Enter it at: {where}'),
  later: text('保存后这里给出回调地址', 'Save first; then its address stands here'),
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
