import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The family name our papers ask for. Not the font's own: another edition installed on the machine must never slip in. */
export const FAMILY = 'HYNoto Paper';

const OWN_NAME = 'Noto Sans SC';

/** Reads a weight of Noto Sans SC from the package and gives it our family name (of equal length) in memory. */
export function paperFont(weight: '400Regular' | '700Bold'): Buffer {
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`));
  const { offset, length } = table(bytes, 'name');
  for (const encoding of ['utf16be', 'latin1'] as const) {
    const from = encoded(OWN_NAME, encoding);
    const to = encoded(FAMILY, encoding);
    for (let at = bytes.indexOf(from, offset); at >= 0 && at < offset + length; at = bytes.indexOf(from, at + 1))
      to.copy(bytes, at);
  }
  return bytes;
}

/** Code points the font can draw, from its `cmap` (format 12). */
export function coverage(font: Buffer): (codePoint: number) => boolean {
  const cmap = table(font, 'cmap').offset;
  const groups: [number, number][] = [];
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const sub = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
    if (font.readUInt16BE(sub) !== 12) continue;
    for (let g = 0; g < font.readUInt32BE(sub + 12); g++)
      groups.push([font.readUInt32BE(sub + 16 + g * 12), font.readUInt32BE(sub + 16 + g * 12 + 4)]);
  }
  if (groups.length === 0) throw new Error('the font has no cmap of format 12');
  groups.sort((a, b) => a[0] - b[0]);
  return (codePoint) => {
    let low = 0;
    let high = groups.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = groups[middle];
      if (!group || codePoint < group[0]) high = middle - 1;
      else if (codePoint > group[1]) low = middle + 1;
      else return true;
    }
    return false;
  };
}

function table(font: Buffer, tag: string): { offset: number; length: number } {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === tag)
      return { offset: font.readUInt32BE(record + 8), length: font.readUInt32BE(record + 12) };
  }
  throw new Error(`the font has no table ${tag}`);
}

function encoded(text: string, encoding: 'utf16be' | 'latin1'): Buffer {
  return encoding === 'latin1' ? Buffer.from(text, 'latin1') : Buffer.from(text, 'utf16le').swap16();
}
