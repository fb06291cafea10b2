// Follows the Feishu (飞书) open platform as published for self-built apps: events of schema 2.0 pushed plain or sealed
// («将事件发送至开发者服务器»), /auth/v3/tenant_access_token/internal, /im/v1/messages («发送消息», de-duplicated by uuid),
// /im/v1/messages/…/resources («获取消息中的资源文件»), /bot/v3/info. Reading a message is told by im.message.message_read_v1.
import { SECOND } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import {
  final,
  jsonOf,
  later,
  type Meanings,
  NoToken,
  recordIn,
  refusedBy,
  well,
  withToken,
  wordsIn,
} from '../messaging/answers.ts';
import { withLink } from '../messaging/clip.ts';
import type { Finding, Letter, Messenger, NewToken, Sent, Wire } from '../messaging/messenger.ts';
import { hear } from './hear.ts';

/** Bytes of a text message, with room for its envelope. */
const LONGEST = 100_000;
const STALE = ['99991661', '99991663', '99991668'];
const MEANINGS: Meanings = {
  '10003': final('App ID 不对', 'The App ID is wrong'),
  '10014': final('App Secret 不对', 'The App Secret is wrong'),
  '99991661': later('tenant_access_token 已失效，会自动换新', 'The tenant_access_token is over; another is fetched'),
  '99991663': later('tenant_access_token 已失效，会自动换新', 'The tenant_access_token is over; another is fetched'),
  '99991668': later('tenant_access_token 已失效，会自动换新', 'The tenant_access_token is over; another is fetched'),
  '99991672': final(
    '应用缺少权限：请在开发者后台开通“获取与发送单聊、群组消息”并发布版本',
    'The app lacks a permission: grant im:message in the console and publish a version',
  ),
  '99991400': later('调用太频繁，稍后再发', 'Too many calls; later again'),
  '230001': final('内容不合要求', 'The message is not as the service wants it'),
  '230006': final(
    '应用没有开启机器人能力：请在开发者后台开启并发布版本',
    'The app has no robot: switch it on in the console and publish a version',
  ),
  '230013': final(
    '对方不在应用可用范围内，请在开发者后台扩大可用范围',
    'He is outside of the app’s availability: widen it in the console',
  ),
  '230020': later('给同一个人发得太快，稍后再发', 'Too fast for one person; later again'),
  '230027': final('应用缺少发消息的权限', 'The app may not send messages'),
  '230029': final('对方已离职', 'He has left the company'),
};
type Said = { [name: string]: unknown };
const refusal = (record: Said): Sent & { ok: false } =>
  refusedBy('feishu', MEANINGS, wordsIn(record, 'code'), wordsIn(record, 'msg'));
const isStale = (record: Said): boolean => STALE.includes(wordsIn(record, 'code'));
const JSON_BODY = { 'content-type': 'application/json; charset=utf-8' };

const fetchToken = (wire: Wire) => async (): Promise<NewToken> => {
  const { appId = '', appSecret = '' } = wire.settings;
  const record = jsonOf(
    await wire.fetch(`${wire.base}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: 'POST',
      headers: JSON_BODY,
      body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
    }),
  );
  const token = wordsIn(record, 'tenant_access_token');
  if (token === '') throw new NoToken(refusal(record));
  return { token, lives: Number(record.expire) * SECOND };
};
const ask = (wire: Wire, path: string, body?: object): Promise<Said> =>
  withToken(
    wire,
    fetchToken(wire),
    async (token) =>
      jsonOf(
        await wire.fetch(`${wire.base}/open-apis${path}`, {
          headers: { ...JSON_BODY, authorization: `Bearer ${token}` },
          ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
        }),
      ),
    isStale,
  );

async function send(wire: Wire, { id, to, text: words, link }: Letter): Promise<Sent> {
  const said = await ask(wire, '/im/v1/messages?receive_id_type=open_id', {
    receive_id: to,
    msg_type: 'text',
    content: JSON.stringify({ text: withLink(words, link, LONGEST) }),
    // A job that runs twice within an hour must not be read twice.
    uuid: id,
  });
  if (wordsIn(said, 'code') !== '0') return refusal(said);
  return { ok: true, providerId: wordsIn(recordIn(said.data), 'message_id') || null };
}

async function fetchMedia(wire: Wire, { id }: { id: string }): Promise<Buffer> {
  const [message = '', key = '', sort = ''] = id.split('/').map(encodeURIComponent);
  const answer = await withToken(
    wire,
    fetchToken(wire),
    (token) =>
      wire.fetch(`${wire.base}/open-apis/im/v1/messages/${message}/resources/${key}?type=${sort}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    (said) => said.type.includes('json') && isStale(jsonOf(said)),
  );
  if (answer.status !== 200 || answer.type.includes('json')) throw new Error(refusal(jsonOf(answer)).why.message.en);
  return answer.bytes;
}

async function check(wire: Wire): Promise<Finding[]> {
  const credentials = well(text('App ID 和 App Secret', 'App ID and App Secret'));
  const robot = text('机器人', 'Robot');
  const said = await ask(wire, '/bot/v3/info');
  if (wordsIn(said, 'code') !== '0') return [credentials, { what: robot, ok: false, said: refusal(said).why.message }];
  const bot = recordIn(said.bot);
  const name = wordsIn(bot, 'app_name');
  return [
    credentials,
    wordsIn(bot, 'activate_status') === '2'
      ? well(robot, `“${name}”可用`, `“${name}” is in use`)
      : {
          what: robot,
          ok: false,
          said: text(
            `“${name}”还没有启用：请发布版本并由管理员审核`,
            `“${name}” is not in use yet: publish a version and have it approved`,
          ),
        },
  ];
}

/** Messages to and from an app of the company in Feishu. */
export const feishu = {
  kind: 'feishu',
  title: text('飞书', 'Feishu'),
  base: 'https://open.feishu.cn',
  where: text(
    '开发者后台 › 应用 › 事件与回调 › 事件配置，选“将事件发送至开发者服务器”，并订阅“接收消息”“消息已读”',
    'Developer console › app › events › send to your server; subscribe to messages received and read',
  ),
  settings: [
    {
      name: 'appId',
      title: text('App ID', 'App ID'),
      hint: text('凭证与基础信息页，cli_ 开头', 'On the page of credentials; begins with cli_'),
      required: true,
      pattern: /^cli_[0-9a-z]{8,32}$/,
    },
    {
      name: 'appSecret',
      title: text('App Secret', 'App Secret'),
      hint: text('保存后不再显示', 'Never shown again'),
      required: true,
      secret: true,
    },
    {
      name: 'verificationToken',
      title: text('Verification Token', 'Verification Token'),
      hint: text('事件与回调 › 加密策略', 'Events › encryption'),
      required: true,
      secret: true,
    },
    {
      name: 'encryptKey',
      title: text('Encrypt Key', 'Encrypt Key'),
      hint: text('建议设置：推送会加密并签名', 'Best set: then pushes are sealed and signed'),
      secret: true,
    },
  ],
  hear,
  send,
  fetchMedia,
  check,
} satisfies Messenger;
