/** A place as a line of a list names it; parts that were not said are absent. */
export interface NamedPlace {
  building?: Part;
  entrance?: Part;
  room?: string;
  /** A common place: 南门绿化带, or 电梯厅 of an entrance. */
  place?: string;
}

/** A building or entrance: what tells it from others, and how people write it. */
export interface Part {
  key: string;
  name: string;
}

export interface NamedOwner {
  name: string;
  phone: string | null;
  relation: 'owner' | 'tenant' | 'family';
}

/** What one line says; `fault` is the code of what is wrong with it. */
export type ReadLine =
  | { kind: 'place'; place: NamedPlace; owner: NamedOwner | null }
  | { kind: 'blank' }
  | { kind: 'heading' }
  | { kind: 'fault'; fault: 'room' | 'phone' | 'ownerName' | 'ownerOfPlace' | 'tooLong' };

const NUMBER = '[0-9]{1,3}|[一二三四五六七八九十]{1,3}';
const BUILDING = new RegExp(
  `^([A-Za-z]?(?:${NUMBER})[A-Za-z]?|[A-Za-z]|[\\p{Script=Han}]{1,2}(?:${NUMBER})|[东南西北中])\\s*(栋|幢|座|号楼|#楼|楼栋|#)\\s*`,
  'u',
);
const ENTRANCE = new RegExp(`^([A-Za-z]|${NUMBER})\\s*(单元|门栋|#)\\s*`, 'u');
const ROOM = /^([A-Za-z]?\d{1,5}[A-Za-z]?)\s*(?:室|号房|房|号)?(?![\d\p{L}]*[栋幢座])/u;
const DASHED =
  /^([A-Za-z]?\d{1,3}[A-Za-z]?|[A-Za-z])\s*-\s*(?:([A-Za-z]|\d{1,2})\s*-\s*)?([A-Za-z]?\d{2,5}[A-Za-z]?)(?![-\w])/;
const PHONE = /(?<![\d-])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-?\d{7,8})(?![\d-])/;
const RELATIONS = { 业主: 'owner', 产权人: 'owner', 租户: 'tenant', 租客: 'tenant', 家属: 'family' } as const;
const HEADING = /^(房号|房屋|房间号?|地址|单元号?|楼栋|栋号|room|address|place)(?=\s|$)/i;

/**
 * Reads one line of a pasted list: `3栋2单元101`, `3-2-101 王秀英 13800001234`, `南门绿化带`. The name of the estate may
 * stand before it. Columns may be divided by blanks, tabs or commas.
 */
export function readLine(line: string, estate: string): ReadLine {
  const plain = line
    .normalize('NFKC')
    .replace(/[‐-―−－]/g, '-')
    .replace(/[\s,、;|]+/g, ' ')
    .trim();
  if (plain === '') return { kind: 'blank' };
  if ([...plain].length > 120) return { kind: 'fault', fault: 'tooLong' };
  if (HEADING.test(plain)) return { kind: 'heading' };
  const own = estate.normalize('NFKC');
  const rest = own !== '' && plain.startsWith(own) ? plain.slice(own.length).trim() : plain;
  if (rest === '') return { kind: 'blank' };
  const dashed = DASHED.exec(rest);
  if (dashed) {
    const [whole, building = '', entrance, room = ''] = dashed;
    const parts = entrance === undefined || entrance === '0' ? {} : { entrance: part(entrance, '单元') };
    return withOwner({ building: part(building, '栋'), ...parts, room: room.toUpperCase() }, rest.slice(whole.length));
  }
  const building = BUILDING.exec(rest);
  if (!building) return common({}, rest);
  const [whole, number = '', word = ''] = building;
  const place: NamedPlace = { building: part(number, word.includes('#') ? '栋' : word) };
  let after = rest.slice(whole.length);
  const entrance = ENTRANCE.exec(after);
  if (entrance) {
    place.entrance = part(entrance[1] ?? '', entrance[2] === '#' ? '单元' : (entrance[2] ?? '单元'));
    after = after.slice(entrance[0].length);
  }
  if (after === '') return { kind: 'place', place, owner: null };
  const room = ROOM.exec(after);
  if (!room) return /^[\d-]/.test(after) ? { kind: 'fault', fault: 'room' } : common(place, after);
  return withOwner({ ...place, room: (room[1] ?? '').toUpperCase() }, after.slice(room[0].length));
}

function withOwner(place: NamedPlace, rest: string): ReadLine {
  const words = rest.trim();
  if (words === '') return { kind: 'place', place, owner: null };
  const phone = PHONE.exec(words);
  const name = words
    .replace(PHONE, ' ')
    .replace(/^[\s:-]+|[\s:-]+$/g, '')
    .replace(/\s+/g, ' ');
  const said = Object.entries(RELATIONS).find(([word]) => name.startsWith(`${word} `) || name.endsWith(` ${word}`));
  const bare = said ? name.replace(said[0], '').trim() : name;
  if (/\d{5,}/.test(bare)) return { kind: 'fault', fault: 'phone' };
  if (bare === '' || [...bare].length > 60 || /\d/.test(bare)) return { kind: 'fault', fault: 'ownerName' };
  return {
    kind: 'place',
    place,
    owner: { name: bare, phone: phone?.[1]?.replace(/\D/g, '') ?? null, relation: said?.[1] ?? 'owner' },
  };
}

function common(within: NamedPlace, words: string): ReadLine {
  // A bare number is a room whose building was forgotten, or a telephone whose room was.
  if (!/\p{L}/u.test(words) || /^[\d-]+(?:\s|室|号|$)/.test(words)) return { kind: 'fault', fault: 'room' };
  if (PHONE.test(words)) return { kind: 'fault', fault: 'ownerOfPlace' };
  return [...words].length > 40
    ? { kind: 'fault', fault: 'tooLong' }
    : { kind: 'place', place: { ...within, place: words }, owner: null };
}

const DIGITS = '零一二三四五六七八九';

/** 十二 → 12; what is no Chinese number stays. */
function arabic(number: string): string {
  return number.replace(/[一二三四五六七八九十]+/, (found) => {
    const [tens = '', ones = ''] = found.includes('十') ? found.split('十') : ['', found];
    const head = found.includes('十') ? Math.max(1, DIGITS.indexOf(tens || '一')) * 10 : 0;
    return String(head + (ones === '' ? 0 : DIGITS.indexOf(ones)));
  });
}

const part = (number: string, word: string): Part => {
  const key = arabic(number.toUpperCase()).replace(/^0+(?=\d)/, '');
  return { key, name: `${key}${word}` };
};
