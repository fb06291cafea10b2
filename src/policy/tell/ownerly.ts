import type { Text } from '#kernel/text.ts';

/** Titles of a pack are written for the staff; where the owner reads them they speak to him. */
export function ownerly(title: Text, lang: keyof Text): string {
  if (lang === 'zh') return title.zh.replace(/业主(?!委员会|大会|座谈|代表|群)/g, '您');
  return title.en.replace(/\bthe owner’s\b/gi, 'your').replace(/\bthe owner\b(?!s)/gi, 'you');
}
