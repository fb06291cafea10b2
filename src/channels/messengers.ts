import { dingtalk } from './dingtalk/index.ts';
import type { Messenger } from './messaging/messenger.ts';
import { sms } from './sms/index.ts';
import { wechat } from './wechat/index.ts';
import { wecom } from './wecom/index.ts';

/** Every service that carries messages. A new one is one folder and one name here. */
export const messengers: readonly Messenger[] = [sms, wecom, wechat, dingtalk];
