import type { Text } from '#kernel/text.ts';
import { text } from '#kernel/text.ts';
import type { PaperLanguage } from './model.ts';

/** The fixed words on printed papers. */
export const words = {
  number: text('编号', 'No.'),
  issued: text('出具时间', 'Issued'),
  estate: text('项目', 'Estate'),
  copies: text('份数', 'Copies'),
  attachments: text('附件', 'Attachments'),
  attachment: text('附', 'Att.'),
  signer: text('签字人', 'Signed by'),
  method: text('方式', 'Method'),
  witness: text('见证人', 'Witness'),
  signature: text('签字', 'Signature'),
  erased: text('表内个人信息已依法删除', 'The personal content of this form was lawfully erased'),
  time: text('时间', 'Time'),
  date: text('日期', 'Date'),
  digest: text('内容摘要 SHA-256', 'Content digest SHA-256'),
  scanCase: text('扫码查看', 'View online'),
  noPicture: text('图片无法显示', 'Picture cannot be shown'),
  rareGlyphs: text(
    '〔U+…〕：字库未收录的字符，以统一码编号代替。',
    '〔U+…〕 stands for a character that the font does not have, by its Unicode number.',
  ),
} satisfies Record<string, Text>;

const methods: Record<string, Text> = {
  glass: text('屏幕手写', 'Drawn on screen'),
  paper: text('纸面签字（原件照片附后）', 'On paper (photo attached)'),
  electronic: text('电子确认', 'Electronic confirmation'),
  witness: text('见证人见证', 'Witnessed'),
  delivery: text('送达留存', 'Proof of delivery'),
};

/** A way of signing in words; an unknown one as it was given. */
export const methodWords = (method: string): Text =>
  Object.hasOwn(methods, method) ? (methods[method] ?? text(method, method)) : text(method, method);

/** A text as the paper prints it: main wording, and the second one below it when the paper speaks both. */
export interface Printed {
  main: string;
  second: string;
}

/** Chooses the wording for a paper's language; an empty wording falls back to the other one. */
export function inLanguage(value: Text, lang: PaperLanguage): Printed {
  const first = lang === 'en' ? value.en || value.zh : value.zh || value.en;
  return { main: first, second: lang === 'both' && value.en !== first ? value.en : '' };
}

/** Both wordings on one line. */
export function onOneLine(value: Text, lang: PaperLanguage): string {
  const { main, second } = inLanguage(value, lang);
  return second ? `${main} ${second}` : main;
}
