import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { ReadMail } from './read-mail.ts';

/** What a mail server reports about a mail of ours that it could not deliver. */
export interface Bounce {
  recipient: string;
  status: string;
  diagnostic: string;
}

const DAEMON = /^(?:mailer-daemon|postmaster|mail-daemon)@/i;

/** Whether this is a report that something was not delivered; null when it is not. */
export function bounceIn(mail: ReadMail, raw: string): Bounce | null {
  const isReport = /report-type\s*=\s*"?delivery-status/i.test(mail.header('content-type') ?? '');
  if (!isReport && !DAEMON.test(mail.from.address)) return null;
  const words = [raw, ...mail.files.map((file) => Buffer.from(file.bytes).toString('latin1'))].join('\n');
  const field = (name: string): string =>
    new RegExp(`^${name}:[ \t]*(.*(?:\r?\n[ \t].*)*)`, 'im').exec(words)?.[1] ?? '';
  // A mere delay is no failure: the server still tries.
  if (/^delayed|^relayed|^delivered|^expanded/i.test(field('Action'))) return null;
  const tidy = (value: string): string =>
    value
      .replace(/^[\w-]+;/, '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200);
  return {
    recipient: tidy(field('Final-Recipient') || field('Original-Recipient')),
    status: tidy(field('Status')),
    diagnostic: tidy(field('Diagnostic-Code')),
  };
}

/** Why a mail was written by a program and not by a person; null when a person may have written it. */
export function automatic(mail: ReadMail): Refusal | null {
  const submitted = mail.header('auto-submitted');
  if (submitted !== null && !/^no\b/i.test(submitted)) return byProgram(`Auto-Submitted: ${submitted}`);
  const precedence = mail.header('precedence');
  if (precedence !== null && /^(?:bulk|list|junk|auto_reply)\b/i.test(precedence))
    return byProgram(`Precedence: ${precedence}`);
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'list-id', 'list-unsubscribe'])
    if (mail.header(name) !== null) return byProgram(name);
  if (mail.header('return-path')?.replace(/\s/g, '') === '<>') return byProgram('Return-Path: <>');
  if (DAEMON.test(mail.from.address)) return byProgram(mail.from.address);
  return null;
}

const byProgram = (sign: string): Refusal =>
  refusal(
    'mail.automatic',
    text(
      `这是程序自动发出的邮件（${sign.slice(0, 100)}），不登记也不回复`,
      `A program wrote this mail (${sign.slice(0, 100)}): it makes no case and gets no answer`,
    ),
  );
