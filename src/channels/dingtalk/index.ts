// Follows the DingTalk (钉钉) open platform as published: messages to an app's robot by HTTP, signed with HMAC-SHA256 over
// timestamp, line end and AppSecret; event callbacks sealed like WXBizMsgCrypt with the AppKey as receiver and answered with
// a sealed 'success'; /v1.0/oauth2/accessToken, /v1.0/robot/messageFiles/download, work notices by
// /topapi/message/corpconversation/asyncsend_v2.
import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { HOUR, type Instant, SECOND } from '#kernel/instant.ts';
import { accept, type Result } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import {
  badSignature,
  final,
  jsonOf,
  later,
  type Meanings,
  NoToken,
  refusedBy,
  unreadable,
  well,
  withToken,
  wordsIn,
} from '../messaging/answers.ts';
import type {
  Call,
  Heard,
  Incoming,
  Letter,
  Messenger,
  NewToken,
  Sent,
  Settings,
  Wire,
} from '../messaging/messenger.ts';
import { openEnvelope, sameSign, sealEnvelope, sortedSha1 } from '../messaging/vendor-crypto.ts';

const BASE = 'https://api.dingtalk.com';
/** Work notices still live at the older address. */
const OLDER = 'https://oapi.dingtalk.com';
const older = ({ base }: Wire): string => (base === BASE ? OLDER : base);

const MEANINGS: Meanings = {
  invalidClientIdOrSecret: final('AppKey 或 AppSecret 不对', 'AppKey or AppSecret is wrong'),
  '40014': later('access_token 无效', 'The access_token is not valid'),
  '42001': later('access_token 已过期', 'The access_token is over'),
  '33012': final('没有这个员工', 'There is no such member'),
  '88': final('应用没有发送工作通知的权限，请在开发者后台开通', 'The app may not send work notices'),
  '90018': later('调用太频繁，稍后再发', 'Too many calls; later again'),
  '-1': later('钉钉系统繁忙', 'The service is busy'),
};
type Said = { [name: string]: unknown };
const refusal = (record: Said): Sent & { ok: false } =>
  refusedBy(
    'dingtalk',
    MEANINGS,
    wordsIn(record, 'errcode') || wordsIn(record, 'code'),
    wordsIn(record, 'errmsg') || wordsIn(record, 'message'),
  );

/** The signature of robots, both ways. */
export const robotSign = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

const robotMessage = z.looseObject({
  msgId: z.string().min(1),
  msgtype: z.string(),
  senderId: z.string().default(''),
  senderStaffId: z.string().default(''),
  senderNick: z.string().optional(),
  text: z.looseObject({ content: z.string().default('') }).optional(),
  content: z.looseObject({ downloadCode: z.string().optional(), recognition: z.string().optional() }).optional(),
});
const sealed = z.looseObject({ encrypt: z.string() });

function hear({ method, body, query, header }: Call, settings: Settings, now: Instant): Result<Heard> {
  if (method !== 'POST') return unreadable;
  const read = parsed(body);
  const envelope = sealed.safeParse(read);
  if (envelope.success) return hearEvent(envelope.data.encrypt, query, settings, now);
  const timestamp = header('timestamp') ?? '';
  if (Math.abs(Number(timestamp) - now) > HOUR) return badSignature;
  if (!sameSign(header('sign'), robotSign(timestamp, settings.appSecret ?? ''))) return badSignature;
  const message = robotMessage.safeParse(read);
  if (!message.success) return unreadable;
  return accept({ answer: { type: 'application/json', body: '{}' }, incoming: [incomingOf(message.data)] });
}

function hearEvent(encrypt: string, query: URLSearchParams, settings: Settings, now: Instant): Result<Heard> {
  const { token = '', aesKey = '', appKey = '' } = settings;
  const given = query.get('msg_signature') ?? query.get('signature');
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  if (Math.abs(Number(timestamp) - now) > HOUR) return badSignature;
  if (token === '' || !sameSign(given, sortedSha1(token, timestamp, nonce, encrypt))) return badSignature;
  if (openEnvelope(encrypt, aesKey, appKey) === null) return unreadable;
  const answer = sealEnvelope('success', aesKey, appKey);
  const [timeStamp, ours] = [String(now), randomBytes(8).toString('hex')];
  const signed = { msg_signature: sortedSha1(token, timeStamp, ours, answer), timeStamp, nonce: ours, encrypt: answer };
  return accept({ answer: { type: 'application/json', body: JSON.stringify(signed) }, incoming: [] });
}

function incomingOf(message: z.infer<typeof robotMessage>): Incoming {
  const { msgId, msgtype, senderStaffId, senderId, senderNick: name, content } = message;
  // Only members of the company can be written to; others are still kept, and the refusal is seen.
  const from = { key: `message:${msgId}`, sender: senderStaffId || senderId, name };
  const code = content?.downloadCode ?? '';
  if (msgtype === 'text') return { ...from, what: 'text', text: (message.text?.content ?? '').trim() };
  if (msgtype === 'picture') return { ...from, what: 'picture', media: { id: code, name: '照片.jpg' } };
  if (msgtype === 'audio')
    return { ...from, what: 'voice', media: { id: code, name: '语音.amr' }, text: content?.recognition };
  return { ...from, what: 'other', text: msgtype };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

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

async function send(wire: Wire, { to, text: words, link }: Letter): Promise<Sent> {
  const content = link === null ? words : `${words}\n${link}`;
  const record = await withToken(
    wire,
    fetchToken(wire),
    async (token) =>
      jsonOf(
        await post(
          wire,
          `${older(wire)}/topapi/message/corpconversation/asyncsend_v2?access_token=${encodeURIComponent(token)}`,
          {
            agent_id: Number(wire.settings.agentId),
            userid_list: to,
            msg: { msgtype: 'text', text: { content } },
          },
        ),
      ),
    isStale,
  );
  return wordsIn(record, 'errcode') === '0'
    ? { ok: true, providerId: wordsIn(record, 'task_id') || null }
    : refusal(record);
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
export const dingtalk: Messenger = {
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
  send,
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
};
