import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';

/** Megabytes up to which a mail is taken in whole. */
export const LARGEST_MAIL = 25 * 1024 * 1024;
/** Cases one sender may begin within an hour; two programs answering each other would begin thousands. */
export const MOST_CASES_AN_HOUR = 20;

export const why = {
  tooLarge: refusal(
    'mail.tooLarge',
    text(
      `邮件超过 ${LARGEST_MAIL / 1024 / 1024} MB，没有收下全文：请在邮箱里查看（已加旗标）并人工登记`,
      `The mail has more than ${LARGEST_MAIL / 1024 / 1024} MB and was not taken in: look at it in the mailbox (it is flagged) and register it by hand`,
    ),
  ),
  unreadable: refusal(
    'mail.unreadable',
    text('邮件已损坏，读不出内容：请查看原件', 'The mail is damaged and cannot be read: look at the original'),
  ),
  noSender: refusal(
    'mail.noSender',
    text(
      '邮件没有写明发件人，无法回执：请查看后人工登记',
      'The mail names no sender: look at it and register it by hand',
    ),
  ),
  empty: refusal('mail.empty', text('邮件没有任何内容', 'There is nothing in the mail')),
  own: refusal('mail.own', text('这是本系统自己发出的邮件', 'This system sent the mail itself')),
  fromStaff: refusal(
    'mail.fromStaff',
    text(
      '员工回复了系统邮件：请在系统内办理，邮件内容未写入案件',
      'A member of staff answered a mail of this system: act in the program; nothing was added to the case',
    ),
  ),
  tooMany: refusal(
    'mail.tooMany',
    text(
      `同一发件人一小时内已登记 ${MOST_CASES_AN_HOUR} 件，其余请人工查看`,
      `This sender began ${MOST_CASES_AN_HOUR} cases within an hour; look at the others by hand`,
    ),
  ),
  noProcedure: refusal(
    'mail.noProcedure',
    text('没有一套已发布的制度接受邮件渠道', 'No published procedure takes matters by e-mail'),
  ),
  failed: (cause: string) =>
    refusal(
      'mail.failed',
      text(`处理这封邮件时多次出错：${cause}`, `Taking in this mail failed several times: ${cause}`),
    ),
};
