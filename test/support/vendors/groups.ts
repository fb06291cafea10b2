import { createHmac } from 'node:crypto';

export const GROUPS = {
  wecom: { webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7a0c-4bc4-97a0-0ec2bfa5aaa0' },
  dingtalk: {
    webhook: `https://oapi.dingtalk.com/robot/send?access_token=${'ab'.repeat(32)}`,
    secret: 'SECthisissecret00',
  },
};

type Take = (service: string, to: string, text: string) => void;
interface Said {
  msgtype: string;
  text: { content: string; mentioned_mobile_list?: string[] };
  at?: { atMobiles: string[] };
}

/** Answers as the group robots of WeCom and DingTalk do; undefined for a path that is none of theirs. */
export function groups(path: string, query: URLSearchParams, body: string, take: Take): object | undefined {
  if (path === '/cgi-bin/webhook/send') {
    if (query.get('key') !== new URL(GROUPS.wecom.webhook).searchParams.get('key'))
      return { errcode: 93000, errmsg: 'invalid webhook url' };
    const { msgtype, text } = JSON.parse(body) as Said;
    if (msgtype !== 'text' || Buffer.byteLength(text.content) > 2048)
      return { errcode: 40058, errmsg: 'content exceed max length' };
    take('wecomgroup', (text.mentioned_mobile_list ?? []).join(), text.content);
    return { errcode: 0, errmsg: 'ok' };
  }
  if (path === '/robot/send') {
    if (query.get('access_token') !== new URL(GROUPS.dingtalk.webhook).searchParams.get('access_token'))
      return { errcode: 400101, errmsg: 'access_token is not exist' };
    const timestamp = query.get('timestamp') ?? '';
    const { secret } = GROUPS.dingtalk;
    const wanted = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    if (!(Math.abs(Number(timestamp) - Date.now()) < 3_600_000) || query.get('sign') !== wanted)
      return { errcode: 310000, errmsg: 'sign not match' };
    const { msgtype, text, at } = JSON.parse(body) as Said;
    if (msgtype !== 'text') return { errcode: 400105, errmsg: 'unsupported msgtype' };
    take('dingtalkgroup', (at?.atMobiles ?? []).join(), text.content);
    return { errcode: 0, errmsg: 'ok' };
  }
  return undefined;
}
