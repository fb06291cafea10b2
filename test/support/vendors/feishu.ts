import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const FEISHU = {
  appId: 'cli_a1b2c3d4e5f6',
  appSecret: 'feishu-secret',
  verificationToken: 'v-token-1234',
  encryptKey: 'kudryavka',
};

/** Answers as the Feishu open platform does; undefined for a path that is none of its own. */
export function feishu(
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
  body: string,
  state: {
    issue(): string;
    live(token: string): boolean;
    picture: Buffer;
    take(to: string, text: string): { id: string } | { code: number };
  },
): object | Buffer | undefined {
  if (!path.startsWith('/open-apis/')) return undefined;
  const said: { [name: string]: unknown } = body === '' ? {} : JSON.parse(body);
  if (path === '/open-apis/auth/v3/tenant_access_token/internal') {
    if (said.app_id !== FEISHU.appId) return { code: 10003, msg: 'invalid param' };
    if (said.app_secret !== FEISHU.appSecret) return { code: 10014, msg: 'app secret invalid' };
    return { code: 0, msg: 'ok', tenant_access_token: state.issue(), expire: 7200 };
  }
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!state.live(token)) return { code: 99991663, msg: 'invalid access token' };
  if (path === '/open-apis/bot/v3/info')
    return { code: 0, msg: 'ok', bot: { app_name: '回音', activate_status: 2, open_id: 'ou_bot' } };
  const file = /^\/open-apis\/im\/v1\/messages\/(om_\w+)\/resources\/(img_\w+)$/.exec(path);
  if (file) return query.get('type') === 'image' ? state.picture : { code: 234001, msg: 'invalid request param' };
  if (path !== '/open-apis/im/v1/messages' || query.get('receive_id_type') !== 'open_id')
    return { code: 404, msg: `no ${path}` };
  const { text } = JSON.parse(String(said.content)) as { text?: string };
  if (said.msg_type !== 'text' || !text || String(said.uuid).length > 50)
    return { code: 230001, msg: 'invalid request parameter' };
  const taken = state.take(String(said.receive_id), text);
  return 'id' in taken
    ? { code: 0, msg: 'success', data: { message_id: taken.id } }
    : { code: taken.code, msg: 'refused' };
}

/** A push as Feishu makes it: sealed and signed when there is an Encrypt Key, plain otherwise. */
export function feishuPush(
  content: object,
  key: string = FEISHU.encryptKey,
  at = Date.now(),
): { headers: { [name: string]: string }; body: string } {
  const plain = JSON.stringify(content);
  if (key === '') return { headers: { 'content-type': 'application/json' }, body: plain };
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  const encrypt = Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64');
  const body = JSON.stringify({ encrypt });
  const [timestamp, nonce] = [String(Math.floor(at / 1000)), randomBytes(6).toString('hex')];
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': createHash('sha256').update(`${timestamp}${nonce}${key}${body}`).digest('hex'),
    },
  };
}

/** An event of schema 2.0. */
export const feishuEvent = (
  type: string,
  id: string,
  event: object,
  token: string = FEISHU.verificationToken,
): object => ({
  schema: '2.0',
  header: {
    event_id: id,
    event_type: type,
    create_time: String(Date.now()),
    token,
    app_id: FEISHU.appId,
    tenant_key: 'tk',
  },
  event,
});
