/** 199****1234: the first three and last four digits; shorter numbers keep only their last two. */
export function maskPhone(phone: string): string {
  const signs = [...phone.trim()];
  if (signs.length >= 11) return `${signs.slice(0, 3).join('')}****${signs.slice(-4).join('')}`;
  return `****${signs.slice(-2).join('')}`;
}

/** 王**: the family name (two signs for 欧阳 and its like); a name in Latin letters keeps its first letter. */
export function maskName(name: string): string {
  const signs = [...name.trim()];
  if (signs.length === 0) return '';
  const long = signs.length > 2 && COMPOUND.has(signs.slice(0, 2).join(''));
  return `${signs.slice(0, long ? 2 : 1).join('')}**`;
}
const COMPOUND = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '司徒',
  '东方',
  '夏侯',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
]);

/** w***@example.com */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  return `${[...email][0]}***${email.slice(at)}`;
}

/**
 * 锦绣花园3栋***: the building stays readable, because work is sent there; entrance, floor and room do not. A place that
 * names neither a number nor a household (中心绿化带) is nobody's home and is shown whole.
 */
export function maskRoom(fullName: string): string {
  const name = fullName.trim();
  const building = /^.*?(栋|幢|座|号楼|[Bb]uilding\s*\w+)/.exec(name);
  if (building) return `${building[0]}***`;
  if (!/[\p{N}一二三四五六七八九十百零〇家户宅]/u.test(name)) return name;
  return `${[...name].slice(0, 2).join('')}***`;
}

export type PersonalKind = 'name' | 'phone' | 'email' | 'room' | 'text';

/** Masks a value by what it is; free text that is personal is hidden whole. An empty value stays empty. */
export function mask(kind: PersonalKind, value: string): string {
  if (value.trim() === '') return '';
  return MASKS[kind](value);
}
const MASKS: Record<PersonalKind, (value: string) => string> = {
  name: maskName,
  phone: maskPhone,
  email: maskEmail,
  room: maskRoom,
  text: () => '***',
};

/** Masks every telephone number inside free text, where people write them unasked. */
export function maskInText(text: string): string {
  return text.replace(/(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)/g, (found) =>
    maskPhone(found.replace(/\D/g, '').slice(-11)),
  );
}
