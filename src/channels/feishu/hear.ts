import { createDecipheriv, createHash } from 'node:crypto';
import { z } from 'zod';
import { HOUR, type Instant, SECOND } from '#kernel/instant.ts';
import { accept, type Result } from '#kernel/result.ts';
import { badSignature, parsed, unreadable } from '../messaging/answers.ts';
import type { Call, Heard, Incoming, Settings } from '../messaging/messenger.ts';
import { sameSign } from '../messaging/vendor-crypto.ts';

/** X-Lark-Signature: SHA-256 over timestamp, nonce, Encrypt Key and the body as it came. Lower-case hexadecimal. */
export const larkSign = (timestamp: string, nonce: string, encryptKey: string, body: Buffer): string =>
  createHash('sha256').update(`${timestamp}${nonce}${encryptKey}`).update(body).digest('hex');

/** Opens `encrypt`: AES-256-CBC under the SHA-256 of the Encrypt Key, the first 16 bytes are the initial vector. */
export function openLark(encrypt: string, encryptKey: string): string | null {
  const bytes = Buffer.from(encrypt, 'base64');
  if (bytes.length < 32 || bytes.length % 16 !== 0) return null;
  const key = createHash('sha256').update(encryptKey).digest();
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
  } catch {
    // Padding that does not fit: another key.
    return null;
  }
}

const sealed = z.looseObject({ encrypt: z.string() });
const proof = z.looseObject({ type: z.literal('url_verification'), token: z.string(), challenge: z.string() });
const pushed = z.looseObject({
  schema: z.literal('2.0'),
  header: z.looseObject({ event_id: z.string().min(1), event_type: z.string(), token: z.string(), app_id: z.string() }),
  event: z.unknown(),
});
const who = z.looseObject({ open_id: z.string().min(1) });
const messageEvent = z.looseObject({
  sender: z.looseObject({ sender_id: who }),
  message: z.looseObject({ message_id: z.string().min(1), message_type: z.string(), content: z.string() }),
});
const readEvent = z.looseObject({
  reader: z.looseObject({ reader_id: who }),
  message_id_list: z.array(z.string().min(1)),
});
const menuEvent = z.looseObject({ operator: z.looseObject({ operator_id: who }), event_key: z.string() });
const enteredEvent = z.looseObject({ operator_id: who });
const leftEvent = z.looseObject({ object: who });
const content = z.looseObject({
  text: z.string().optional(),
  title: z.string().optional(),
  image_key: z.string().optional(),
  file_key: z.string().optional(),
  file_name: z.string().optional(),
  content: z
    .array(z.array(z.looseObject({ tag: z.string(), text: z.string().optional(), image_key: z.string().optional() })))
    .optional(),
});

/**
 * Reads a push. With an Encrypt Key nothing plain is taken, events must be signed and not older than an hour; the proof of
 * the address comes unsigned, sealed with the same key. In both modes it must carry the Verification Token.
 */
export function hear({ method, body, header }: Call, settings: Settings, now: Instant): Result<Heard> {
  const { encryptKey = '', verificationToken = '', appId = '' } = settings;
  if (method !== 'POST' || verificationToken === '') return unreadable;
  const outer = parsed(body.toString('utf8'));
  let read = outer;
  let signed = encryptKey === '';
  if (encryptKey !== '') {
    const envelope = sealed.safeParse(outer);
    if (!envelope.success) return badSignature;
    const [timestamp, nonce] = [header('x-lark-request-timestamp') ?? '', header('x-lark-request-nonce') ?? ''];
    const fresh = Math.abs(Number(timestamp) * SECOND - now) <= HOUR;
    signed = fresh && sameSign(header('x-lark-signature'), larkSign(timestamp, nonce, encryptKey, body));
    const opened = openLark(envelope.data.encrypt, encryptKey);
    if (opened === null) return signed ? unreadable : badSignature;
    read = parsed(opened);
  }
  const asked = proof.safeParse(read);
  if (asked.success) {
    if (!sameSign(asked.data.token, verificationToken)) return badSignature;
    return accept({ answer: json({ challenge: asked.data.challenge }), incoming: [] });
  }
  if (!signed) return badSignature;
  const push = pushed.safeParse(read);
  if (!push.success) return unreadable;
  const { event_id, event_type, token, app_id } = push.data.header;
  if (!sameSign(token, verificationToken)) return badSignature;
  if (app_id !== appId) return unreadable;
  return accept({ answer: json({}), incoming: incomingOf(event_type, event_id, push.data.event) });
}

const json = (body: object): Heard['answer'] => ({ type: 'application/json', body: JSON.stringify(body) });

/** What an event tells; the same push has the same event_id. Events that are none of ours are taken and forgotten. */
function incomingOf(type: string, id: string, event: unknown): Incoming[] {
  const key = `event:${id}`;
  switch (type) {
    case 'im.message.receive_v1': {
      const read = messageEvent.safeParse(event);
      return read.success ? [messageOf(read.data)] : [];
    }
    case 'im.message.message_read_v1': {
      const read = readEvent.safeParse(event);
      if (!read.success) return [];
      const sender = read.data.reader.reader_id.open_id;
      return read.data.message_id_list.map((providerId) => ({
        key: `read:${providerId}`,
        sender,
        what: 'receipt',
        receipt: { providerId, arrived: true, read: true, note: '' },
      }));
    }
    case 'application.bot.menu_v6': {
      const read = menuEvent.safeParse(event);
      if (!read.success) return [];
      return [{ key, sender: read.data.operator.operator_id.open_id, what: 'menu', text: read.data.event_key }];
    }
    case 'im.chat.access_event.bot_p2p_chat_entered_v1': {
      const read = enteredEvent.safeParse(event);
      return read.success ? [{ key, sender: read.data.operator_id.open_id, what: 'entered' }] : [];
    }
    case 'contact.user.deleted_v3': {
      const read = leftEvent.safeParse(event);
      return read.success ? [{ key, sender: read.data.object.open_id, what: 'left' }] : [];
    }
  }
  return [];
}

function messageOf({ sender, message }: z.infer<typeof messageEvent>): Incoming {
  const { message_id: id, message_type: type } = message;
  const from = { key: `message:${id}`, sender: sender.sender_id.open_id };
  const read = content.safeParse(parsed(message.content));
  const told = read.success ? read.data : {};
  // A file is fetched by the message that carries it.
  const media = (key: string | undefined, sort: string, name: string): Incoming['media'] =>
    key === undefined ? undefined : { id: `${id}/${key}/${sort}`, name };
  // In a group the robot itself is called by a place holder.
  const words = (text: string | undefined): string => (text ?? '').replace(/@_user_\d+\s?/g, '').trim();
  if (type === 'text') return { ...from, what: 'text', text: words(told.text) };
  if (type === 'image') return { ...from, what: 'picture', media: media(told.image_key, 'image', '照片.jpg') };
  if (type === 'audio') return { ...from, what: 'voice', media: media(told.file_key, 'file', '语音.opus') };
  if (type === 'media') return { ...from, what: 'picture', media: media(told.file_key, 'file', '视频.mp4') };
  if (type === 'file')
    return { ...from, what: 'picture', media: media(told.file_key, 'file', told.file_name ?? '文件') };
  if (type === 'post') {
    const parts = told.content?.flat() ?? [];
    const picture = parts.find(({ image_key }) => image_key !== undefined)?.image_key;
    const text = words([told.title, ...parts.map((one) => one.text)].filter(Boolean).join('\n'));
    return {
      ...from,
      what: picture === undefined ? 'text' : 'picture',
      text,
      media: media(picture, 'image', '照片.jpg'),
    };
  }
  return { ...from, what: 'other', text: type };
}
