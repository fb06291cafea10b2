import { describe, expect, test } from 'vitest';
import { phoneIn, placeCalled, roomIn } from './find-contact.ts';
import { ownWords } from './own-words.ts';
import { keyOf, readMail } from './read-mail.ts';
import { type Around, toMatter } from './to-matter.ts';

const RECEIVED = Date.parse('2026-03-02T09:00:00+08:00');
const around: Around = { receivedAt: RECEIVED, room: null, attachments: [], refusedFiles: [] };
const bytes = (...parts: (string | Uint8Array)[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)));
/** 投诉：电梯坏了 and 三天了没有人修 in GB 2312. */
const SUBJECT_GB = Buffer.from('cdb6cbdfa3bab5e7ccddbbb5c1cb', 'hex');
const BODY_GB = Buffer.from('c8fdccecc1cbc3bbd3d0c8cbd0de', 'hex');

describe('reading', () => {
  test('a mail in GB 2312, base64 in subject and body, is read without a wrong character', async () => {
    const mail = await readMail(
      bytes(
        'From: =?gb2312?B?1cXI/Q==?= <zhang@example.com>\r\n',
        `Subject: =?gb2312?B?${SUBJECT_GB.toString('base64')}?=\r\n`,
        'Content-Type: text/plain; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n',
        BODY_GB.toString('base64'),
      ),
    );
    expect(mail).toMatchObject({ subject: '投诉：电梯坏了', text: '三天了没有人修', from: { name: '张三' } });
  });

  test('S1-08 GB18030 邮件中文不乱码：标题和正文是没有标明字符集的原始字节', async () => {
    const raw = bytes('From: a@example.com\r\nSubject: ', SUBJECT_GB, '\r\n\r\n', BODY_GB, '\r\n');
    expect(await readMail(raw)).toMatchObject({ subject: '投诉：电梯坏了', text: '三天了没有人修' });
  });

  test('a character that only GB 18030 has (𠮷, four bytes) arrives as itself, quoted-printable', async () => {
    const raw = bytes(
      'From: a@example.com\r\nSubject: =?GB18030?Q?=95=34=B2=35?=\r\n',
      'Content-Type: text/plain; charset=GB18030\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=95=34=B2=35=C0=EE\r\n',
    );
    expect(await readMail(raw)).toMatchObject({ subject: '𠮷', text: '𠮷李' });
  });

  test('a subject whose encoded words are cut in the middle is put together again', async () => {
    const raw = bytes(
      'From: a@example.com\r\nSubject: =?UTF-8?B?55S15qKv5Z2P5LqG?=\r\n =?UTF-8?B?77yM5LiJ5aSp?=\r\n\r\nx\r\n',
    );
    expect((await readMail(raw)).subject).toBe('电梯坏了，三天');
  });

  test('HTML becomes text, also when an empty plain part stands beside it', async () => {
    const html = '<p>楼道灯不亮</p><p>请来看看<br>谢谢</p><img src="https://x.example/p.gif">';
    const parts = `--b\r\nContent-Type: text/plain\r\n\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--b--\r\n`;
    const raw = bytes('From: a@example.com\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n', parts);
    expect((await readMail(raw)).text).toBe('楼道灯不亮\n\n请来看看\n谢谢');
    const alone = bytes('From: a@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n', html);
    expect((await readMail(alone)).text).toBe('楼道灯不亮\n\n请来看看\n谢谢');
  });

  test('bytes that are hardly a mail are read as far as they go and never stop the program', async () => {
    for (const raw of [
      '',
      '\0\0\0',
      'Subject',
      'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x\r\n',
      'From: <<>>,,@\r\nDate: never\r\n\r\n',
    ])
      expect(await readMail(bytes(raw))).toMatchObject({ date: null, messageId: null });
  });

  test('the same mail by two ways has one key; another text has another', () => {
    const mail = 'From: a@example.com\r\nMessage-ID: <1@x>\r\nSubject: x\r\n\r\nhello\r\n';
    const key = keyOf(bytes(mail));
    expect(keyOf(bytes(`Received: by way of b\r\nDelivered-To: c@d\r\n${mail}`))).toEqual(key);
    expect(keyOf(bytes(mail.replaceAll('\r\n', '\n')))).toEqual(key);
    expect(keyOf(bytes(mail.replace('hello', 'hallo')))).not.toEqual(key);
    expect(keyOf(bytes(mail.replace('<1@x>', '<2@x>')))).not.toEqual(key);
  });
});

describe('what the sender wrote himself', () => {
  test.each([
    ['还是没修好\n\n------------------ 原始邮件 ------------------\n发件人: 物业\n旧内容', '还是没修好'],
    ['还是没修好\n\n在 2026年3月2日，物业 <a@b.cn> 写道：\n> 旧内容', '还是没修好'],
    ['Still broken\n\nOn Mon, 2 Mar 2026 at 10:00, X <a@b.cn> wrote:\n> old', 'Still broken'],
    ['还是没修好\n\n发件人：物业\n发送时间：2026年3月2日\n旧内容', '还是没修好'],
    ['还是没修好\n-- \n张三\n某某公司', '还是没修好'],
    ['还是没修好\n\n发自我的iPhone', '还是没修好'],
    ['> 你们说已经修好\n其实没有', '其实没有'],
  ])('%j', (text, words) => {
    expect(ownWords(text).words).toBe(words);
  });

  test('a mail that only passes on an older one keeps it: nothing may be lost', () => {
    const text = '-----原始邮件-----\n发件人: 李四\n楼上漏水';
    expect(ownWords(text).words).toBe(text);
  });

  test('words with dashes and “来自” in them are not mistaken for a signature', () => {
    const text = '三月--五月都没人来\n噪音来自楼上的手机';
    expect(ownWords(text).words).toBe(text);
  });
});

describe('room and telephone', () => {
  test.each([
    ['我住3号楼2单元101', ['3', '2', '101']],
    ['住在 ３栋２单元１００１室', ['3', '2', '1001']],
    ['房号 3-2-101，请联系', ['3', '2', '101']],
    ['12幢502', ['12', null, '502']],
  ])('%s', (text, [building, entrance, room]) => {
    expect(roomIn(text)).toMatchObject({ building, entrance, room });
  });
  test.each(['2026-3-2 电梯坏了', '电话 0755-22-1015-3', '3 号楼下面', '订单 13-2-10155'])(
    '%s names no room',
    (text) => {
      expect(roomIn(text)).toBeNull();
    },
  );
  test('what stands after 地址 is taken as it is', () => {
    expect(placeCalled('地址：东门快递柜旁，灯不亮')).toBe('东门快递柜旁');
  });
  test.each([
    ['手机138 0013-8000', '13800138000'],
    ['+86 13800138000', '13800138000'],
    ['座机 0755-26001234', '075526001234'],
    ['编号 202603021380013 电话：13900139000', '13900139000'],
    ['单号13800138000123', null],
    ['没有电话', null],
  ])('%s', (text, phone) => {
    expect(phoneIn(text)).toBe(phone);
  });
});

describe('what a clerk would have written down', () => {
  const mail = async (subject: string, body: string, date = 'Sun, 01 Mar 2026 20:15:00 +0800') =>
    readMail(
      bytes(
        `From: "张三" <Zhang@Example.com>\r\nDate: ${date}\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`,
      ),
    );

  test('content, time, place and contact come out of the mail (S1-10)', async () => {
    const made = toMatter(await mail('电梯坏了', '3号楼2单元的电梯坏了三天\n-- \n张三 13800138000'), around);
    expect(made).toMatchObject({
      matter: 'complaint',
      receivedAt: RECEIVED,
      values: {
        content: '【电梯坏了】\n3号楼2单元的电梯坏了三天',
        occurredAt: Date.parse('2026-03-01T20:15:00+08:00'),
        place: { premisesId: null, text: '未写明，请联系时核对' },
        contactName: '张三',
        contactPhone: '13800138000',
        contactEmail: 'zhang@example.com',
      },
    });
  });

  test('a clock that is wrong by years, or ahead, is not believed', async () => {
    for (const date of ['Thu, 01 Jan 1970 00:00:00 +0000', 'Mon, 02 Mar 2026 12:00:00 +0800', 'nonsense'])
      expect(toMatter(await mail('x', 'y', date), around)?.values.occurredAt).toBe(RECEIVED);
  });

  test.each([
    ['建议：增设充电桩', '希望增设'],
    ['Re: 【意见】停车', 'x'],
    ['关于停车', '建议把东门打开'],
  ])('%s is a suggestion', async (subject, body) => {
    expect(toMatter(await mail(subject, body), around)?.matter).toBe('suggestion');
  });
  test('a complaint that has suggestions further on stays a complaint', async () => {
    expect(toMatter(await mail('投诉', '电梯坏了，建议更换'), around)?.matter).toBe('complaint');
  });

  test('words beyond what the form takes are kept whole as a file', async () => {
    const made = toMatter(await mail('长', '很长。'.repeat(3000)), around);
    expect([...String(made?.values.content)].length).toBeLessThanOrEqual(5000);
    expect(made?.longText).toContain('很长。'.repeat(3000));
  });

  test('files that could not be taken are named, so that nobody thinks they arrived', async () => {
    const made = toMatter(await mail('照片', '见附件'), { ...around, refusedFiles: ['x.exe：不支持'] });
    expect(made?.values.content).toContain('附件未收下：x.exe');
  });

  test('a mail without any word or file is no matter', async () => {
    expect(toMatter(await mail('', ' \n'), around)).toBeNull();
    expect(toMatter(await mail('', ''), { ...around, attachments: ['a'] })?.values.content).toContain('见附件');
  });
});
