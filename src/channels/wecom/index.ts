// Follows the WeCom (企业微信) server API as published for self-built apps: callbacks sealed with WXBizMsgCrypt (SHA-1 over
// token, timestamp, nonce and envelope; AES-256-CBC), answered 'success' within 5 seconds, sent again at most three times
// with the same MsgId; /cgi-bin/gettoken, /message/send with enable_duplicate_check, /media/get, /agent/get.
import { text } from '#kernel/text.ts';
import {
  final,
  jsonOf,
  later,
  type Meanings,
  NoToken,
  notWell,
  refusedBy,
  well,
  withToken,
  wordsIn,
} from '../messaging/answers.ts';
import { withLink } from '../messaging/clip.ts';
import { wechatMenu } from '../messaging/menu.ts';
import type { Finding, Letter, Messenger, NewToken, Sent, Wire } from '../messaging/messenger.ts';
import { isAesKey } from '../messaging/vendor-crypto.ts';
import { hearWechatFamily } from '../messaging/wechat-family.ts';

const STALE = ['40001', '40014', '42001'];
/** Bytes of a message; what is longer would be cut by the service, link and all. */
const LONGEST = 2048;
const MEANINGS: Meanings = {
  '40001': final('Secret 不对', 'The secret is wrong'),
  '40018': final('菜单名太长', 'A name in the menu is too long'),
  '40013': final('企业 ID 不对', 'The corp ID is wrong'),
  '40014': later('access_token 无效，会自动换新', 'The access_token is not valid; another is fetched'),
  '42001': later('access_token 已过期，会自动换新', 'The access_token is over; another is fetched'),
  '40056': final('AgentId 不对', 'The AgentId is wrong'),
  '301002': final('该 Secret 无权使用这个应用，请核对 AgentId', 'This secret is not of this app: check the AgentId'),
  '60020': final(
    '服务器 IP 不在企业可信 IP 内，请在应用页添加',
    'The server’s IP is not among the trusted ones of the app',
  ),
  '60011': final('应用没有权限发给这个成员，请检查可见范围', 'The app may not write to this member: check its scope'),
  '60111': final('成员不存在', 'There is no such member'),
  '81013': final(
    '成员不存在或不在应用可见范围，请在管理后台扩大可见范围',
    'No such member within the app’s scope: widen it in the console',
  ),
  '301021': final(
    '成员没有接口许可，请在管理后台购买并分配',
    'This member has no interface licence: buy and assign one in the console',
  ),
  '48002': final('应用没有这个接口的权限', 'The app has no right to this interface'),
  '45009': later('调用太频繁，稍后再发', 'Too many calls; later again'),
  '45033': later('并发调用太多，稍后再发', 'Too many calls at once; later again'),
  '-1': later('企业微信系统繁忙，稍后再发', 'The service is busy; later again'),
};
const refusal = (record: { [name: string]: unknown }): Sent & { ok: false } =>
  refusedBy('wecom', MEANINGS, wordsIn(record, 'errcode'), wordsIn(record, 'errmsg'));

const fetchToken = (wire: Wire) => async (): Promise<NewToken> => {
  const { corpId = '', secret = '' } = wire.settings;
  const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
  const record = jsonOf(await wire.fetch(`${wire.base}/cgi-bin/gettoken?${query}`));
  if (wordsIn(record, 'access_token') === '') throw new NoToken(refusal(record));
  return { token: wordsIn(record, 'access_token'), lives: Number(record.expires_in) * 1000 };
};
const isStale = (record: { [name: string]: unknown }): boolean => STALE.includes(wordsIn(record, 'errcode'));

const ask = (wire: Wire, path: string, body?: object): Promise<{ [name: string]: unknown }> =>
  withToken(
    wire,
    fetchToken(wire),
    async (token) =>
      jsonOf(
        await wire.fetch(
          `${wire.base}${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`,
          body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        ),
      ),
    isStale,
  );

async function send(wire: Wire, { to, text: words, link }: Letter): Promise<Sent> {
  const content = withLink(words, link, LONGEST);
  const record = await ask(wire, '/cgi-bin/message/send', {
    touser: to,
    msgtype: 'text',
    agentid: Number(wire.settings.agentId),
    text: { content },
    // A job that runs twice within half an hour must not be read twice.
    enable_duplicate_check: 1,
  });
  if (wordsIn(record, 'errcode') !== '0') return refusal(record);
  if (wordsIn(record, 'invaliduser') !== '')
    return refusedBy('wecom', MEANINGS, '81013', wordsIn(record, 'invaliduser'));
  if (wordsIn(record, 'unlicenseduser') !== '')
    return refusedBy('wecom', MEANINGS, '301021', wordsIn(record, 'unlicenseduser'));
  return { ok: true, providerId: wordsIn(record, 'msgid') || null };
}

async function fetchMedia(wire: Wire, { id }: { id: string }): Promise<Buffer> {
  const get = (token: string) =>
    wire.fetch(
      `${wire.base}/cgi-bin/media/get?access_token=${encodeURIComponent(token)}&media_id=${encodeURIComponent(id)}`,
    );
  const isJson = ({ type }: { type: string }): boolean => type.includes('json') || type.includes('text/plain');
  const answer = await withToken(wire, fetchToken(wire), get, (said) => isJson(said) && isStale(jsonOf(said)));
  if (isJson(answer)) throw new Error(refusal(jsonOf(answer)).why.message.en);
  return answer.bytes;
}

async function check(wire: Wire): Promise<Finding[]> {
  const credentials = text('企业 ID 和 Secret', 'Corp ID and secret');
  const app = text('应用', 'App');
  const record = await ask(wire, `/cgi-bin/agent/get?agentid=${encodeURIComponent(wire.settings.agentId ?? '')}`);
  if (wordsIn(record, 'errcode') !== '0') return [well(credentials), notWell(app, refusal(record))];
  const name = wordsIn(record, 'name');
  const open = wordsIn(record, 'close') !== '1';
  return [
    well(credentials),
    open
      ? well(app, `“${name}”可用`, `“${name}” is in use`)
      : { what: app, ok: false, said: text(`“${name}”已停用，请在管理后台启用`, `“${name}” is switched off`) },
  ];
}

/** Messages to and from an app of the company in WeCom. */
export const wecom = {
  kind: 'wecom',
  title: text('企业微信', 'WeCom'),
  base: 'https://qyapi.weixin.qq.com',
  where: text('应用管理 › 自建应用 › 接收消息 › 设置 API 接收', 'Apps › your app › receive messages › API'),
  settings: [
    {
      name: 'corpId',
      title: text('企业 ID', 'Corp ID'),
      hint: text('我的企业 › 企业信息', 'My company › company profile'),
      required: true,
      pattern: /^ww[0-9a-z]{10,40}$/,
    },
    {
      name: 'agentId',
      title: text('AgentId', 'AgentId'),
      hint: text('自建应用页上的数字', 'The number on the app’s page'),
      required: true,
      pattern: /^\d{1,12}$/,
    },
    {
      name: 'secret',
      title: text('Secret', 'Secret'),
      hint: text('自建应用页上查看；保存后不再显示', 'On the app’s page. Never shown again'),
      required: true,
      secret: true,
    },
    {
      name: 'token',
      title: text('Token', 'Token'),
      hint: text('与“接收消息”页上的一致', 'As on the page for receiving'),
      required: true,
      secret: true,
      pattern: /^\w{3,32}$/,
    },
    {
      name: 'aesKey',
      title: text('EncodingAESKey', 'EncodingAESKey'),
      hint: text('43 位', '43 signs'),
      required: true,
      secret: true,
      pattern: /^[A-Za-z0-9+/]{43}$/,
    },
  ],
  hear: (call, { token = '', aesKey = '', corpId = '' }, now) =>
    hearWechatFamily(call, { token, aesKey: isAesKey(aesKey) ? aesKey : '!', receiver: corpId }, now),
  send,
  fetchMedia,
  async setMenu(wire, menu) {
    const said = await ask(
      wire,
      `/cgi-bin/menu/create?agentid=${encodeURIComponent(wire.settings.agentId ?? '')}`,
      wechatMenu(menu),
    );
    return wordsIn(said, 'errcode') === '0' ? { ok: true, providerId: null } : refusal(said);
  },
  check,
} satisfies Messenger;
