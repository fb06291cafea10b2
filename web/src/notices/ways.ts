import { text } from '@room/kernel/text.ts';

const WAYS: Record<string, { zh: string; en: string }> = {
  page: text('只在本系统里看', 'Only here in the program'),
  email: text('邮件', 'E-mail'),
  sms: text('短信', 'SMS'),
  wechat: text('微信', 'WeChat'),
  wecom: text('企业微信', 'WeCom'),
  dingtalk: text('钉钉', 'DingTalk'),
  feishu: text('飞书', 'Feishu'),
  smstencent: text('短信（腾讯云）', 'SMS (Tencent)'),
  wecomgroup: text('企业微信群', 'WeCom group'),
  dingtalkgroup: text('钉钉群', 'DingTalk group'),
  webhook: text('其他程序', 'Other programs'),
};

/** What a way is called. */
export const wayName = (way: string): { zh: string; en: string } => WAYS[way] ?? text(way, way);
