// Follows the WeChat Official Account (微信公众号) API as published for service accounts: callbacks in plain or sealed mode
// (SHA-1 over token, timestamp, nonce; WXBizMsgCrypt), answered 'success' within 5 seconds, sent again three times with the
// same MsgId; /cgi-bin/token, /message/custom/send (within 48 hours of the last word), /message/template/send,
// /media/get, /menu/create.
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
import { hearWechatFamily } from '../messaging/wechat-family.ts';
import { besides } from '../messaging/words.ts';

const STALE = ['40001', '40014', '42001'];
/** He has not written for 48 hours, or was written to too often since: only a template still reaches him. */
const NOT_NOW = ['45015', '45047'];
const LONGEST_VARIABLE = 20;
/** Bytes of a message of the customer service. */
const LONGEST = 2048;

const MEANINGS: Meanings = {
  '40001': final('AppSecret 不对或 access_token 已失效', 'The AppSecret or the access_token is wrong'),
  '40018': final('菜单名太长', 'A name in the menu is too long'),
  '65316': final('自定义菜单被停用，请在后台启用', 'The menu is switched off: switch it on in the console'),
  '40013': final('AppID 不对', 'The AppID is wrong'),
  '40125': final('AppSecret 不对', 'The AppSecret is wrong'),
  '40243': final(
    'AppSecret 已被冻结，请在“基本配置”里解冻',
    'The AppSecret is frozen: thaw it in the basic configuration',
  ),
  '40164': final(
    '服务器 IP 不在白名单，请在“基本配置”里添加',
    'The server’s IP is not on the white list: add it in the basic configuration',
  ),
  '40003': final('没有这个用户', 'There is no such user of this account'),
  '40014': later('access_token 无效，会自动换新', 'The access_token is not valid; another is fetched'),
  '42001': later('access_token 已过期，会自动换新', 'The access_token is over; another is fetched'),
  '43004': final('对方没有关注公众号，收不到消息：请打电话', 'He does not follow the account: telephone him'),
  '43019': final('对方在黑名单里，请在“用户管理”里移出', 'He is on the account’s black list: take him off'),
  '43101': final('对方拒收这个模板：请打电话', 'He refuses this template: telephone him'),
  '45002': final('内容太长', 'The message is too long'),
  '45015': final(
    '对方超过 48 小时没有来信，只能发模板消息；请设置模板 ID',
    'He wrote more than 48 hours ago: only a template reaches him; set its ID',
  ),
  '45047': final(
    '对方来信后已连发太多条，等他再来信或设置模板 ID',
    'Too many messages since his last one; set a template ID',
  ),
  '48001': final(
    '公众号没有这个接口的权限：须是认证过的服务号',
    'The account has no right to this interface: it takes a verified service account',
  ),
  '48002': final('对方关闭了接收公众号消息', 'He has switched messages of the account off'),
  '48004': final('接口被封禁，请到公众平台查看原因', 'The interface is banned: see the platform for the reason'),
  '50002': final('公众号被限制，请到公众平台查看原因', 'The account is restricted: see the platform for the reason'),
  '40037': final(
    '模板 ID 不对，请从“模板消息”里复制',
    'The template ID is wrong: copy it from the account’s templates',
  ),
  '47003': final(
    '模板变量与设置不符，应有 character_string1 和 thing2',
    'The template’s variables must be character_string1 and thing2',
  ),
  '45009': later('接口调用超过每日上限，明天再发', 'The daily limit is reached; tomorrow again'),
  '45011': later('调用太频繁，稍后再发', 'Too many calls; later again'),
  '-1': later('微信系统繁忙，稍后再发', 'The service is busy; later again'),
};
type Said = { [name: string]: unknown };
const refusal = (record: Said): Sent & { ok: false } =>
  refusedBy('wechat', MEANINGS, wordsIn(record, 'errcode'), wordsIn(record, 'errmsg'));
const isStale = (record: Said): boolean => STALE.includes(wordsIn(record, 'errcode'));

const fetchToken = (wire: Wire) => async (): Promise<NewToken> => {
  const { appId = '', appSecret = '' } = wire.settings;
  const query = new URLSearchParams({ grant_type: 'client_credential', appid: appId, secret: appSecret });
  const record = jsonOf(await wire.fetch(`${wire.base}/cgi-bin/token?${query}`));
  if (wordsIn(record, 'access_token') === '') throw new NoToken(refusal(record));
  return { token: wordsIn(record, 'access_token'), lives: Number(record.expires_in) * 1000 };
};

const ask = (wire: Wire, path: string, body?: object): Promise<Said> =>
  withToken(
    wire,
    fetchToken(wire),
    async (token) =>
      jsonOf(
        await wire.fetch(
          `${wire.base}${path}?access_token=${encodeURIComponent(token)}`,
          body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        ),
      ),
    isStale,
  );

async function send(wire: Wire, letter: Letter): Promise<Sent> {
  const content = withLink(letter.text, letter.link, LONGEST);
  const said = await ask(wire, '/cgi-bin/message/custom/send', {
    touser: letter.to,
    msgtype: 'text',
    text: { content },
  });
  const code = wordsIn(said, 'errcode');
  if (code === '0') return { ok: true, providerId: null };
  const template = wire.settings.templateId ?? '';
  if (!NOT_NOW.includes(code) || template === '') return refusal(said);
  const value = (words: string): { value: string } => ({ value: [...words].slice(0, LONGEST_VARIABLE).join('') });
  const told = await ask(wire, '/cgi-bin/message/template/send', {
    touser: letter.to,
    template_id: template,
    ...(letter.link === null ? {} : { url: letter.link }),
    client_msg_id: letter.id.replaceAll('-', '').slice(0, 32),
    data: {
      character_string1: value(letter.number ?? '-'),
      thing2: value(besides(letter.number, letter.text).replace(/\s+/g, ' ')),
    },
  });
  return wordsIn(told, 'errcode') === '0' ? { ok: true, providerId: wordsIn(told, 'msgid') || null } : refusal(told);
}

async function fetchMedia(wire: Wire, { id }: { id: string }): Promise<Buffer> {
  const get = (token: string) =>
    wire.fetch(
      `${wire.base}/cgi-bin/media/get?access_token=${encodeURIComponent(token)}&media_id=${encodeURIComponent(id)}`,
    );
  const isJson = ({ type }: { type: string }): boolean => type.includes('json') || type.includes('text/plain');
  const answer = await withToken(wire, fetchToken(wire), get, (said) => isJson(said) && isStale(jsonOf(said)));
  if (!isJson(answer)) return answer.bytes;
  // Of a video not the bytes come, but where they are.
  const video = wordsIn(jsonOf(answer), 'video_url');
  if (video === '') throw new Error(refusal(jsonOf(answer)).why.message.en);
  const file = await wire.fetch(video);
  if (file.status !== 200) throw new Error(`the file answered ${file.status}`);
  return file.bytes;
}

async function check(wire: Wire): Promise<Finding[]> {
  const credentials = text('AppID 和 AppSecret', 'AppID and AppSecret');
  const template = text('模板', 'Template');
  const found: Finding[] = [];
  const record = await ask(wire, '/cgi-bin/template/get_all_private_template');
  const code = wordsIn(record, 'errcode');
  if (code !== '' && code !== '0') {
    // The token was good, or there would have been an exception.
    found.push(well(credentials), notWell(template, refusal(record)));
    return found;
  }
  found.push(well(credentials));
  const wanted = wire.settings.templateId ?? '';
  const list: readonly unknown[] = Array.isArray(record.template_list) ? record.template_list : [];
  const there = list.some(
    (one) => typeof one === 'object' && one !== null && 'template_id' in one && one.template_id === wanted,
  );
  if (wanted === '')
    found.push({
      what: template,
      ok: false,
      said: text(
        '没有设置：业主超过 48 小时没来信就收不到通知',
        'None is set: after 48 hours of silence nobody is reached',
      ),
    });
  else
    found.push(
      there
        ? well(template)
        : { what: template, ok: false, said: text('公众号里没有这个模板 ID', 'The account has no such template') },
    );
  return found;
}

/** Messages to and from the followers of an official account. */
export const wechat = {
  kind: 'wechat',
  title: text('微信公众号', 'WeChat Official Account'),
  base: 'https://api.weixin.qq.com',
  where: text('设置与开发 › 基本配置 › 服务器配置', 'Settings › basic configuration › server'),
  settings: [
    {
      name: 'appId',
      title: text('AppID', 'AppID'),
      hint: text('基本配置页上的开发者 ID', 'The developer ID'),
      required: true,
      pattern: /^wx[0-9a-z]{10,32}$/,
    },
    {
      name: 'appSecret',
      title: text('AppSecret', 'AppSecret'),
      hint: text('保存后不再显示', 'Never shown again'),
      required: true,
      secret: true,
    },
    {
      name: 'token',
      title: text('Token', 'Token'),
      hint: text('与“服务器配置”里的一致', 'As in the server configuration'),
      required: true,
      secret: true,
      pattern: /^\w{3,32}$/,
    },
    {
      name: 'aesKey',
      title: text('EncodingAESKey', 'EncodingAESKey'),
      hint: text('安全模式填 43 位；明文模式不填', '43 signs in sealed mode; none in plain mode'),
      secret: true,
      pattern: /^[A-Za-z0-9+/]{43}$/,
    },
    {
      name: 'templateId',
      title: text('通知模板 ID', 'Template for notices'),
      hint: text(
        '变量为 character_string1（编号）和 thing2（内容）',
        'With character_string1 (number) and thing2 (words)',
      ),
    },
  ],
  hear: (call, { token = '', aesKey = '', appId = '' }, now) =>
    hearWechatFamily(call, { token, aesKey, receiver: appId }, now),
  send,
  fetchMedia,
  async setMenu(wire, menu) {
    const said = await ask(wire, '/cgi-bin/menu/create', wechatMenu(menu));
    return wordsIn(said, 'errcode') === '0' ? { ok: true, providerId: null } : refusal(said);
  },
  check,
} satisfies Messenger;
