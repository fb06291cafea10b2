// Follows WeCom's page «群机器人配置说明»: /cgi-bin/webhook/send with the robot's key; text of at most 2048 bytes, whoever
// stands in mentioned_mobile_list is called by his name; 20 a minute.
import { text } from '#kernel/text.ts';
import { final, jsonOf, later, type Meanings, notWell, refusedBy, well, wordsIn } from '../messaging/answers.ts';
import { withLink } from '../messaging/clip.ts';
import type { Letter, Messenger, Sent, Wire } from '../messaging/messenger.ts';

const KIND = 'wecomgroup';
const LONGEST = 2048;
const MEANINGS: Meanings = {
  '93000': final(
    'Webhook 地址不对，或机器人已被移出群：请重新添加并复制地址',
    'The webhook address is wrong or the robot has left the group: add it again and copy the address',
  ),
  '40058': final('内容不合要求', 'The message is not as the service wants it'),
  '45009': later('每分钟最多 20 条，稍后再发', 'No more than 20 a minute; later again'),
  '-1': later('企业微信系统繁忙，稍后再发', 'The service is busy; later again'),
};

async function say(wire: Wire, content: string, mobiles: readonly string[]): Promise<Sent> {
  const { webhook = '' } = wire.settings;
  const key = URL.canParse(webhook) ? (new URL(webhook).searchParams.get('key') ?? '') : '';
  const record = jsonOf(
    await wire.fetch(`${wire.base}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content, mentioned_mobile_list: mobiles } }),
    }),
  );
  return wordsIn(record, 'errcode') === '0'
    ? { ok: true, providerId: null }
    : refusedBy(KIND, MEANINGS, wordsIn(record, 'errcode'), wordsIn(record, 'errmsg'));
}

/** Notices to the staff in a WeCom group, each calling the one it is for. */
export const wecomGroup: Messenger = {
  kind: KIND,
  staffGroup: true,
  title: text('企业微信群机器人（通知员工）', 'WeCom group robot (tells staff)'),
  base: 'https://qyapi.weixin.qq.com',
  settings: [
    {
      name: 'webhook',
      title: text('Webhook 地址', 'Webhook address'),
      hint: text(
        '群 › 添加群机器人 › 复制地址；它本身就是密钥',
        'Group › add a robot › copy its address; it is the key',
      ),
      required: true,
      secret: true,
      pattern: /^https:\/\/qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=[0-9a-f-]{36}$/,
    },
  ],
  send: (wire: Wire, { to, text: words, link }: Letter) => say(wire, withLink(words, link, LONGEST), [to]),
  async check(wire) {
    const group = text('群', 'Group');
    const sent = await say(wire, '回音：接入测试，请忽略。', []);
    return [
      sent.ok ? well(group, '已往群里发了一条测试消息', 'A line was written there to try it') : notWell(group, sent),
    ];
  },
};
