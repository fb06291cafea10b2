import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { HOUR, type Instant } from '#kernel/instant.ts';
import { accept, type Result } from '#kernel/result.ts';
import { badSignature, parsed, unreadable } from '../messaging/answers.ts';
import type { Call, Heard, Incoming, Settings } from '../messaging/messenger.ts';
import { openEnvelope, sameSign, sealEnvelope, sortedSha1 } from '../messaging/vendor-crypto.ts';

/** The signature of robots, both ways: HMAC-SHA256 over milliseconds, line end and secret. Base64. */
export const robotSign = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

const part = z.looseObject({ text: z.string().optional(), downloadCode: z.string().optional() });
const robotMessage = z.looseObject({
  msgId: z.string().min(1),
  msgtype: z.string(),
  senderId: z.string().default(''),
  senderStaffId: z.string().default(''),
  senderNick: z.string().optional(),
  text: z.looseObject({ content: z.string().default('') }).optional(),
  content: z
    .looseObject({
      downloadCode: z.string().optional(),
      recognition: z.string().optional(),
      fileName: z.string().optional(),
      richText: z.array(part).optional(),
    })
    .optional(),
});
const sealed = z.looseObject({ encrypt: z.string() });
const names = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
/** An event, as it is pushed (capital letters) or comes by the stream. */
const leaving = z.looseObject({
  EventType: z.literal('user_leave_org'),
  TimeStamp: z.coerce.string().default(''),
  UserId: names,
});

/** A message to the robot, signed, or an event, sealed. Older than an hour is refused, as the vendor asks. */
export function hear({ method, body, query, header }: Call, settings: Settings, now: Instant): Result<Heard> {
  if (method !== 'POST') return unreadable;
  const read = parsed(body.toString('utf8'));
  const envelope = sealed.safeParse(read);
  if (envelope.success) return hearEvent(envelope.data.encrypt, query, settings, now);
  const timestamp = header('timestamp') ?? '';
  if (!(Math.abs(Number(timestamp) - now) <= HOUR)) return badSignature;
  if (!sameSign(header('sign'), robotSign(timestamp, settings.appSecret ?? ''))) return badSignature;
  const message = readRobot(read);
  return message ? accept({ answer: { type: 'application/json', body: '{}' }, incoming: [message] }) : unreadable;
}

function hearEvent(encrypt: string, query: URLSearchParams, settings: Settings, now: Instant): Result<Heard> {
  const { token = '', aesKey = '', appKey = '' } = settings;
  const given = query.get('msg_signature') ?? query.get('signature');
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  if (!(Math.abs(Number(timestamp) - now) <= HOUR)) return badSignature;
  if (token === '' || !sameSign(given, sortedSha1(token, timestamp, nonce, encrypt))) return badSignature;
  const opened = openEnvelope(encrypt, aesKey, appKey);
  if (opened === null) return unreadable;
  const answer = sealEnvelope('success', aesKey, appKey);
  const [timeStamp, ours] = [String(now), randomBytes(8).toString('hex')];
  const signed = { msg_signature: sortedSha1(token, timeStamp, ours, answer), timeStamp, nonce: ours, encrypt: answer };
  const body = JSON.stringify(signed);
  return accept({ answer: { type: 'application/json', body }, incoming: readEvent(parsed(opened)) });
}

/** What an event tells: only that members have left is of concern; all others are taken and forgotten. */
export function readEvent(read: unknown): Incoming[] {
  const event = leaving.safeParse(read);
  if (!event.success) return [];
  const { UserId, TimeStamp } = event.data;
  return UserId.map((sender) => ({ key: `event:leave:${TimeStamp}:${sender}`, sender, what: 'left' }));
}

/** A message to the robot; null when it is none. */
export function readRobot(read: unknown): Incoming | null {
  const message = robotMessage.safeParse(read);
  if (!message.success) return null;
  const { msgId, msgtype, senderStaffId, senderId, senderNick: name, content, text } = message.data;
  // Only members of the company can be written to; others are still kept, and the refusal is seen.
  const from = { key: `message:${msgId}`, sender: senderStaffId || senderId, name };
  const code = content?.downloadCode ?? '';
  if (msgtype === 'text') return { ...from, what: 'text', text: (text?.content ?? '').trim() };
  if (msgtype === 'picture') return { ...from, what: 'picture', media: { id: code, name: '照片.jpg' } };
  if (msgtype === 'audio')
    return { ...from, what: 'voice', media: { id: code, name: '语音.amr' }, text: content?.recognition };
  if (msgtype === 'video') return { ...from, what: 'picture', media: { id: code, name: '视频.mp4' } };
  if (msgtype === 'file') return { ...from, what: 'picture', media: { id: code, name: content?.fileName ?? '文件' } };
  if (msgtype === 'richText') {
    const parts = content?.richText ?? [];
    const picture = parts.find((one) => one.downloadCode !== undefined)?.downloadCode;
    const words = parts.flatMap((one) => one.text ?? []).join('\n');
    return {
      ...from,
      what: picture === undefined ? 'text' : 'picture',
      text: words.trim(),
      media: picture === undefined ? undefined : { id: picture, name: '照片.jpg' },
    };
  }
  return { ...from, what: 'other', text: msgtype };
}
