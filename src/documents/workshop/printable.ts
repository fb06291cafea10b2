import type { Json } from './tasks.ts';

const LONGEST_WORD = 20;
// What draws nothing (joiners, variation selectors, tags, skin tones) or turns the direction of reading around.
const UNSEEN =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}|\p{Emoji_Modifier}|[\u{e0000}-\u{e007f}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Makes any string printable: unseen and control characters go, whatever the font lacks shows as 〔U+1F600〕. */
export function printable(value: string, covers: (codePoint: number) => boolean): { text: string; rare: boolean } {
  let rare = false;
  let text = '';
  const clean = value.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').replace(UNSEEN, '').replace(CONTROL, ' ');
  for (const char of clean) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '\n' || char === '\t' || covers(code)) text += char === '\t' ? ' ' : char;
    else {
      rare = true;
      text += `〔U+${code.toString(16).toUpperCase().padStart(4, '0')}〕`;
    }
  }
  return { text, rare };
}

/** Lets a line end inside a very long word (an address, a serial number), which would otherwise leave the page. */
export function breakable(text: string): string {
  return text.replace(
    /[\u0021-\u024f]{28,}/g,
    (word) => word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gu'))?.join('\u200b') ?? word,
  );
}

/** Makes every string in the data printable. Keys that name digests or pictures are ours and stay whole. */
export function printableData(data: Json, covers: (codePoint: number) => boolean): { data: Json; rare: boolean } {
  let rare = false;
  const walk = (value: Json, whole: boolean): Json => {
    if (typeof value === 'string') {
      const made = printable(value, covers);
      rare ||= made.rare;
      return whole ? made.text : breakable(made.text);
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, whole));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, WHOLE.has(key))]));
    return value;
  };
  const made = walk(data, false);
  return { data: made, rare };
}

const WHOLE = new Set(['digest', 'sha256', 'picture', 'lang']);
