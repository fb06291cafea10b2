/** A room as people write it: 3号楼2单元101, 3栋101, 3-2-101. */
export interface WrittenRoom {
  building: string;
  /** Null where a building has one entrance. */
  entrance: string | null;
  room: string;
  /** As it stands in the mail. */
  written: string;
}

const ROOMS: readonly RegExp[] = [
  /(?<!\d)(?<building>\d{1,3}|[A-Z]\d{0,2})\s*(?:号楼|[栋幢座#＃])\s*(?:(?<entrance>\d{1,2}|[A-Z])\s*(?:单元|门)\s*)?(?:\d{1,2}\s*[层楼]\s*)?(?<room>\d{3,4})(?!\d)(?:\s*[室号房户])?/i,
  /(?<![\d.-])(?<building>\d{1,3})[-－—](?<entrance>\d{1,2})[-－—](?<room>\d{3,4})(?![\d-])/,
];
const CALLED = /(?:地址|房号|住址|楼栋|门牌|位置|地点)\s*(?:是|为)?\s*[：:\s]\s*([^\n，。；;]{2,60})/;
const PHONES: readonly RegExp[] = [
  /(?<!\d)(?:(?:\+|00)?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)/,
  /(?<!\d)(0\d{2,3})[-\s]?(\d{7,8})(?!\d)/,
  /(?<!\d)([48]00)[-\s]?(\d{3})[-\s]?(\d{4})(?!\d)/,
];
const PHONE_CALLED = /(?:电话|手机|联系方式|致电|tel|phone|mobile)\D{0,10}(?=[\d+])/i;

/** The first room named in a text; null when none is. */
export function roomIn(text: string): WrittenRoom | null {
  const words = text.normalize('NFKC');
  for (const pattern of ROOMS) {
    const found = pattern.exec(words);
    const { building, entrance, room } = found?.groups ?? {};
    if (found && building && room)
      return {
        building: building.toUpperCase(),
        entrance: entrance?.toUpperCase() ?? null,
        room,
        written: found[0].trim(),
      };
  }
  return null;
}

/** What stands after 地址, 房号 and the like; null when nothing does. */
export const placeCalled = (text: string): string | null => CALLED.exec(text)?.[1]?.trim() ?? null;

/** A telephone number in a text, digits only: one that is called so before any other. */
export function phoneIn(text: string): string | null {
  const words = text.normalize('NFKC');
  const called = PHONE_CALLED.exec(words);
  const parts = called ? [words.slice(called.index), words] : [words];
  for (const part of parts)
    for (const pattern of PHONES) {
      const found = pattern.exec(part);
      if (found) return found.slice(1).join('');
    }
  return null;
}
