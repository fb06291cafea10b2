import type { PoolClient } from 'pg';
import { text } from '#kernel/text.ts';
import { type NamedPlace, type Part, readLine } from '../places/read-line.ts';
import type { CellReader } from './cells.ts';
import type { Column } from './kind.ts';

/** The columns that say which unit is meant. */
export const WHERE: readonly Column[] = [
  {
    key: 'estate',
    title: text('小区', 'Estate'),
    also: ['小区名称', '项目', '项目名称'],
    required: true,
    width: 16,
    example: '锦绣花园',
    note: text('与“房产”页中的名称一致', 'As it is called on the page Premises'),
  },
  {
    key: 'building',
    title: text('楼栋', 'Building'),
    also: ['栋号', '楼号', '栋', '幢号'],
    required: true,
    width: 10,
    example: '3栋',
    note: text('3、3栋、A座、5号楼均可', '3, 3栋 or A座'),
  },
  {
    key: 'entrance',
    title: text('单元', 'Entrance'),
    also: ['单元号'],
    width: 10,
    example: '2单元',
    note: text('没有单元就留空', 'Empty where there is none'),
  },
  {
    key: 'room',
    title: text('房号', 'Room'),
    also: ['房间号', '房间', '室号', '房屋编号'],
    required: true,
    width: 10,
    example: '502',
    note: text('只写房间号，如 502', 'The number of the room only, e.g. 502'),
  },
];

export interface Estate {
  id: string;
  code: string;
  name: string;
}
/** Estates of a company by name. */
export async function estatesOf(client: PoolClient, tenant: string): Promise<Map<string, Estate>> {
  const found = await client.query<Estate>(
    `select premises_id as id, code, name_zh as name from huiyin.premises where tenant_id = $1 and parent_id is null`,
    [tenant],
  );
  return new Map(found.rows.map((row) => [row.name.normalize('NFKC'), row]));
}

/** A unit as a row names it: the codes of everything on the way down, which the table knows them by. */
export interface NamedUnit {
  estate: Estate;
  building: Part;
  entrance: Part | undefined;
  room: string;
  code: string;
  /** What its floors hang on: the entrance, or else the building. */
  base: string;
}

const withSuffix = (words: string, suffix: string): string =>
  /^[A-Za-z]?\d{1,3}[A-Za-z]?$|^[A-Za-z]$|^[一二三四五六七八九十]{1,3}$/.test(words) ? words + suffix : words;

/** Reads where a row is; undefined when it cannot be told, with the faults said. */
export function readWhere(cells: CellReader, estates: ReadonlyMap<string, Estate>): NamedUnit | undefined {
  const [name, building, entrance, room] = ['estate', 'building', 'entrance', 'room'].map((key) => cells.text(key));
  if (!name || !building || !room) return undefined;
  const estate = estates.get(name);
  if (!estate) {
    const known = [...estates.values()]
      .slice(0, 8)
      .map((one) => one.name)
      .join('、');
    cells.fault(
      'estate',
      text(
        `没有小区“${name}”（已有：${known}）：请改正，或先在“房产”页新增`,
        `There is no estate “${name}” (there are: ${known}): correct it, or add it under Premises`,
      ),
    );
    return undefined;
  }
  const place = placeOf(cells, 'building', withSuffix(building, '栋'));
  const way = entrance ? placeOf(cells, 'entrance', `1栋${withSuffix(entrance, '单元')}`) : undefined;
  const inside = placeOf(cells, 'room', `1栋${room}`);
  if (!place?.building || (entrance && !way?.entrance) || inside?.room === undefined) return undefined;
  const entranceCode = `${estate.code}-${place.building.key}${way?.entrance ? `-${way.entrance.key}` : ''}`;
  const base = way?.entrance ? entranceCode : `${entranceCode}-0`;
  return {
    estate,
    building: place.building,
    entrance: way?.entrance,
    room: inside.room,
    code: `${base}-${inside.room}`,
    base,
  };
}

const NEEDS = {
  building: text('看不出楼栋：请写成 3栋、A座 或 5号楼', 'Which building? Write 3栋, A座 or 5号楼'),
  entrance: text('看不出单元：请写成 2单元', 'Which entrance? Write 2单元'),
  room: text('看不出房号：请写成 502', 'Which room? Write 502'),
};

function placeOf(cells: CellReader, column: keyof typeof NEEDS, words: string): NamedPlace | undefined {
  const read = readLine(words, '');
  if (
    read.kind === 'place' &&
    read.place[column] !== undefined &&
    read.place.place === undefined &&
    read.owner === null
  )
    return read.place;
  cells.fault(column, NEEDS[column]);
  return undefined;
}
