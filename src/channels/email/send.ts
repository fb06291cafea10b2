import nodemailer, { type SendMailOptions } from 'nodemailer';
import type { Send } from '../contract.ts';

/** Hands letters to the mail server at an address such as smtps://user:password@host:465. */
export function mailSender(url: string): Send<SendMailOptions> {
  // A letter is made of words only: nothing in it may make the program read a file or fetch an address.
  const transport = nodemailer.createTransport(url, { disableFileAccess: true, disableUrlAccess: true });
  return async (letter) => {
    await transport.sendMail(letter);
  };
}

/** Whether a failure is an answer such as 550: asking again would only get the same one. */
export const isFinal = (cause: unknown): boolean =>
  cause instanceof Error &&
  'responseCode' in cause &&
  typeof cause.responseCode === 'number' &&
  cause.responseCode >= 550 &&
  cause.responseCode < 560;
