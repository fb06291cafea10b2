import type { Value, Values } from '#case/event.ts';
import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { phoneIn, placeCalled, roomIn } from './find-contact.ts';
import { ownWords } from './own-words.ts';
import type { ReadMail } from './read-mail.ts';

/** What is known besides the mail itself. */
export interface Around {
  /** When it reached the company. */
  receivedAt: Instant;
  /** A room of the estate that the mail names. */
  room: { premisesId: string; text: string } | null;
  /** Ids of the files that were kept. */
  attachments: string[];
  /** Files that could not be taken, each with why, as people read it. */
  refusedFiles: string[];
}

/** What a register command is made of. */
export interface Matter {
  matter: 'complaint' | 'suggestion';
  receivedAt: Instant;
  values: Values;
  /** The whole text, when it is longer than the form takes: it is kept as a file. */
  longText: string | null;
}

const LONGEST = 5000;
const LONGEST_NAME = 60;
const MOST_PHOTOS = 9;
const OLDEST = 30 * DAY;
const UNWRITTEN = '未写明，请联系时核对';
const SUGGESTS = /^(?:(?:re|fw|fwd|回复|转发|答复)\s*[：:]\s*)*[【[(（]?\s*(?:建议|意见)/i;

/** Turns a mail into what a clerk would have written down. Null when there is nothing in it at all. */
export function toMatter(mail: ReadMail, around: Around): Matter | null {
  const { words, withSignature } = ownWords(mail.text);
  const said = words === '' && around.attachments.length > 0 ? '（邮件无正文，见附件）' : words;
  const subject = mail.subject && !said.startsWith(mail.subject) ? `【${mail.subject}】\n` : '';
  if (subject === '' && said === '') return null;
  const left = around.refusedFiles.map((file) => `（附件未收下：${file}）`);
  const full = [`${subject}${said}`.trim(), ...left].join('\n');
  const suggests = SUGGESTS.test(mail.subject) || SUGGESTS.test(words);
  const phone = phoneIn(`${mail.subject}\n${withSignature}`);
  const values: Values = {
    content: shortened(full),
    contactName: nameOf(mail),
    contactEmail: mail.from.address,
    ...(phone === null ? {} : { contactPhone: phone }),
    ...placeOf(mail, withSignature, around, suggests),
    ...(around.attachments.length > 0 ? { photos: around.attachments.slice(0, MOST_PHOTOS) } : {}),
    ...(suggests ? {} : { occurredAt: happenedAt(mail.date, around.receivedAt) }),
  };
  return {
    matter: suggests ? 'suggestion' : 'complaint',
    receivedAt: around.receivedAt,
    values,
    longText: [...full].length > LONGEST ? full : null,
  };
}

/** The name the sender gives himself; else what stands before the @. */
function nameOf({ from }: ReadMail): string {
  const name = from.name.replace(/["'\n]/g, '').trim() || from.address.split('@')[0] || from.address;
  return [...name].slice(0, LONGEST_NAME).join('');
}

function placeOf(mail: ReadMail, words: string, { room }: Around, optional: boolean): { place?: Value } {
  if (room) return { place: { premisesId: room.premisesId, text: room.text } };
  const called = placeCalled(words) ?? roomIn(`${mail.subject}\n${words}`)?.written ?? placeCalled(mail.subject);
  if (called === null && optional) return {};
  return { place: { premisesId: null, text: called ?? UNWRITTEN } };
}

/** The sender's clock is believed within a month before the arrival. */
function happenedAt(date: Instant | null, receivedAt: Instant): Instant {
  if (date === null || date > receivedAt + MINUTE || date < receivedAt - OLDEST) return receivedAt;
  return Math.min(date, receivedAt);
}

function shortened(text: string): string {
  const signs = [...text];
  return signs.length <= LONGEST ? text : `${signs.slice(0, LONGEST - 20).join('')}…（全文见附件）`;
}
