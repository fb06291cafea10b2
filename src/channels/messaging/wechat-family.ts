import { HOUR, type Instant } from '#kernel/instant.ts';
import { accept, type Result } from '#kernel/result.ts';
import { badSignature, unreadable } from './answers.ts';
import type { Call, Heard, Incoming } from './messenger.ts';
import { openEnvelope, sameSign, sortedSha1 } from './vendor-crypto.ts';
import { readVendorXml } from './vendor-xml.ts';

/** What WeChat and WeCom sign and seal with. */
export interface Keys {
  token: string;
  /** '' in plain mode, which only WeChat has. */
  aesKey: string;
  receiver: string;
}

// Older calls are somebody's copy: the services themselves try again within a minute.
const OLDEST = HOUR;

/**
 * Reads a call of WeChat or WeCom: the signature first, then the envelope, then the XML. A GET proves the address: its
 * echostr is the answer. With a key nothing plain is taken.
 */
export function hearWechatFamily(call: Call, keys: Keys, now: Instant): Result<Heard> {
  const { query, method, body } = call;
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  if (!(Math.abs(Number(timestamp) * 1000 - now) <= OLDEST)) return badSignature;
  const signed = (given: string | null, ...more: string[]): boolean =>
    sameSign(given, sortedSha1(keys.token, timestamp, nonce, ...more));
  const plainSigned = signed(query.get('signature'));
  if (method === 'GET') {
    const echo = query.get('echostr') ?? '';
    if (plainSigned) return accept({ answer: { type: 'text/plain', body: echo }, incoming: [] });
    if (!signed(query.get('msg_signature'), echo)) return badSignature;
    const opened = openEnvelope(echo, keys.aesKey, keys.receiver);
    return opened === null ? unreadable : accept({ answer: { type: 'text/plain', body: opened }, incoming: [] });
  }
  const outer = readVendorXml(body.toString('utf8'));
  let message = outer;
  if (keys.aesKey === '') {
    if (!plainSigned) return badSignature;
  } else {
    const sealed = outer.Encrypt ?? '';
    if (sealed === '' || !signed(query.get('msg_signature'), sealed)) return badSignature;
    const opened = openEnvelope(sealed, keys.aesKey, keys.receiver);
    if (opened === null) return unreadable;
    message = readVendorXml(opened);
  }
  const incoming = incomingOf(message);
  return incoming ? accept({ answer: { type: 'text/plain', body: 'success' }, incoming: [incoming] }) : unreadable;
}

const EVENTS: { [event: string]: Incoming['what'] } = {
  subscribe: 'arrived',
  unsubscribe: 'left',
  click: 'menu',
  view: 'other',
  enter_agent: 'other',
  templatesendjobfinish: 'receipt',
};

/** A message or an event; null when it names no sender. An event has no id: its sender, moment and name are one. */
function incomingOf(message: { [name: string]: string }): Incoming | null {
  const {
    FromUserName: sender = '',
    CreateTime = '',
    MsgType = '',
    Event = '',
    EventKey = '',
    MsgId,
    MsgID,
    MediaId = '',
  } = message;
  if (sender === '' || MsgType === '') return null;
  if (MsgType === 'event') {
    const key = `event:${sender}:${CreateTime}:${Event}:${EventKey || (MsgID ?? '')}`;
    const what = EVENTS[Event.toLowerCase()] ?? 'other';
    if (what !== 'receipt') return { key, sender, what, text: EventKey };
    const { Status = '' } = message;
    return {
      key,
      sender,
      what,
      receipt: { providerId: MsgID ?? MsgId ?? '', arrived: Status === 'success', note: Status },
    };
  }
  const key = MsgId === undefined ? `message:${sender}:${CreateTime}` : `message:${MsgId}`;
  if (MsgType === 'text') return { key, sender, what: 'text', text: message.Content ?? '' };
  if (MsgType === 'image') return { key, sender, what: 'picture', media: { id: MediaId, name: '照片.jpg' } };
  if (MsgType === 'voice')
    return {
      key,
      sender,
      what: 'voice',
      media: { id: MediaId, name: '语音.amr' },
      text: message.Recognition || undefined,
    };
  if (MsgType === 'video' || MsgType === 'shortvideo')
    return { key, sender, what: 'picture', media: { id: MediaId, name: '视频.mp4' } };
  if (MsgType === 'location') return { key, sender, what: 'text', text: `（位置：${message.Label ?? ''}）` };
  return { key, sender, what: 'other', text: MsgType };
}
