import { dingtalk } from './dingtalk/index.ts';
import { dingtalkGroup } from './dingtalk-group/index.ts';
import { feishu } from './feishu/index.ts';
import type { Messenger } from './messaging/messenger.ts';
import { sms } from './sms/index.ts';
import { smsTencent } from './sms-tencent/index.ts';
import { wechat } from './wechat/index.ts';
import { wecom } from './wecom/index.ts';
import { wecomGroup } from './wecom-group/index.ts';

/** Every service that carries messages. A new one is one folder and one name here. */
export const messengers: readonly Messenger[] = [
  wechat,
  wecom,
  dingtalk,
  feishu,
  sms,
  smsTencent,
  wecomGroup,
  dingtalkGroup,
];
