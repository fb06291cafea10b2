import { type Text, text } from '#kernel/text.ts';
import type { Lang } from '../language.ts';

/** What the page says that asks somebody who wrote by message where he lives. */
const words = {
  title: text('告诉我们您住哪里', 'Where do you live?'),
  lead: text(
    '只需填一次。以后您在那边发的每一句话，我们都知道是哪一户、怎么联系您。',
    'You are asked only once. From then on we know which home you write from and how to reach you.',
  ),
  name: text('怎么称呼您', 'Your name'),
  phone: text('联系电话', 'Telephone'),
  place: text('住址或房号', 'Address or room'),
  placeHint: text('如 锦绣花园3栋2单元502', 'Such as building 3, entrance 2, room 502'),
  send: text('就是这里', 'That is it'),
  done: text('记下了，谢谢', 'Thank you'),
  doneLead: text(
    '您住 {place}。刚才发来的话正在登记，编号马上发给您。可以关掉这一页了。',
    'You live at {place}. What you wrote is being registered; you get its number in a moment. You may close this page.',
  ),
  over: text('这个网址已失效', 'This address is no longer valid'),
  overLead: text('请在那边再发一句话，我们给您一个新的网址。', 'Write once more, and you get a new one.'),
  noName: text('请填写称呼', 'Enter your name'),
  noPhone: text('请填写 11 位手机号或带区号的座机', 'Enter a telephone number'),
  noPlace: text('请填写住址或房号', 'Enter your address or room'),
} satisfies Record<string, Text>;

export type Say = keyof typeof words;
export const say = (lang: Lang, key: Say): string => words[key][lang];
