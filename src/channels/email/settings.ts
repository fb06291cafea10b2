import type { ImapFlowOptions } from 'imapflow';
import { Trouble } from '#db/trouble.ts';
import { type OwnAddress, ownAddress } from './signed-address.ts';

/** Where mail comes in. */
export interface ImapAccess {
  connection: Pick<ImapFlowOptions, 'host' | 'port' | 'secure' | 'auth' | 'doSTARTTLS'> & {
    host: string;
    port: number;
  };
  box: string;
  /** Which mailbox this is, without the password: what has been read of it is remembered under this name. */
  name: string;
}

/** What the program's settings say about mail; each may be missing. */
export interface MailConfig {
  imapUrl?: string | undefined;
  smtpUrl?: string | undefined;
  mailFrom?: string | undefined;
  /** Whether the mail server delivers `box+anything@` to `box@`. */
  mailPlus: boolean;
}

/** The receiving side; null when it is not set up. */
export interface EmailSettings {
  access: ImapAccess;
  own: OwnAddress;
}

const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/** Reads `imaps://user:password@host:993/INBOX`. Plain `imap://` to another machine must begin TLS before the password is said. */
export function imapAccess(url: string): ImapAccess {
  const at = new URL(url);
  const secure = at.protocol === 'imaps:';
  const port = Number(at.port || (secure ? 993 : 143));
  const user = decodeURIComponent(at.username);
  const box = decodeURIComponent(at.pathname.replace(/^\//, '')) || 'INBOX';
  const connection = {
    host: at.hostname,
    port,
    secure,
    auth: { user, pass: decodeURIComponent(at.password) },
    ...(secure || LOCAL.test(at.hostname) ? {} : { doSTARTTLS: true }),
  };
  return { connection, box, name: `${user}@${at.hostname}:${port}/${box}` };
}

/** Throws Trouble when mail comes in but no sender is set: nobody could be answered. */
export function emailSettings(config: MailConfig): EmailSettings | null {
  if (config.imapUrl === undefined) return null;
  const own = ownAddress(config.mailFrom ?? '');
  if (!own || config.smtpUrl === undefined)
    throw new Trouble(
      'mail.noSender',
      '已设置收信邮箱 HUIYIN_IMAP_URL，还须设置 HUIYIN_SMTP_URL 和 HUIYIN_MAIL_FROM，否则无法回执编号',
      'HUIYIN_IMAP_URL is set; HUIYIN_SMTP_URL and HUIYIN_MAIL_FROM are needed too, or nobody could be sent his number',
    );
  return { access: imapAccess(config.imapUrl), own };
}

/** The sending side, as the delivery of notices takes it; null when it is not set up. */
export function mailSettings(config: MailConfig): { url: string; from: string; plus: boolean } | null {
  if (config.smtpUrl === undefined || !ownAddress(config.mailFrom ?? '')) return null;
  return { url: config.smtpUrl, from: config.mailFrom ?? '', plus: config.mailPlus };
}
