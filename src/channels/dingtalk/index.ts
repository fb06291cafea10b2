// Follows the DingTalk (钉钉) open platform as published: messages to an app's robot by HTTP, signed with HMAC-SHA256 over
// timestamp, line end and AppSecret; event callbacks sealed like WXBizMsgCrypt with the AppKey as receiver and answered with
// a sealed 'success', or both by a line that we open (stream.ts); /v1.0/oauth2/accessToken, /v1.0/robot/messageFiles/download, work notices by
// /topapi/message/corpconversation/asyncsend_v2, what became of them by …/getsendresult.
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
import type { Incoming, Letter, Messenger, NewToken, Sent, Wire } from '../messaging/messenger.ts';
import { hear } from './hear.ts';
import { openStream } from './stream.ts';

const BASE = 'https://api.dingtalk.com';
/** Work notices still live at the older address. */
const OLDER = 'https://oapi.dingtalk.com';
const older = ({ base }: Wire): string => (base === BASE ? OLDER : base);

/** Bytes of a work notice. */
const LONGEST = 2048;

const MEANINGS: Meanings = {
  invalidClientIdOrSecret: final('AppKey 或 AppSecret 不对', 'AppKey or AppSecret is wrong'),
  InvalidAuthentication: later('access_token 已失效，会自动换新', 'The access_token is over; another is fetched'),
  '40014': later('access_token 无效，会自动换新', 'The access_token is not valid; another is fetched'),
  '42001': later('access_token 已过期，会自动换新', 'The access_token is over; another is fetched'),
  '33012': final('没有这个员工：只能发给本企业成员', 'There is no such member: only members can be written to'),
  '400002': final('内容不合要求', 'The message is not as the service wants it'),
  '88': final(
    '应用没有发送工作通知的权限，请在开发者后台“权限管理”里开通',
    'The app may not send work notices: grant it in the developer console',
  ),
  '90018': later('调用太频繁，稍后再发', 'Too many calls; later again'),
  '-1': later('钉钉系统繁忙，稍后再发', 'The service is busy; later again'),
};
/** Why a work notice did not arrive, by the list that names him. */
const MISSED = [
  ['invalid_user_id_list', '没有这个员工'],
  ['forbidden_user_id_list', '今天发给他的工作通知超过上限'],
  ['failed_user_id_list', '钉钉没有送达'],
] as const;
type Said = { [name: string]: unknown };
const refusal = (record: Said): Sent & { ok: false } =>
  refusedBy(
    'dingtalk',
    MEANINGS,
    wordsIn(record, 'errcode') || wordsIn(record, 'code'),
    wordsIn(record, 'errmsg') || wordsIn(record, 'message'),
  );

const post = (wire: Wire, url: string, body: object, headers: { [name: string]: string } = {}) =>
  wire.fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

const fetchToken = (wire: Wire) => async (): Promise<NewToken> => {
  const { appKey = '', appSecret = '' } = wire.settings;
  const record = jsonOf(await post(wire, `${wire.base}/v1.0/oauth2/accessToken`, { appKey, appSecret }));
  if (wordsIn(record, 'accessToken') === '') throw new NoToken(refusal(record));
  return { token: wordsIn(record, 'accessToken'), lives: Number(record.expireIn) * SECOND };
};
const isStale = (record: Said): boolean =>
  ['40014', '42001'].includes(wordsIn(record, 'errcode')) || wordsIn(record, 'code') === 'InvalidAuthentication';

/** What the older interface says to an order about work notices. */
const asked = (wire: Wire, order: string, body: object): Promise<Said> =>
  withToken(
    wire,
    fetchToken(wire),
    async (token) =>
      jsonOf(
        await post(
          wire,
          `${older(wire)}/topapi/message/corpconversation/${order}?access_token=${encodeURIComponent(token)}`,
          body,
        ),
      ),
    isStale,
  );

async function send(wire: Wire, { to, text: words, link }: Letter): Promise<Sent> {
  const content = withLink(words, link, LONGEST);
  const record = await asked(wire, 'asyncsend_v2', {
    agent_id: Number(wire.settings.agentId),
    userid_list: to,
    msg: { msgtype: 'text', text: { content } },
  });
  return wordsIn(record, 'errcode') === '0'
    ? { ok: true, providerId: wordsIn(record, 'task_id') || null }
    : refusal(record);
}

const listed = (record: Said, name: string, who: string): boolean => {
  const list = record[name];
  return Array.isArray(list) && list.includes(who);
};

/** Work notices are taken for anybody; who got them and has opened them is told only when asked. */
async function receiptOf(
  wire: Wire,
  { providerId, to }: { providerId: string; to: string },
): Promise<Incoming['receipt'] | null> {
  const record = await asked(wire, 'getsendresult', {
    agent_id: Number(wire.settings.agentId),
    task_id: Number(providerId),
  });
  if (wordsIn(record, 'errcode') !== '0') throw new Error(refusal(record).why.message.en);
  const result = recordIn(record.send_result);
  if (listed(result, 'read_user_id_list', to)) return { providerId, arrived: true, read: true, note: '' };
  if (listed(result, 'unread_user_id_list', to)) return { providerId, arrived: true, note: '' };
  for (const [name, note] of MISSED) if (listed(result, name, to)) return { providerId, arrived: false, note };
  return null;
}

async function fetchMedia(wire: Wire, { id }: { id: string }): Promise<Buffer> {
  const robotCode = wire.settings.robotCode || (wire.settings.appKey ?? '');
  const record = await withToken(
    wire,
    fetchToken(wire),
    async (token) =>
      jsonOf(
        await post(
          wire,
          `${wire.base}/v1.0/robot/messageFiles/download`,
          { downloadCode: id, robotCode },
          { 'x-acs-dingtalk-access-token': token },
        ),
      ),
    isStale,
  );
  const url = wordsIn(record, 'downloadUrl');
  if (url === '') throw new Error(refusal(record).why.message.en);
  const answer = await wire.fetch(url);
  if (answer.status !== 200) throw new Error(`the file answered ${answer.status}`);
  return answer.bytes;
}

/** Messages to a robot of the company, and work notices to its members. */
export const dingtalk = {
  kind: 'dingtalk',
  title: text('钉钉', 'DingTalk'),
  base: BASE,
  where: text(
    '开发者后台 › 应用 › 机器人 › 消息接收模式选 HTTP，填消息接收地址',
    'Developer console › app › robot › HTTP mode',
  ),
  settings: [
    {
      name: 'appKey',
      title: text('AppKey（Client ID）', 'AppKey (client ID)'),
      hint: text('应用的凭证与基础信息页', 'On the app’s page of credentials'),
      required: true,
      pattern: /^[A-Za-z0-9]{6,64}$/,
    },
    {
      name: 'appSecret',
      title: text('AppSecret（Client Secret）', 'AppSecret (client secret)'),
      hint: text('保存后不再显示', 'Never shown again'),
      required: true,
      secret: true,
    },
    {
      name: 'agentId',
      title: text('AgentId', 'AgentId'),
      hint: text('发工作通知用', 'For work notices'),
      required: true,
      pattern: /^\d{1,15}$/,
    },
    {
      name: 'mode',
      title: text('怎样收消息', 'How messages come'),
      hint: text(
        '没有公网地址时选 Stream，钉钉后台也选同样的',
        'Stream where there is no public address; choose the same at DingTalk',
      ),
      choices: [
        { value: '', title: text('HTTP 推送到回调地址', 'HTTP, to our address') },
        { value: 'stream', title: text('Stream：本机连到钉钉', 'Stream: we connect to DingTalk') },
      ],
    },
    {
      name: 'robotCode',
      title: text('RobotCode', 'RobotCode'),
      hint: text('不填则与 AppKey 相同', 'Without it: the AppKey'),
    },
    {
      name: 'token',
      title: text('事件订阅 Token', 'Token for events'),
      hint: text('用事件订阅时填', 'Only for event callbacks'),
      secret: true,
    },
    {
      name: 'aesKey',
      title: text('事件订阅 aes_key', 'aes_key for events'),
      hint: text('43 位', '43 signs'),
      secret: true,
      pattern: /^[A-Za-z0-9+/]{43}$/,
    },
  ],
  hear,
  listen: (wire, take, failed) => (wire.settings.mode === 'stream' ? openStream(wire, take, failed) : null),
  send,
  receiptOf,
  fetchMedia,
  async check(wire) {
    await withToken(
      wire,
      fetchToken(wire),
      async () => undefined,
      () => false,
    );
    return [well(text('AppKey 和 AppSecret', 'AppKey and AppSecret'))];
  },
} satisfies Messenger;
