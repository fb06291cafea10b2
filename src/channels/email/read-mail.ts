import { createHash } from 'node:crypto';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Instant } from '#kernel/instant.ts';
import { mendMail, splitMail } from './head.ts';

/** A file that came with a mail. */
export interface MailFile {
  name: string;
  bytes: Uint8Array;
  /** Shown inside the text, such as the picture of a signature. */
  inline: boolean;
}

/** A mail as people read it, whatever it was encoded in. */
export interface ReadMail {
  messageId: string | null;
  from: { name: string; address: string };
  /** Every address it was sent to or passed on to. */
  recipients: string[];
  subject: string;
  /** Plain text; made from the HTML when there is nothing else. */
  text: string;
  date: Instant | null;
  /** In-Reply-To and References as they stand. */
  references: string;
  files: MailFile[];
  /** First value of a head field, unfolded; null when it is absent. Names in lower case. */
  header(name: string): string | null;
}

// Newsletters of many megabytes of HTML are no complaints; converting them would block the loop.
const LONGEST_HTML = 2_000_000;
const TRACE = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to'];
const ADDRESS = /[^\s<>,;:"'()]+@[^\s<>,;:"'()]+/g;

/** Reads the bytes of a mail. Throws only when they are no mail at all. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await simpleParser(mendMail(raw), {
    maxHtmlLengthToParse: LONGEST_HTML,
    skipTextToHtml: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
  });
  const lines = new Map<string, string[]>();
  for (const { key, line } of mail.headerLines)
    lines.set(key, [
      ...(lines.get(key) ?? []),
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\s+/g, ' ')
        .trim(),
    ]);
  const header = (name: string): string | null => lines.get(name)?.[0] ?? null;
  const [sender] = mail.from?.value ?? [];
  const passedOn = (lines.get('received') ?? []).flatMap((line) => / for <([^>\s]+)>/.exec(line)?.[1] ?? []);
  const named = TRACE.flatMap((name) => lines.get(name) ?? []).flatMap((line) => line.match(ADDRESS) ?? []);
  return {
    messageId: header('message-id')?.slice(0, 500) || null,
    from: { name: (sender?.name ?? '').trim(), address: (sender?.address ?? '').trim().toLowerCase() },
    recipients: [...new Set([...named, ...passedOn])],
    subject: (mail.subject ?? '').replace(/\s+/g, ' ').trim(),
    text: await wordsOf(mail),
    date: momentOf(header('date')),
    references: `${header('in-reply-to') ?? ''} ${header('references') ?? ''}`,
    files: mail.attachments.map((file) => ({
      name: file.filename ?? '',
      bytes: file.content,
      inline: file.related === true,
    })),
    header,
  };
}

/** The parser would put the present moment in place of a date that is none. */
function momentOf(date: string | null): Instant | null {
  const at = Date.parse((date ?? '').replace(/\([^)]*\)/g, ' ').trim());
  return Number.isNaN(at) ? null : at;
}

async function wordsOf(mail: ParsedMail): Promise<string> {
  const plain = tidy(mail.text ?? '');
  if (plain !== '' || !mail.html || mail.html.length > LONGEST_HTML) return plain;
  // Some programs send an empty plain part beside the real text.
  const again = await simpleParser(`Content-Type: text/html; charset=utf-8\r\n\r\n${mail.html}`, {
    skipTextToHtml: true,
    skipImageLinks: true,
  });
  return tidy(again.text ?? '');
}

/** Without carriage returns, places of pictures, and characters that nobody sees. */
const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\[(?:cid|data|https?):[^\]\s]*\]/g, '')
    .replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replace(/\u00a0/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '')
    .toWellFormed()
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** What the same mail has in common by whatever way and however often it is delivered. */
export function keyOf(raw: Buffer): Buffer {
  const { head, body } = splitMail(raw);
  const text = head.toString('latin1').replace(/\r?\n[ \t]+/g, ' ');
  const field = (name: string): string => new RegExp(`^${name}:[ \t]*(.*?)[ \t\r]*$`, 'im').exec(text)?.[1] ?? '';
  const hash = createHash('sha256');
  for (const name of ['message-id', 'from', 'date', 'subject']) hash.update(`${name}: ${field(name)}\n`);
  return hash.update(body.toString('latin1').replace(/\r\n/g, '\n').trimEnd(), 'latin1').digest();
}
