// Longer than usual: all services in one server, each as its vendor's published protocol has it. It checks what it is
// sent, issues tokens that end, and answers the errors it is told to.
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { sealEnvelope, sortedSha1 } from '#channels/messaging/vendor-crypto.ts';
import { feishu } from './vendors/feishu.ts';
import { groups } from './vendors/groups.ts';
import { openStreamEnd, type StreamEnd } from './vendors/stream.ts';
import { tencent } from './vendors/tencent.ts';

export const WECOM = {
  corpId: 'ww1436e0e65a779aee',
  agentId: '1000002',
  secret: 'wecom-secret',
  token: 'hJqcu3uJ9Tn2gXPm',
  aesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
};
export const WECHAT = {
  appId: 'wx2c2769f8efd9abc2',
  appSecret: 'wechat-secret',
  token: 'spamtest',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};
export const DINGTALK = {
  appKey: 'dingabc123',
  appSecret: 'ding-secret',
  agentId: '42',
  robotCode: 'dingabc123',
  token: 'tokenxxxx',
  aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
};
export const SMS = {
  accessKeyId: 'testId',
  accessKeySecret: 'testSecret',
  signName: '锦绣物业',
  templateNotice: 'SMS_100',
  templateCode: 'SMS_200',
};

/** One message that a service took. */
export interface Taken {
  service: string;
  to: string;
  text: string;
  id: string;
}
export interface Vendors {
  url: string;
  taken: Taken[];
  /** How often each service gave out a token. */
  tokens: { [service: string]: number };
  /** Answers of the next sendings of a service instead of taking them. */
  answers: { [service: string]: { errcode: number; errmsg: string }[] };
  /** What Alibaba Cloud says to messages for a number instead of taking them. */
  smsAnswers: { [to: string]: string };
  feishuAnswers: number[];
  /** What becomes of work notices, by recipient: unread unless it is said here. */
  workNotices: { [userId: string]: 'read' | 'invalid' | 'failed' };
  /** The menus that were set, by service. */
  menus: { [service: string]: unknown };
  /** DingTalk's end of the stream. */
  stream: StreamEnd;
  /** From now on every token given out before is over. */
  endTokens(): void;
  close(): Promise<void>;
}

// A JPEG of one pixel and the head of an AMR recording.
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z',
  'base64',
);
const AMR = Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(64, 0x3c)]);

/** What WeChat says to a menu; 0 when it is as it should be. */
function menuFault(menu: { button?: unknown[] }): number {
  interface Button {
    name: string;
    type?: string;
    key?: string;
    url?: string;
    sub_button?: Button[];
  }
  const buttons = (menu.button ?? []) as Button[];
  const wrong = ({ name, type, key, url }: Button, most: number): boolean =>
    Buffer.byteLength(name) > most || (type === 'click' ? !key || key.length > 128 : type !== 'view' || !url);
  if (buttons.length < 1 || buttons.length > 3) return 40016;
  for (const button of buttons) {
    const below = button.sub_button;
    if (below && (below.length < 1 || below.length > 5)) return 40023;
    if (below ? below.some((one) => wrong(one, 60)) || Buffer.byteLength(button.name) > 16 : wrong(button, 16))
      return 40018;
  }
  return 0;
}

export async function openVendors(port: number): Promise<Vendors> {
  const live = new Set<string>();
  const tasks: string[] = [];
  const state: Vendors = {
    url: `http://127.0.0.1:${port}`,
    taken: [],
    tokens: {},
    answers: {},
    smsAnswers: {},
    feishuAnswers: [],
    workNotices: {},
    menus: {},
    endTokens: () => live.clear(),
    get stream() {
      return stream;
    },
    close: () =>
      new Promise((done) => {
        stream.cut();
        server.close(() => done());
      }),
  };
  const issue = (service: string): string => {
    // A new token ends the one before it.
    for (const one of live) if (one.startsWith(`${service}-`)) live.delete(one);
    const token = `${service}-${randomBytes(8).toString('hex')}`;
    live.add(token);
    state.tokens[service] = (state.tokens[service] ?? 0) + 1;
    return token;
  };
  const over = { errcode: 42001, errmsg: 'access_token expired' };
  const wrong = { errcode: 40001, errmsg: 'invalid credential' };

  const answer = async (
    path: string,
    query: URLSearchParams,
    body: string,
    request: IncomingMessage,
  ): Promise<object | Buffer> => {
    const token = query.get('access_token') ?? '';
    const keep = (service: string, to: string, text: string): { id: string } => {
      const id = randomBytes(6).toString('hex');
      state.taken.push({ service, to, text, id });
      return { id };
    };
    if (request.headers['x-tc-action']) return tencent(request, body, (to, text) => keep('smstencent', to, text));
    const other =
      groups(path, query, body, keep) ??
      feishu(request, path, query, body, {
        issue: () => issue('feishu'),
        live: (one) => live.has(one),
        picture: JPEG,
        take: (to, text) => {
          const code = state.feishuAnswers.shift();
          return code === undefined ? { id: `om_${keep('feishu', to, text).id}` } : { code };
        },
      });
    if (other) return other;
    const said: { [name: string]: unknown } = body === '' ? {} : JSON.parse(body);
    const take = (service: string, to: unknown, text: unknown, done: object): object => {
      const [next, ...rest] = state.answers[service] ?? [];
      if (next) {
        state.answers[service] = rest;
        return next;
      }
      const id = randomBytes(6).toString('hex');
      state.taken.push({ service, to: String(to), text: String(text), id });
      return Object.fromEntries(Object.entries(done).map(([name, value]) => [name, value === '$id' ? id : value]));
    };
    const content = (): unknown => (said.text as { content?: string } | undefined)?.content;
    switch (path) {
      case '/cgi-bin/gettoken':
        return query.get('corpid') === WECOM.corpId && query.get('corpsecret') === WECOM.secret
          ? { errcode: 0, errmsg: 'ok', access_token: issue('wecom'), expires_in: 7200 }
          : wrong;
      case '/cgi-bin/token':
        return query.get('appid') === WECHAT.appId && query.get('secret') === WECHAT.appSecret
          ? { access_token: issue('wechat'), expires_in: 7200 }
          : { errcode: 40125, errmsg: 'invalid appsecret' };
      case '/v1.0/oauth2/accessToken':
        return said.appKey === DINGTALK.appKey && said.appSecret === DINGTALK.appSecret
          ? { accessToken: issue('dingtalk'), expireIn: 7200 }
          : { code: 'invalidClientIdOrSecret', message: 'wrong' };
      case '/v1.0/robot/messageFiles/download':
        return live.has(String(request.headers['x-acs-dingtalk-access-token']))
          ? { downloadUrl: `${state.url}/file` }
          : { code: 'InvalidAuthentication', message: 'over' };
      case '/file':
        return JPEG;
      case '/video':
        return Buffer.from('AAAAGGZ0eXBpc29tAAACAGlzb21tcDQx', 'base64');
      case '/v1.0/gateway/connections/open': {
        if (said.clientId !== DINGTALK.appKey || said.clientSecret !== DINGTALK.appSecret)
          return { code: 'authFailed', message: 'wrong client' };
        const topics = (said.subscriptions as { topic: string }[]).map(({ topic }) => topic);
        return { endpoint: `${state.url.replace('http', 'ws')}/connect`, ticket: stream.ticket(said.clientId, topics) };
      }
    }
    if (path === '/') return sms(query, state);
    if (!live.has(token)) return over;
    switch (path) {
      case '/cgi-bin/message/send':
        // What is too long is cut by the service.
        return said.agentid === Number(WECOM.agentId)
          ? take('wecom', said.touser, Buffer.from(String(content())).subarray(0, 2048).toString('utf8'), {
              errcode: 0,
              errmsg: 'ok',
              msgid: '$id',
            })
          : { errcode: 40056, errmsg: 'invalid agentid' };
      case '/cgi-bin/agent/get':
        return query.get('agentid') === WECOM.agentId
          ? { errcode: 0, errmsg: 'ok', name: '回音', close: 0 }
          : { errcode: 40056, errmsg: 'invalid agentid' };
      case '/cgi-bin/message/custom/send':
        return Buffer.byteLength(String(content())) > 2048
          ? { errcode: 45002, errmsg: 'content size out of limit' }
          : take('wechat', said.touser, content(), { errcode: 0, errmsg: 'ok' });
      case '/cgi-bin/menu/create': {
        const errcode = menuFault(said);
        if (errcode === 0) state.menus[token.split('-')[0] ?? ''] = said;
        return { errcode, errmsg: errcode === 0 ? 'ok' : 'invalid menu' };
      }
      case '/cgi-bin/message/template/send':
        if (
          Object.values(said.data as { [name: string]: { value: string } }).some(({ value }) => [...value].length > 20)
        )
          return { errcode: 47003, errmsg: 'argument invalid' };
        return take('template', said.touser, JSON.stringify(said.data), { errcode: 0, errmsg: 'ok', msgid: '$id' });
      case '/cgi-bin/template/get_all_private_template':
        return { template_list: [{ template_id: 'TPL1' }] };
      case '/cgi-bin/media/get':
        if (query.get('media_id') === 'video-1') return { video_url: `${state.url}/video` };
        return query.get('media_id') === 'voice-1' ? AMR : JPEG;
      case '/topapi/message/corpconversation/asyncsend_v2': {
        const msg = said.msg as { text: { content: string } };
        if (Buffer.byteLength(msg.text.content) > 2048) return { errcode: 400002, errmsg: 'invalid content' };
        const done = take('dingtalk', said.userid_list, msg.text.content, { errcode: 0, errmsg: 'ok', task_id: 0 });
        if (!('task_id' in done)) return done;
        tasks.push(String(said.userid_list));
        return { ...done, task_id: tasks.length };
      }
      case '/topapi/message/corpconversation/getsendresult': {
        const to = tasks[Number(said.task_id) - 1];
        if (to === undefined) return { errcode: 33017, errmsg: 'no such task' };
        return { errcode: 0, send_result: { [`${state.workNotices[to] ?? 'unread'}_user_id_list`]: [to] } };
      }
    }
    return { errcode: 404, errmsg: `no ${path}` };
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const at = new URL(request.url ?? '/', state.url);
      answer(at.pathname, at.searchParams, Buffer.concat(parts).toString('utf8'), request).then(
        (said) => {
          response.setHeader('content-type', Buffer.isBuffer(said) ? 'image/jpeg' : 'application/json');
          response.end(Buffer.isBuffer(said) ? said : JSON.stringify(said));
        },
        (cause: unknown) => response.writeHead(500).end(String(cause)),
      );
    });
  });
  const stream = openStreamEnd(server);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return state;
}

/** RPC signature 1.0, computed from what arrived and not by our code. */
function sms(query: URLSearchParams, state: Vendors): object {
  const encode = (words: string): string =>
    encodeURIComponent(words).replace(/[!'()*]/g, (s) => `%${s.charCodeAt(0).toString(16).toUpperCase()}`);
  const given = query.get('Signature');
  const all = [...query].filter(([name]) => name !== 'Signature').sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = all.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const wanted = createHmac('sha1', `${SMS.accessKeySecret}&`)
    .update(`GET&%2F&${encode(canonical)}`)
    .digest('base64');
  if (query.get('AccessKeyId') !== SMS.accessKeyId)
    return { Code: 'InvalidAccessKeyId.NotFound', Message: 'not found' };
  if (given !== wanted) return { Code: 'SignatureDoesNotMatch', Message: 'no match' };
  const action = query.get('Action');
  if (action === 'QuerySmsSign') return { Code: 'OK', SignStatus: query.get('SignName') === SMS.signName ? 1 : 0 };
  if (action === 'QuerySmsTemplate') return { Code: 'OK', TemplateStatus: 1 };
  const next = state.smsAnswers[query.get('PhoneNumbers') ?? ''];
  if (next !== undefined) return { Code: next, Message: next };
  const id = randomBytes(6).toString('hex');
  state.taken.push({ service: 'sms', to: query.get('PhoneNumbers') ?? '', text: query.get('TemplateParam') ?? '', id });
  return { Code: 'OK', Message: 'OK', BizId: id, RequestId: id };
}

const seconds = (): string => String(Math.floor(Date.now() / 1000));

/** A callback as WeChat or WeCom sends it, sealed: its query and its body. */
export function sealedCall(
  keys: { token: string; aesKey: string; receiver: string },
  fields: { [name: string]: string },
): { query: string; body: string } {
  const inner = `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`;
  const encrypt = sealEnvelope(inner, keys.aesKey, keys.receiver);
  const [timestamp, nonce] = [seconds(), '1320562132'];
  const query = new URLSearchParams({
    timestamp,
    nonce,
    msg_signature: sortedSha1(keys.token, timestamp, nonce, encrypt),
    encrypt_type: 'aes',
  });
  return {
    query: query.toString(),
    body: `<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  };
}

/** The headers of a message to a DingTalk robot. */
export function robotHeaders(secret: string): { [name: string]: string } {
  const timestamp = String(Date.now());
  return {
    timestamp,
    sign: createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'),
    'content-type': 'application/json',
  };
}
