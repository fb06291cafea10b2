import type { SendMailOptions } from 'nodemailer';
import type { Text } from '#kernel/text.ts';
import { caseAddress, caseMessageId, ownAddress } from './signed-address.ts';

/** What the person who asked is told about a case. */
export interface CaseLetter {
  to: string;
  caseId: string;
  number: string;
  /** The entry it tells of. */
  seq: number;
  text: Text;
  /** Address of the case's page; null when nobody said where people reach it. */
  page: string | null;
  /** The mail it answers; null when the matter came another way. */
  answers: { messageId: string; subject: string } | null;
}

const SUBJECT = 60;
const MOST_SUBJECT = 120;

/**
 * The letter as it is handed to the mail server. It threads under the owner's own mail, an answer to it finds its case,
 * and programs see that a program sent it. With `plus` the answer, and the report of a failure, come to the case's own
 * address.
 */
export function letterOf(
  letter: CaseLetter,
  { from, plus }: { from: string; plus?: boolean | undefined },
  secret: Uint8Array,
): SendMailOptions {
  const own = ownAddress(from);
  const { number, text, answers, to, page } = letter;
  const look = page === null ? '' : `查看进展、补充、确认：\nFollow it, add to it, confirm it:\n${page}\n\n`;
  const base: SendMailOptions = {
    from,
    to,
    subject: answers
      ? `Re: [${number}] ${bare(answers.subject, number)}`.slice(0, MOST_SUBJECT)
      : `[${number}] ${text.zh.slice(0, SUBJECT)}`,
    text: `${text.zh}\n\n${text.en}\n\n${look}—\n直接回复本邮件，内容会记入 ${number}。\nAnswer this mail and your words are added to ${number}.\n`,
    headers: {
      'Auto-Submitted': answers ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    ...(answers ? { inReplyTo: answers.messageId, references: answers.messageId } : {}),
  };
  if (!own) return base;
  const reply = caseAddress(own, secret, number);
  return {
    ...base,
    messageId: caseMessageId(own, secret, letter.caseId, letter.seq),
    ...(plus ? { replyTo: reply, envelope: { from: reply, to } } : {}),
  };
}

/** A subject without Re: and the number it may carry already. */
const bare = (subject: string, number: string): string =>
  subject
    .replace(/^(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*[：:]\s*)+/i, '')
    .replace(`[${number}]`, '')
    .trim();
