import { type Text, text } from '#kernel/text.ts';
import type { Lang } from '../language.ts';

/** What the page for a lost link says. */
const words = {
  title: text('找回您的页面', 'Find your page again'),
  lead: text(
    '网址丢了？填编号和登记时留的邮箱，我们发一个验证码到那个邮箱。',
    'Lost the address? Enter your number and the e-mail you gave us; a code goes there.',
  ),
  number: text('编号，如 TS202603-0001', 'Number, such as TS202603-0001'),
  email: text('登记时留的邮箱', 'The e-mail you gave us'),
  send: text('发送验证码', 'Send the code'),
  codeLead: text(
    '如果编号和邮箱与登记的一致，几秒钟内会收到 6 位验证码，10 分钟内有效。没有收到，请打服务中心电话报编号。',
    'If number and e-mail are those we have, six digits arrive within seconds; they are good for 10 minutes. If nothing comes, call the service centre.',
  ),
  code: text('验证码', 'Code'),
  open: text('打开我的页面', 'Open my page'),
  noMail: text(
    '这里还不能发邮件。请打服务中心电话报编号，工作人员会再给您一个网址。',
    'No mail can be sent from here yet. Call the service centre with your number; you will be given a new address.',
  ),
} satisfies Record<string, Text>;

export const say = (lang: Lang, key: keyof typeof words): string => words[key][lang];
