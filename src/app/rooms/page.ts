import { folderOf, ROOMS, type Room } from './table.ts';

const BEGIN = '<!-- made from src/app/rooms/table.ts by `npm run huiyin -- rooms` -->';
const END = '<!-- end of the table -->';

/** The text of docs/rooms.md with its table brought up to date; what people wrote around it stays. */
export function withTable(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  return `${before ?? ''}${BEGIN}\n${table()}\n${END}${after ?? '\n'}`;
}

function table(): string {
  const rows = ROOMS.map((room) => [`\`${folderOf(room)}/\``, purpose(room), list(room.imports), packages(room)]);
  return [['room', 'purpose', 'may import', 'packages'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const purpose = (room: Room): string => `${room.purpose.en}${room.pure ? ' · **pure**' : ''}`;

const list = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));

function packages(room: Room): string {
  if (room.packages.includes('*')) return 'those of web/package.json';
  return [...room.packages, ...(room.pure ? [] : ['node:*'])].join(', ') || 'none';
}
