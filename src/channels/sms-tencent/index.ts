// Follows Tencent Cloud SMS, API version 2021-01-11, as published: «签名方法 v3» (TC3-HMAC-SHA256), SendSms,
// DescribeSmsTemplateList; receipts («短信下发状态通知») and replies («短信回复通知») pushed as JSON and answered
// {"result":0,"errmsg":"OK"}. The pushes are not signed: our secret address is their proof.
import { createHash } from 'node:crypto';
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
  recordIn,
  refusedBy,
  unreadable,
  well,
  wordsIn,
} from '../messaging/answers.ts';
import { localNumber } from '../messaging/local-number.ts';
import type { Call, Finding, Heard, Incoming, Messenger, Sent, Wire } from '../messaging/messenger.ts';
import { besides } from '../messaging/words.ts';
import { tc3Authorization } from './sign.ts';

const KIND = 'smstencent';
const VERSION = '2021-01-11';
const HOST = 'sms.tencentcloudapi.com';
// What one variable may hold depends on the account: the longer is tried first.
const LONGEST_VARIABLE = 35;
const SHORTER_VARIABLE = 12;
const TOO_LONG = 'InvalidParameterValue.TemplateParameterLengthLimit';

const MEANINGS: Meanings = {
  'AuthFailure.SecretIdNotFound': final('SecretId 不存在', 'There is no such SecretId'),
  'AuthFailure.SignatureFailure': final('SecretKey 不对', 'The SecretKey is wrong'),
  'AuthFailure.SignatureExpire': later(
    '本机时钟与对方相差超过 5 分钟，请校准服务器时间',
    'This server’s clock is off by more than 5 minutes: set it right',
  ),
  'AuthFailure.UnauthorizedOperation': final(
    '该密钥没有短信权限，请在访问管理里授权 QcloudSMSFullAccess',
    'This key may not send messages: grant it QcloudSMSFullAccess',
  ),
  'UnauthorizedOperation.SmsSdkAppIdVerifyFail': final('SdkAppId 不对', 'The SdkAppId is wrong'),
  'FailedOperation.SignatureIncorrectOrUnapproved': final(
    '短信签名不存在或未通过审核',
    'The signature is unknown or not approved',
  ),
  'FailedOperation.TemplateIncorrectOrUnapproved': final(
    '短信模板不存在或未通过审核',
    'The template is unknown or not approved',
  ),
  'FailedOperation.TemplateParamSetNotMatchApprovedTemplate': final(
    '模板变量与设置不符：通知模板应有 {1} 编号和 {2} 内容，验证码模板应有 {1}',
    'The template’s variables must be {1} number and {2} words; {1} for a code',
  ),
  [TOO_LONG]: final('单个变量太长', 'A variable is too long'),
  'FailedOperation.InsufficientBalanceInSmsPackage': later(
    '短信套餐包余量不足，请购买',
    'The package has run out: buy more',
  ),
  'FailedOperation.PhoneNumberInBlacklist': final(
    '对方在免打扰名单里',
    'He is on the list of those who refuse messages',
  ),
  'InvalidParameterValue.IncorrectPhoneNumber': final('手机号不对', 'The telephone number is wrong'),
  'LimitExceeded.PhoneNumberThirtySecondLimit': later(
    '给同一手机号发得太快，稍后再发',
    'Too fast for one number; later again',
  ),
  'LimitExceeded.PhoneNumberOneHourLimit': later(
    '给同一手机号发得太多，稍后再发',
    'Too many for one number; later again',
  ),
  'LimitExceeded.PhoneNumberDailyLimit': later(
    '给同一手机号今天发得太多，明天再发',
    'Too many for one number today; tomorrow again',
  ),
  'LimitExceeded.DailyLimit': later('今天的总量用完了，明天再发', 'Today’s limit is reached; tomorrow again'),
  RequestLimitExceeded: later('调用太频繁，稍后再发', 'Too many calls; later again'),
  InternalError: later('短信平台出错，稍后再发', 'The service failed; later again'),
};
const refused = (code: string, message: string): Sent & { ok: false } => refusedBy(KIND, MEANINGS, code, message);

async function call(
  wire: Wire,
  action: string,
  params: object,
): Promise<{ ok: true; record: { [name: string]: unknown } } | (Sent & { ok: false })> {
  const { secretId = '', secretKey = '', region = '' } = wire.settings;
  const body = JSON.stringify(params);
  // The vendor refuses what is older than five minutes by its own clock.
  const timestamp = Math.floor(Date.now() / 1000);
  const host = new URL(wire.base).host;
  const said = jsonOf(
    await wire.fetch(`${wire.base}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: tc3Authorization({ secretId, secretKey, service: 'sms', host, body, timestamp }),
        'x-tc-action': action,
        'x-tc-version': VERSION,
        'x-tc-region': region || 'ap-guangzhou',
        'x-tc-timestamp': String(timestamp),
      },
      body,
    }),
  );
  const record = recordIn(said.Response);
  const error = recordIn(record.Error);
  return wordsIn(error, 'Code') === ''
    ? { ok: true, record }
    : refused(wordsIn(error, 'Code'), wordsIn(error, 'Message'));
}

async function sendTemplate(wire: Wire, to: string, template: string, values: string[], id: string): Promise<Sent> {
  const said = await call(wire, 'SendSms', {
    PhoneNumberSet: [`+86${to}`],
    SmsSdkAppId: wire.settings.sdkAppId ?? '',
    SignName: wire.settings.signName ?? '',
    TemplateId: template,
    TemplateParamSet: values,
    SessionContext: id,
  });
  if (!said.ok) return said;
  const [status] = Array.isArray(said.record.SendStatusSet) ? said.record.SendStatusSet : [];
  const one = recordIn(status);
  return wordsIn(one, 'Code') === 'Ok'
    ? { ok: true, providerId: wordsIn(one, 'SerialNo') || null }
    : refused(wordsIn(one, 'Code'), wordsIn(one, 'Message'));
}

const cut = (words: string, length: number): string => [...words].slice(0, length).join('');
const scalar = z.union([z.string(), z.number()]).transform(String);
const mobile = scalar.transform(localNumber);
const report = z.array(
  z.looseObject({
    mobile,
    sid: z.string().min(1),
    report_status: z.enum(['SUCCESS', 'FAIL']),
    errmsg: z.string().default(''),
    description: z.string().default(''),
  }),
);
const reply = z.looseObject({ mobile, text: z.string(), time: scalar, extend: z.string().default('') });

/** Receipts come as a list, a reply by itself; both to one address. */
function hear({ body, method }: Call): Result<Heard> {
  const read = method === 'POST' ? parsed(body.toString('utf8')) : undefined;
  const [reports, answered] = [report.safeParse(read), reply.safeParse(read)];
  const incoming: Incoming[] = reports.success
    ? reports.data.map((one) => ({
        key: `report:${one.sid}:${one.mobile}`,
        sender: one.mobile,
        what: 'receipt',
        receipt: {
          providerId: one.sid,
          arrived: one.report_status === 'SUCCESS',
          note: [one.errmsg, one.description].filter(Boolean).join(' '),
        },
      }))
    : answered.success
      ? [
          {
            // A reply has no id: who, when and what are one.
            key: `reply:${createHash('sha256').update(JSON.stringify(answered.data)).digest('hex').slice(0, 32)}`,
            sender: answered.data.mobile,
            phone: answered.data.mobile,
            what: 'text',
            text: answered.data.text,
          },
        ]
      : [];
  if (!reports.success && !answered.success) return unreadable;
  return accept({ answer: { type: 'application/json', body: '{"result":0,"errmsg":"OK"}' }, incoming });
}

const TEMPLATES = [
  ['templateNotice', text('通知模板', 'Template for notices')],
  ['templateCode', text('验证码模板', 'Template for codes')],
] as const;

async function check(wire: Wire): Promise<Finding[]> {
  const wanted = TEMPLATES.filter(([name]) => (wire.settings[name] ?? '') !== '');
  const ids = wanted.map(([name]) => Number(wire.settings[name]));
  const said = await call(wire, 'DescribeSmsTemplateList', { International: 0, TemplateIdSet: ids });
  const key = text('密钥', 'Key');
  if (!said.ok) return [notWell(key, said)];
  const list = (Array.isArray(said.record.DescribeTemplateStatusSet) ? said.record.DescribeTemplateStatusSet : []).map(
    recordIn,
  );
  return [
    well(key),
    ...wanted.map(([name, what]): Finding => {
      const found = list.find((one) => wordsIn(one, 'TemplateId') === wire.settings[name]);
      const status = found ? wordsIn(found, 'StatusCode') : '';
      if (status === '0') return well(what, '已通过审核', 'Approved');
      if (status === '1' || status === '2') return { what, ok: false, said: text('还在审核中', 'Still under review') };
      const why = found ? wordsIn(found, 'ReviewReply') : '';
      return {
        what,
        ok: false,
        said: found
          ? text(`审核未通过（${why}），请修改后重新提交`, `Rejected (${why}): change it and submit it again`)
          : text('没有这个模板 ID', 'There is no such template'),
      };
    }),
  ];
}

/** Short messages, by Tencent Cloud. */
export const smsTencent = {
  kind: KIND,
  channel: 'sms',
  byTelephone: true,
  title: text('短信（腾讯云）', 'SMS (Tencent Cloud)'),
  base: `https://${HOST}`,
  where: text(
    '短信控制台 › 应用管理 › 应用列表 › 应用配置 › 回调设置，下发和回复两处都填',
    'SMS console › applications › configuration › callbacks, both for receipts and replies',
  ),
  settings: [
    {
      name: 'secretId',
      title: text('SecretId', 'SecretId'),
      hint: text('建议用只有短信权限的子账号', 'Best of a sub-account for messages only'),
      required: true,
      pattern: /^[A-Za-z0-9]{8,64}$/,
    },
    {
      name: 'secretKey',
      title: text('SecretKey', 'SecretKey'),
      hint: text('保存后不再显示', 'Never shown again'),
      required: true,
      secret: true,
    },
    {
      name: 'sdkAppId',
      title: text('SdkAppId', 'SdkAppId'),
      hint: text('短信控制台 › 应用管理，1400 开头', 'SMS console › applications; begins with 1400'),
      required: true,
      pattern: /^\d{6,12}$/,
    },
    {
      name: 'signName',
      title: text('短信签名', 'Signature'),
      hint: text('已通过审核的签名，不带【】', 'An approved one, without brackets'),
      required: true,
    },
    {
      name: 'templateNotice',
      title: text('通知模板 ID', 'Template for notices'),
      hint: text('变量 {1} 是编号，{2} 是内容', 'Variable {1} is the number, {2} the words'),
      required: true,
      pattern: /^\d{1,12}$/,
    },
    {
      name: 'templateCode',
      title: text('验证码模板 ID', 'Template for codes'),
      hint: text('变量 {1} 是验证码；不填则不发验证码', 'Variable {1} is the code. Without it no codes are sent'),
      pattern: /^\d{1,12}$/,
    },
    {
      name: 'region',
      title: text('地域', 'Region'),
      hint: text('一般不填，即 ap-guangzhou', 'Usually empty: ap-guangzhou'),
      pattern: /^[a-z]+(-[a-z]+)+$/,
    },
  ],
  hear,
  async send(wire, { id, to, text: words, number }) {
    const by = (length: number): Promise<Sent> =>
      sendTemplate(
        wire,
        to,
        wire.settings.templateNotice ?? '',
        [number ?? '-', cut(besides(number, words), length)],
        id,
      );
    const sent = await by(LONGEST_VARIABLE);
    return sent.ok || sent.why.code !== `${KIND}.${TOO_LONG}` ? sent : by(SHORTER_VARIABLE);
  },
  sendCode: (wire, to, code) =>
    (wire.settings.templateCode ?? '') === ''
      ? noTemplate(KIND)
      : sendTemplate(wire, to, wire.settings.templateCode ?? '', [code], ''),
  check,
} satisfies Messenger;
