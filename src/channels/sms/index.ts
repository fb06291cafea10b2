// Follows Alibaba Cloud Short Message Service, API version 2017-05-25, as published: RPC signature 1.0 (HMAC-SHA1), SendSms,
// QuerySmsTemplate, QuerySmsSign; receipts (SmsReport) and replies (SmsUp) pushed by HTTP as JSON arrays, which the service
// repeats after 1, 5 and 10 minutes until it is answered {"code":0}. It signs no pushes: our secret address is their proof.
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { accept, type Result } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import {
  final,
  jsonOf,
  later,
  type Meanings,
  noTemplate,
  notWell,
  parsed,
  refusedBy,
  unreadable,
  well,
  wordsIn,
} from '../messaging/answers.ts';
import { localNumber } from '../messaging/local-number.ts';
import type { Call, Finding, Heard, Incoming, Letter, Messenger, Sent, Wire } from '../messaging/messenger.ts';
import { besides } from '../messaging/words.ts';
import { signedQuery } from './sign.ts';

const VERSION = '2017-05-25';
// What one variable of an approved template may hold.
const LONGEST_VARIABLE = 35;

const MEANINGS: Meanings = {
  SignatureDoesNotMatch: final('AccessKey Secret 不对', 'The AccessKey secret is wrong'),
  'InvalidAccessKeyId.NotFound': final('AccessKey ID 不存在', 'There is no such AccessKey ID'),
  'isp.RAM_PERMISSION_DENY': final(
    '该 AccessKey 没有短信权限，请在 RAM 授权 AliyunDysmsFullAccess',
    'This AccessKey may not send messages: grant it AliyunDysmsFullAccess',
  ),
  'isv.SMS_SIGNATURE_ILLEGAL': final(
    '短信签名不存在或未通过审核，请在短信控制台核对',
    'The signature is unknown or not approved: look at the console',
  ),
  'isv.SMS_TEMPLATE_ILLEGAL': final(
    '短信模板不存在或未通过审核，请在短信控制台核对',
    'The template is unknown or not approved: look at the console',
  ),
  'isv.TEMPLATE_MISSING_PARAMETERS': final(
    '模板变量与设置不符，应有 number 和 text',
    'The template’s variables must be number and text',
  ),
  'isv.PRODUCT_UN_SUBSCRIPT': final(
    '还没有开通短信服务，请在控制台开通',
    'The service is not subscribed: do so in the console',
  ),
  'isv.ACCOUNT_ABNORMAL': final('账户异常，请到控制台查看', 'Something is wrong with the account: see the console'),
  'isv.BLACK_KEY_CONTROL_LIMIT': final(
    '内容里有平台不许的词，请换个说法或打电话',
    'The words are not allowed by the service: say it otherwise or telephone',
  ),
  'isv.PARAM_LENGTH_LIMIT': final('单个变量太长', 'A variable is too long'),
  'isv.DAY_LIMIT_CONTROL': later('今天的总量用完了，明天再发', 'Today’s limit is reached; tomorrow again'),
  'isv.MOBILE_NUMBER_ILLEGAL': final('手机号不对', 'The telephone number is wrong'),
  'isv.AMOUNT_NOT_ENOUGH': later('账户余额不足，请充值', 'The account has run out of money: pay in'),
  'isv.OUT_OF_SERVICE': later('账户已停机，请充值', 'The account is out of service: pay in'),
  'isv.BUSINESS_LIMIT_CONTROL': later('发送太频繁，稍后再发', 'Too many messages; later again'),
  'isp.SYSTEM_ERROR': later('短信平台出错', 'The service failed'),
  'Throttling.User': later('调用太频繁，稍后再发', 'Too many calls; later again'),
  ServiceUnavailable: later('短信平台暂不可用', 'The service is not available'),
};

type Said = { ok: true; record: { [name: string]: unknown } } | (Sent & { ok: false });

async function call(wire: Wire, action: string, params: { [name: string]: string }): Promise<Said> {
  const { settings, base } = wire;
  const all = {
    AccessKeyId: settings.accessKeyId ?? '',
    Action: action,
    Format: 'JSON',
    RegionId: 'cn-hangzhou',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    Timestamp: new Date(wire.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    Version: VERSION,
    ...params,
  };
  const record = jsonOf(await wire.fetch(`${base}/?${signedQuery('GET', all, settings.accessKeySecret ?? '')}`));
  const code = wordsIn(record, 'Code');
  return code === 'OK' ? { ok: true, record } : refusedBy('sms', MEANINGS, code, wordsIn(record, 'Message'));
}

async function sendTemplate(wire: Wire, to: string, template: string, values: object, id: string): Promise<Sent> {
  const said = await call(wire, 'SendSms', {
    PhoneNumbers: to,
    SignName: wire.settings.signName ?? '',
    TemplateCode: template,
    TemplateParam: JSON.stringify(values),
    OutId: id,
  });
  return said.ok ? { ok: true, providerId: wordsIn(said.record, 'BizId') } : said;
}

const phone = z.union([z.string(), z.number()]).transform((digits) => localNumber(String(digits)));
const report = z.array(
  z.looseObject({ phone_number: phone, biz_id: phone, success: z.boolean(), err_code: z.string().default('') }),
);
const reply = z.array(
  z.looseObject({
    phone_number: phone,
    content: z.string(),
    send_time: z.string().default(''),
    sequence_id: phone.optional(),
  }),
);

/** Receipts and replies come to one address; what a record holds tells which it is. */
function hear({ body, method }: Call): Result<Heard> {
  const read = method === 'POST' ? parsed(body.toString('utf8')) : undefined;
  const [reports, replies] = [report.safeParse(read), reply.safeParse(read)];
  const incoming: Incoming[] = reports.success
    ? reports.data.map((one) => ({
        key: `report:${one.biz_id}:${one.phone_number}`,
        sender: one.phone_number,
        what: 'receipt',
        receipt: { providerId: one.biz_id, arrived: one.success, note: one.err_code },
      }))
    : replies.success
      ? replies.data.map((one) => ({
          key: `reply:${one.sequence_id ?? createHash('sha256').update(JSON.stringify(one)).digest('hex').slice(0, 32)}`,
          sender: one.phone_number,
          phone: one.phone_number,
          what: 'text',
          text: one.content,
        }))
      : [];
  if (!reports.success && !replies.success) return unreadable;
  return accept({ answer: { type: 'application/json', body: '{"code":0,"msg":"接收成功"}' }, incoming });
}

const REVIEW = {
  sign: text('短信签名', 'Signature'),
  notice: text('通知模板', 'Template for notices'),
  code: text('验证码模板', 'Template for codes'),
};

async function check(wire: Wire): Promise<Finding[]> {
  const { signName = '', templateNotice = '', templateCode = '' } = wire.settings;
  const asked: [keyof typeof REVIEW, string, { [name: string]: string }, string][] = [
    ['sign', 'QuerySmsSign', { SignName: signName }, 'SignStatus'],
    ['notice', 'QuerySmsTemplate', { TemplateCode: templateNotice }, 'TemplateStatus'],
  ];
  if (templateCode !== '') asked.push(['code', 'QuerySmsTemplate', { TemplateCode: templateCode }, 'TemplateStatus']);
  const found: Finding[] = [];
  for (const [name, action, params, status] of asked) {
    const said = await call(wire, action, params);
    if (!said.ok) found.push(notWell(REVIEW[name], said));
    else if (wordsIn(said.record, status) === '1') found.push(well(REVIEW[name], '已通过审核', 'Approved'));
    else
      found.push({
        what: REVIEW[name],
        ok: false,
        said:
          wordsIn(said.record, status) === '0'
            ? text('还在审核中', 'Still under review')
            : text('审核未通过，请在短信平台修改后重新提交', 'Rejected; change it at the service'),
      });
  }
  return found;
}

/** Short messages, by Alibaba Cloud. */
export const sms = {
  kind: 'sms',
  byTelephone: true,
  title: text('短信（阿里云）', 'SMS (Alibaba Cloud)'),
  base: 'https://dysmsapi.aliyuncs.com',
  where: text(
    '短信服务 › 系统设置 › 接收短信报告和上行短信，选 HTTP 批量推送',
    'SMS › settings › reports and replies, HTTP batch push',
  ),
  settings: [
    {
      name: 'accessKeyId',
      title: text('AccessKey ID', 'AccessKey ID'),
      hint: text('建议用只有短信权限的 RAM 用户', 'Best of a RAM user for messages only'),
      required: true,
      pattern: /^[A-Za-z0-9]{4,64}$/,
    },
    {
      name: 'accessKeySecret',
      title: text('AccessKey Secret', 'AccessKey secret'),
      hint: text('保存后不再显示', 'Never shown again'),
      required: true,
      secret: true,
    },
    {
      name: 'signName',
      title: text('短信签名', 'Signature'),
      hint: text('已通过审核的签名，不带【】', 'An approved one, without brackets'),
      required: true,
    },
    {
      name: 'templateNotice',
      title: text('通知模板', 'Template for notices'),
      hint: text('模板 CODE，变量为 number 和 text', 'Its code; with the variables number and text'),
      required: true,
      pattern: /^SMS_\d+$/,
    },
    {
      name: 'templateCode',
      title: text('验证码模板', 'Template for codes'),
      hint: text(
        '模板 CODE，变量为 code；不填则不发短信验证码',
        'Its code; with the variable code. Without it no codes are sent',
      ),
      pattern: /^SMS_\d+$/,
    },
  ],
  hear: (call) => hear(call),
  send: (wire: Wire, { id, to, text: words, number }: Letter) =>
    sendTemplate(
      wire,
      to,
      wire.settings.templateNotice ?? '',
      { number: number ?? '-', text: [...besides(number, words)].slice(0, LONGEST_VARIABLE).join('') },
      id,
    ),
  sendCode: (wire, to, code) =>
    (wire.settings.templateCode ?? '') === ''
      ? noTemplate('sms')
      : sendTemplate(wire, to, wire.settings.templateCode ?? '', { code }, randomUUID()),
  check,
} satisfies Messenger;
