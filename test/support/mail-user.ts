import { ImapFlow } from 'imapflow';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { until } from '#db/process.ts';
import type { MailServers } from './mail-servers.ts';

/** What a person with a mail program does: writes, looks into a box, reads. */
export class MailUser {
  readonly servers: MailServers;

  constructor(servers: MailServers) {
    this.servers = servers;
  }

  async send(mail: SendMailOptions): Promise<void> {
    const transport = nodemailer.createTransport(this.servers.smtpUrl);
    await transport.sendMail(mail);
    transport.close();
  }

  /** Opens a box; the caller logs out. */
  async open(box: string): Promise<ImapFlow> {
    const url = new URL(this.servers.imapUrl(box));
    const auth = { user: box, pass: url.password };
    const client = new ImapFlow({ host: url.hostname, port: Number(url.port), secure: false, auth, logger: false });
    await client.connect();
    await client.mailboxOpen('INBOX');
    return client;
  }

  /** Every letter of a box, a character for each byte. */
  async letters(box: string): Promise<string[]> {
    const client = await this.open(box);
    const found: string[] = [];
    for await (const mail of client.fetch('1:*', { source: true })) found.push(mail.source?.toString('latin1') ?? '');
    await client.logout();
    return found;
  }

  firstLetter(box: string): Promise<string> {
    return waitFor(async () => (await this.letters(box))[0], `a letter in the box ${box}`);
  }

  /** The flags of all mails of one sender in a box. */
  async flags(box: string, sender: string): Promise<string[]> {
    const client = await this.open(box);
    const found: string[] = [];
    for await (const mail of client.fetch('1:*', { envelope: true, flags: true }))
      if (mail.envelope?.from?.[0]?.address === sender) found.push(...(mail.flags ?? []));
    await client.logout();
    return found;
  }
}

/** Waits until something is there, at most `patience` milliseconds. */
export async function waitFor<T>(look: () => Promise<T | undefined>, what: string, patience = 20_000): Promise<T> {
  let found: T | undefined;
  await until(
    async () => {
      found = await look();
      return found !== undefined;
    },
    patience,
    100,
  );
  if (found === undefined) throw new Error(`it did not come: ${what}`);
  return found;
}

/** A field of a letter's head; '' when it is absent. */
export function headOf(letter: string, field: string): string {
  const head = (letter.split(/\r?\n\r?\n/)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ').replace(/\r/g, '');
  return new RegExp(`^${field}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}

/** The case number that a letter's reply address carries. */
export function numberOf(letter: string): string {
  const number = /^cases\+([A-Z]{2}\d{6}-\d{4})\./i.exec(headOf(letter, 'Reply-To'))?.[1];
  if (!number) throw new Error(`no number in ${letter}`);
  return number;
}
