import { fill, type Text, text } from '#kernel/text.ts';
import type { Lang } from '../language.ts';

/** What these pages say to somebody outside the company, besides the words shared with the owner's pages. */
const words = {
  asked: text('{company}请{party}答复', '{company} asks {party} for an answer'),
  lead: text('案件 {number} · {matter}', 'Case {number} · {matter}'),
  as: text('您以“{role}”的身份办理，只需一次，不用注册。', 'You act as “{role}”, once, without an account.'),
  until: text('请在 {at} 前办理', 'Please answer by {at}'),
  about: text('事情经过', 'What it is about'),
  papers: text('给您的文书', 'Papers for you'),
  can: text('请选择', 'Please choose'),
  notNow: text('这件事现在不用您办理了', 'Nothing is asked of you any more'),
  notNowWhy: text(
    '情况刚有变化。如有疑问，请打服务中心电话并报编号 {number}。',
    'Something has changed. If in doubt, call the service centre and give the number {number}.',
  ),
  used: text('已经答复过了', 'This has been answered'),
  usedWhy: text(
    '这个链接只能用一次，您的答复已经记入 {number}。要更正，请打电话给我们。',
    'This link works once; your answer stands in {number}. To correct it, please call us.',
  ),
  thanks: text('谢谢，您的答复已记下', 'Thank you, your answer is recorded'),
  expired: text('已过答复期限', 'The time to answer has passed'),
  expiredWhy: text(
    '期限是 {at}。如仍要答复，请打电话给我们，我们可以给您新的链接。',
    'It ended {at}. If you still wish to answer, call us: we can give you a new link.',
  ),
  revoked: text('这个链接已换成新的', 'This link was replaced'),
  revokedWhy: text('请用我们最后发给您的链接。', 'Please use the link we sent you last.'),
  back: text('返回', 'Back'),
} satisfies Record<string, Text>;

export type OutsideWord = keyof typeof words;

export const say = (lang: Lang, word: OutsideWord, values: Record<string, string | number> = {}): string =>
  fill(words[word], values)[lang];
