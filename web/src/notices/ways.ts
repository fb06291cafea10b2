import { text } from '@room/kernel/text.ts';

const WAYS: Record<string, { zh: string; en: string }> = {
  page: text('只在本系统里看', 'Only here in the program'),
  email: text('邮件', 'E-mail'),
  sms: text('短信', 'SMS'),
  wechat: text('微信', 'WeChat'),
  wecom: text('企业微信', 'WeCom'),
  dingtalk: text('钉钉', 'DingTalk'),
  webhook: text('其他程序', 'Other programs'),
};

/** What a way is called. */
export const wayName = (way: string): { zh: string; en: string } => WAYS[way] ?? text(way, way);
