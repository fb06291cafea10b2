import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const TENCENT = {
  secretId: 'AKIDexample0001',
  secretKey: 'tencent-secret',
  sdkAppId: '1400006666',
  signName: '锦绣物业',
  templateNotice: '449739',
  templateCode: '449740',
};

const hash = (words: string): string => createHash('sha256').update(words).digest('hex');
const hmac = (key: string | Buffer, words: string): Buffer => createHmac('sha256', key).update(words).digest();
const error = (Code: string): object => ({ Response: { Error: { Code, Message: Code }, RequestId: 'r' } });

/** Whether a request is signed by TC3-HMAC-SHA256, computed from what arrived: the headers it names, in their order. */
function fault({ headers, url = '' }: IncomingMessage, body: string): string | null {
  const said = /^TC3-HMAC-SHA256 Credential=(\S+?)\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (!said) return 'AuthFailure.SignatureFailure';
  const [, id = '', scope = '', names = '', given = ''] = said;
  if (id !== TENCENT.secretId) return 'AuthFailure.SecretIdNotFound';
  const timestamp = Number(headers['x-tc-timestamp']);
  if (!(Math.abs(timestamp - Date.now() / 1000) < 300)) return 'AuthFailure.SignatureExpire';
  const day = new Date(timestamp * 1000).toISOString().slice(0, 10);
  if (scope !== `${day}/sms/tc3_request` || !names.split(';').includes('host')) return 'AuthFailure.SignatureFailure';
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim().toLowerCase()}\n`);
  const canonical = ['POST', url, '', lines.join(''), names, hash(body)].join('\n');
  const key = hmac(hmac(hmac(`TC3${TENCENT.secretKey}`, day), 'sms'), 'tc3_request');
  const wanted = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hash(canonical)}`).toString('hex');
  return given === wanted ? null : 'AuthFailure.SignatureFailure';
}

/** Answers as Tencent Cloud SMS does; `take` keeps what was taken and answers its id. */
export function tencent(
  request: IncomingMessage,
  body: string,
  take: (to: string, text: string) => { id: string },
): object {
  const wrong = fault(request, body);
  if (wrong) return error(wrong);
  if (request.headers['x-tc-version'] !== '2021-01-11' || !request.headers['x-tc-region'])
    return error('InvalidParameter');
  const said = JSON.parse(body) as { [name: string]: unknown };
  if (request.headers['x-tc-action'] === 'DescribeSmsTemplateList') {
    const ids = said.TemplateIdSet as number[];
    const known = [TENCENT.templateNotice, TENCENT.templateCode].map(Number);
    const DescribeTemplateStatusSet = ids
      .filter((id) => known.includes(id))
      .map((TemplateId) => ({ TemplateId, StatusCode: 0, ReviewReply: '' }));
    return { Response: { DescribeTemplateStatusSet, RequestId: 'r' } };
  }
  if (request.headers['x-tc-action'] !== 'SendSms') return error('InvalidAction');
  if (said.SmsSdkAppId !== TENCENT.sdkAppId) return error('UnauthorizedOperation.SmsSdkAppIdVerifyFail');
  const [to = ''] = said.PhoneNumberSet as string[];
  const values = said.TemplateParamSet as string[];
  const status = (SerialNo: string, Code: string): object => ({
    Response: { SendStatusSet: [{ SerialNo, PhoneNumber: to, Fee: 1, Code, Message: Code }], RequestId: 'r' },
  });
  if (!/^\+861\d{10}$/.test(to)) return status('', 'InvalidParameterValue.IncorrectPhoneNumber');
  if (said.SignName !== TENCENT.signName) return status('', 'FailedOperation.SignatureIncorrectOrUnapproved');
  // This account is one whose variables hold twenty signs.
  if (values.some((value) => [...value].length > 20))
    return status('', 'InvalidParameterValue.TemplateParameterLengthLimit');
  return status(take(to.slice(3), values.join('|')).id, 'Ok');
}
