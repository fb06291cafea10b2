import { expect, test } from 'vitest';
import { automatic, bounceIn } from './automatic.ts';
import { letterOf } from './letter.ts';
import { readMail } from './read-mail.ts';
import { emailSettings, imapAccess } from './settings.ts';
import { caseAddress, caseMessageId, messagesNamedIn, numberOfAddress, ownAddress } from './signed-address.ts';

const secret = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);
const own = { local: 'cases', domain: 'wy.example' };
const ID = '0198c0de-0000-7000-8000-0123456789ab';
const read = (head: string, body = '') => readMail(Buffer.from(`${head}\r\n\r\n${body}`));

test('the address of a case leads back to it, also when a server folds its letters', () => {
  const address = caseAddress(own, secret, 'TS260302-0001');
  expect(numberOfAddress(own, secret, address)).toBe('TS260302-0001');
  expect(numberOfAddress(own, secret, address.toLowerCase())).toBe('TS260302-0001');
});

test('nobody can make up the address of another case, of another company or another domain', () => {
  const address = caseAddress(own, secret, 'TS260302-0001');
  expect(numberOfAddress(own, secret, address.replace('0001', '0002'))).toBeNull();
  expect(numberOfAddress(own, other, address)).toBeNull();
  expect(numberOfAddress({ ...own, domain: 'else.example' }, secret, address)).toBeNull();
  expect(numberOfAddress(own, secret, 'cases+TS260302-0001.@wy.example')).toBeNull();
  expect(numberOfAddress(own, secret, 'cases@wy.example')).toBeNull();
});

test('messages of ours are known in a thread, and made-up ones are not', () => {
  const id = caseMessageId(own, secret, ID, 3);
  expect(messagesNamedIn(secret, `<a@b> ${id}`)).toEqual([{ caseId: ID, seq: 3 }]);
  expect(messagesNamedIn(other, id)).toEqual([]);
  expect(messagesNamedIn(secret, id.replace('.3.', '.4.'))).toEqual([]);
});

test('the sender is found in both ways of writing it', () => {
  expect(ownAddress('锦绣物业 <service@Example.com>')).toEqual({ local: 'service', domain: 'example.com' });
  expect(ownAddress('service@example.com')).toEqual({ local: 'service', domain: 'example.com' });
  expect(ownAddress('锦绣物业')).toBeNull();
});

test.each([
  'Auto-Submitted: auto-replied',
  'Auto-Submitted: auto-generated (vacation)',
  'Precedence: bulk',
  'Precedence: auto_reply',
  'X-Autoreply: yes',
  'List-Id: <news.example.com>',
  'Return-Path: <>',
])('“%s” was written by a program', async (line) => {
  expect(automatic(await read(`From: a@b.cn\r\n${line}`))?.code).toBe('mail.automatic');
});
test('a mail that a person wrote is not taken for a program’s', async () => {
  expect(
    automatic(await read('From: a@b.cn\r\nAuto-Submitted: no\r\nReturn-Path: <a@b.cn>\r\nPrecedence: first-class')),
  ).toBeNull();
});

test('a report of a failure is read; a mere delay is none', async () => {
  const report = (action: string): string =>
    `From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; x@gone.example\r\nAction: ${action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such\r\n user\r\n\r\n--b--\r\n`;
  const failed = report('failed');
  expect(bounceIn(await readMail(Buffer.from(failed)), failed)).toEqual({
    recipient: 'x@gone.example',
    status: '5.1.1',
    diagnostic: '550 no such user',
  });
  const delayed = report('delayed');
  expect(bounceIn(await readMail(Buffer.from(delayed)), delayed)).toBeNull();
});

test('a letter threads under the owner’s mail, says that a program sent it, and answers come to the case', () => {
  const letter = letterOf(
    {
      to: 'a@b.cn',
      caseId: ID,
      number: 'TS260302-0001',
      seq: 2,
      text: { zh: '已登记', en: 'Registered' },
      page: 'https://hy.example/o/c/x.y',
      answers: { messageId: '<1@b.cn>', subject: 'Re: 回复：电梯坏了' },
    },
    { from: '物业 <cases@wy.example>', plus: true },
    secret,
  );
  expect(letter.text).toContain(
    '查看进展、补充、确认：\nFollow it, add to it, confirm it:\nhttps://hy.example/o/c/x.y\n',
  );
  expect(letter).toMatchObject({
    subject: 'Re: [TS260302-0001] 电梯坏了',
    inReplyTo: '<1@b.cn>',
    references: '<1@b.cn>',
    headers: { 'Auto-Submitted': 'auto-replied' },
    replyTo: caseAddress(own, secret, 'TS260302-0001'),
    envelope: { from: caseAddress(own, secret, 'TS260302-0001'), to: 'a@b.cn' },
  });
});

test('without addresses of the case’s own the letter still can be answered', () => {
  const letter = letterOf(
    {
      to: 'a@b.cn',
      caseId: ID,
      number: 'TS260302-0001',
      seq: 2,
      text: { zh: '已登记', en: 'x' },
      page: null,
      answers: null,
    },
    { from: 'cases@wy.example', plus: false },
    secret,
  );
  expect(letter).not.toHaveProperty('replyTo');
  expect(letter).toMatchObject({ headers: { 'Auto-Submitted': 'auto-generated' } });
  expect(messagesNamedIn(secret, String(letter.messageId))).toEqual([{ caseId: ID, seq: 2 }]);
});

test('settings: off when not set, refused when nobody could be answered, and a password is never said in the clear', () => {
  expect(emailSettings({ mailPlus: true })).toBeNull();
  const imapUrl = 'imaps://box%40x.example:pass%2Fword@mail.example/%E6%8A%95%E8%AF%89';
  expect(() => emailSettings({ mailPlus: true, imapUrl })).toThrow(/HUIYIN_SMTP_URL/);
  expect(imapAccess(imapUrl)).toMatchObject({
    connection: { host: 'mail.example', port: 993, secure: true, auth: { user: 'box@x.example', pass: 'pass/word' } },
    box: '投诉',
  });
  expect(imapAccess('imap://a:b@mail.example').connection).toMatchObject({ secure: false, doSTARTTLS: true });
  expect(imapAccess('imap://a:b@mail.example').name).not.toContain(':b@');
});
