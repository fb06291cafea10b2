// The samples that the services publish with their own libraries: what we compute must be what they computed.
import { expect, test } from 'vitest';
import { dingtalk } from './dingtalk/index.ts';
import { openLark } from './feishu/hear.ts';
import { feishu } from './feishu/index.ts';
import type { Call } from './messaging/messenger.ts';
import { openEnvelope, sealEnvelope, sortedSha1 } from './messaging/vendor-crypto.ts';
import { readVendorXml } from './messaging/vendor-xml.ts';
import { signedQuery } from './sms/sign.ts';
import { tc3Authorization } from './sms-tencent/sign.ts';
import { wechat } from './wechat/index.ts';
import { wecom } from './wecom/index.ts';

const call = (method: string, query: { [name: string]: string }, body = ''): Call => ({
  method,
  query: new URLSearchParams(query),
  header: () => undefined,
  body: Buffer.from(body),
});
const WECOM = {
  token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
  aesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
  corpId: 'ww1436e0e65a779aee',
};
const WECOM_SEALED =
  'Kl7kjoSf6DMD1zh7rtrHjFaDapSCkaOnwu3bqLc5tAybhhMl9pFeK8NslNPVdMwmBQTNoW4mY7AIjeLvEl3NyeTkAgGzBhzTtRLNshw2AEew+kkYcD+Fq72Kt00fT0WnN87hGrW8SqGc+NcT3mu87Ha3dz1pSDi6GaUA6A0sqfde0VJPQbZ9U+3JWcoD4Z5jaU0y9GSh010wsHF8KZD24YhmZH4ch4Ka7ilEbjbfvhKkNL65HHL0J6EYJIZUC2pFrdkJ7MhmEbU2qARR4iQHE7wy24qy0cRX3Mfp6iELcDNfSsPGjUQVDGxQDCWjayJOpcwocugux082f49HKYg84EpHSGXAyh+/oxwaWbvL6aSDPOYuPDGOCI8jmnKiypE+';
const WECHAT = {
  token: 'spamtest',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appId: 'wx2c2769f8efd9abc2',
};
const WECHAT_SEALED =
  'hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=';

test('企业微信验证网址时，回给它解开的那串数字', () => {
  const query = {
    msg_signature: '012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb',
    timestamp: '1476416373',
    nonce: '47744683',
    echostr: 'fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==',
  };
  const heard = wecom.hear(call('GET', query), WECOM, 1_476_416_373_000);
  expect(heard).toEqual({
    ok: true,
    value: { answer: { type: 'text/plain', body: '1288432023552776189' }, incoming: [] },
  });
  expect(
    wecom.hear(call('GET', { ...query, msg_signature: `${query.msg_signature.slice(1)}0` }), WECOM, 1_476_416_373_000)
      .ok,
  ).toBe(false);
  // A year later it is somebody's copy.
  expect(wecom.hear(call('GET', query), WECOM, 1_507_952_373_000).ok).toBe(false);
});

test('企业微信成员发来的一句话解得开，改动一个字就不收', () => {
  const query = {
    msg_signature: '0c3914025cb4b4d68103f6bfc8db550f79dcf48e',
    timestamp: '1476422779',
    nonce: '1597212914',
  };
  const body = (sealed: string): string =>
    `<xml><ToUserName><![CDATA[ww1436e0e65a779aee]]></ToUserName>\n<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
  const heard = wecom.hear(call('POST', query, body(WECOM_SEALED)), WECOM, 1_476_422_779_000);
  expect(heard).toMatchObject({
    ok: true,
    value: {
      answer: { body: 'success' },
      incoming: [{ key: 'message:1456453720', sender: 'ChenJiaShun', what: 'text', text: '你好' }],
    },
  });
  const changed = wecom.hear(call('POST', query, body(`A${WECOM_SEALED.slice(1)}`)), WECOM, 1_476_422_779_000);
  expect(changed).toMatchObject({ ok: false, refusal: { code: 'channel.badSignature' } });
});

test('公众号安全模式的消息解得开；别的公众号的密文不收', () => {
  const query = {
    msg_signature: '5d197aaffba7e9b25a30732f161a50dee96bd5fa',
    timestamp: '1409735669',
    nonce: '1320562132',
  };
  const body = `<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName><Encrypt><![CDATA[${WECHAT_SEALED}]]></Encrypt></xml>`;
  const heard = wechat.hear(call('POST', query, body), WECHAT, 1_409_735_669_000);
  expect(heard).toMatchObject({
    ok: true,
    value: {
      incoming: [{ key: 'message:6054768590064713728', sender: 'oyORnuP8q7ou2gfYjqLzSIWZf0rs', text: 'abcdteT' }],
    },
  });
  const other = wechat.hear(call('POST', query, body), { ...WECHAT, appId: 'wx0000000000000000' }, 1_409_735_669_000);
  expect(other).toMatchObject({ ok: false, refusal: { code: 'channel.unreadable' } });
  // Whoever chose the sealed mode takes nothing plain, however well it is signed.
  const signature = sortedSha1('spamtest', '1409735669', '1320562132');
  const plain = '<xml><FromUserName>x</FromUserName><MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>';
  expect(wechat.hear(call('POST', { ...query, signature }, plain), WECHAT, 1_409_735_669_000).ok).toBe(false);
});

test('钉钉公布的样例：签名一致，密文解出 success，我们封的它也解得开', () => {
  const sealed = 'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==';
  const key = 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus';
  expect(sortedSha1('tokenxxxx', '1605695694141', 'WelUQl6bCqcBa2fM', sealed)).toBe(
    'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
  );
  expect(openEnvelope(sealed, key, 'dingxxxxxx')).toBe('success');
  expect(openEnvelope(sealEnvelope('消息', key, 'dingxxxxxx'), key, 'dingxxxxxx')).toBe('消息');
  const query = {
    msg_signature: 'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
    timestamp: '1605695694141',
    nonce: 'WelUQl6bCqcBa2fM',
  };
  const heard = dingtalk.hear(
    call('POST', query, JSON.stringify({ encrypt: sealed })),
    { token: 'tokenxxxx', aesKey: key, appKey: 'dingxxxxxx' },
    1_605_695_694_141,
  );
  if (!heard.ok) throw new Error(heard.refusal.code);
  const answer: { encrypt: string } = JSON.parse(heard.value.answer.body);
  expect(openEnvelope(answer.encrypt, key, 'dingxxxxxx')).toBe('success');
});

test('钉钉加密推来的离职事件：离开的人不再给他发；过期的、签名不对的不收', () => {
  const keys = { token: 'tokenxxxx', aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus', appKey: 'dingxxxxxx' };
  const told = JSON.stringify({ EventType: 'user_leave_org', TimeStamp: '1', UserId: ['manager01'], CorpId: 'x' });
  const encrypt = sealEnvelope(told, keys.aesKey, keys.appKey);
  const query = {
    msg_signature: sortedSha1(keys.token, '1605695694141', 'n', encrypt),
    timestamp: '1605695694141',
    nonce: 'n',
  };
  const body = JSON.stringify({ encrypt });
  const hear = (look: { [name: string]: string }, now: number) => dingtalk.hear(call('POST', look, body), keys, now);
  expect(hear(query, 1_605_695_694_141)).toMatchObject({
    ok: true,
    value: { incoming: [{ sender: 'manager01', what: 'left' }] },
  });
  expect(hear(query, 1_605_695_694_141 + 2 * 3_600_000).ok).toBe(false);
  expect(hear({ ...query, nonce: 'm' }, 1_605_695_694_141).ok).toBe(false);
});

test('阿里云短信公布的样例：签名一致', () => {
  const params = {
    AccessKeyId: 'testId',
    Action: 'SendSms',
    Format: 'XML',
    OutId: '123',
    PhoneNumbers: '15300000001',
    RegionId: 'cn-hangzhou',
    SignName: '阿里云短信测试专用',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: '45e25e9b-0a6f-4070-8c85-2956eda1b466',
    SignatureVersion: '1.0',
    TemplateCode: 'SMS_71390007',
    TemplateParam: '{"customer":"test"}',
    Timestamp: '2017-07-12T02:42:19Z',
    Version: '2017-05-25',
  };
  expect(new URLSearchParams(signedQuery('GET', params, 'testSecret')).get('Signature')).toBe(
    'zJDF+Lrzhj/ThnlvIToysFRq6t4=',
  );
});

test('腾讯云公布的样例：签名一致', () => {
  const body = '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}';
  expect(
    tc3Authorization({
      secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
      secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
      service: 'cvm',
      host: 'cvm.tencentcloudapi.com',
      body,
      timestamp: 1_551_113_065,
    }),
  ).toBe(
    'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  );
});

test('飞书公布的样例：密文解出 hello world', () => {
  expect(openLark('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
  expect(openLark('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'another key')).not.toBe('hello world');
});

test('飞书明文推送：令牌和应用对得上才收；别的应用的、没有令牌的不收', () => {
  const settings = { appId: 'cli_a1b2c3d4e5f6', verificationToken: 'v-token' };
  const push = (header: object): string =>
    JSON.stringify({
      schema: '2.0',
      header: {
        event_id: 'e1',
        event_type: 'im.message.receive_v1',
        token: 'v-token',
        app_id: settings.appId,
        ...header,
      },
      event: {
        sender: { sender_id: { open_id: 'ou_1' } },
        message: {
          message_id: 'om_1',
          message_type: 'post',
          content: JSON.stringify({
            title: '',
            content: [[{ tag: 'text', text: '灯坏了' }], [{ tag: 'img', image_key: 'img_7' }]],
          }),
        },
      },
    });
  const hear = (body: string, more: object = {}) =>
    feishu.hear(call('POST', {}, body), { ...settings, ...more }, 1_700_000_000_000);
  expect(hear(push({}))).toMatchObject({
    ok: true,
    value: { incoming: [{ key: 'message:om_1', text: '灯坏了', media: { id: 'om_1/img_7/image' } }] },
  });
  expect(hear(push({ token: 'guessed' })).ok).toBe(false);
  expect(hear(push({ app_id: 'cli_another1' })).ok).toBe(false);
  expect(hear(push({}), { verificationToken: '' }).ok).toBe(false);
  expect(hear(push({}), { encryptKey: 'k' }).ok).toBe(false);
});

test('业主在消息里写的标签不会冒充微信的字段', () => {
  const read = readVendorXml(
    '<xml><FromUserName><![CDATA[owner]]></FromUserName><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[<FromUserName>boss</FromUserName>]]></Content></xml>',
  );
  expect(read).toMatchObject({ FromUserName: 'owner', Content: '<FromUserName>boss</FromUserName>' });
});
