// Follows DingTalk's page «自定义机器人接入»: /robot/send with the robot's access_token, signed by HMAC-SHA256 over
// milliseconds, line end and the secret of «加签»; whoever stands in at.atMobiles is called by his name; 20 a minute.
import { text } from '#kernel/text.ts';
import { robotSign } from '../dingtalk/hear.ts';
import { final, jsonOf, later, type Meanings, notWell, refusedBy, well, wordsIn } from '../messaging/answers.ts';
import { withLink } from '../messaging/clip.ts';
import type { Letter, Messenger, Sent, Wire } from '../messaging/messenger.ts';

const KIND = 'dingtalkgroup';
const LONGEST = 4096;
const MEANINGS: Meanings = {
  '310000': final(
    '机器人的安全设置没有通过：请核对加签密钥；若设了关键词或 IP，请去掉',
    'The robot’s safety settings refuse it: check the secret; take keywords and addresses off',
  ),
  '400013': final('群已解散，请换一个群的机器人', 'The group is no more: use the robot of another'),
  '400101': final('Webhook 地址不对，请重新复制', 'The webhook address is wrong: copy it again'),
  '400102': final('机器人已停用，请在群里启用', 'The robot is switched off: switch it on in the group'),
  '400106': final('机器人已被移出群，请重新添加', 'The robot has left the group: add it again'),
  '130101': later('每分钟最多 20 条，稍后再发', 'No more than 20 a minute; later again'),
  '410100': later('每分钟最多 20 条，稍后再发', 'No more than 20 a minute; later again'),
  '-1': later('钉钉系统繁忙，稍后再发', 'The service is busy; later again'),
};

async function say(wire: Wire, content: string, mobiles: readonly string[]): Promise<Sent> {
  const { webhook = '', secret = '' } = wire.settings;
  // The vendor compares with its own clock, also where a demo's clock was moved.
  const timestamp = String(Date.now());
  const token = URL.canParse(webhook) ? (new URL(webhook).searchParams.get('access_token') ?? '') : '';
  const query = new URLSearchParams({ access_token: token, timestamp, sign: robotSign(timestamp, secret) });
  const record = jsonOf(
    await wire.fetch(`${wire.base}/robot/send?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content }, at: { atMobiles: mobiles, isAtAll: false } }),
    }),
  );
  return wordsIn(record, 'errcode') === '0'
    ? { ok: true, providerId: null }
    : refusedBy(KIND, MEANINGS, wordsIn(record, 'errcode'), wordsIn(record, 'errmsg'));
}

/** Notices to the staff in a DingTalk group, each calling the one it is for. */
export const dingtalkGroup: Messenger = {
  kind: KIND,
  staffGroup: true,
  title: text('钉钉群机器人（通知员工）', 'DingTalk group robot (tells staff)'),
  base: 'https://oapi.dingtalk.com',
  settings: [
    {
      name: 'webhook',
      title: text('Webhook 地址', 'Webhook address'),
      hint: text('群设置 › 机器人 › 自定义 › 复制 Webhook', 'Group settings › robots › custom › copy the webhook'),
      required: true,
      secret: true,
      pattern: /^https:\/\/oapi\.dingtalk\.com\/robot\/send\?access_token=\w{16,128}$/,
    },
    {
      name: 'secret',
      title: text('加签密钥', 'Signing secret'),
      hint: text('安全设置选“加签”，SEC 开头', 'Safety settings › signing; it begins with SEC'),
      required: true,
      secret: true,
      pattern: /^SEC\w{8,128}$/,
    },
  ],
  send: (wire: Wire, { to, text: words, link }: Letter) => say(wire, withLink(`${words} @${to}`, link, LONGEST), [to]),
  async check(wire) {
    const group = text('群', 'Group');
    const sent = await say(wire, '回音：接入测试，请忽略。', []);
    return [
      sent.ok ? well(group, '已往群里发了一条测试消息', 'A line was written there to try it') : notWell(group, sent),
    ];
  },
};
