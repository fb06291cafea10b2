// Longer than usual: what a unit is made of (building, entrance, floor, risers) is one decision over one row.
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { text } from '#kernel/text.ts';
import { newToken } from '../../account/token.ts';
import { type CellReader, readCells } from '../cells.ts';
import { added, type Change, removed } from '../changes.ts';
import type { Column, Difference, Judgement, ListContext, ListKind, ListRow } from '../kind.ts';
import { type Estate, estatesOf, type NamedUnit, readWhere, WHERE } from '../where.ts';

const columns: readonly Column[] = [
  ...WHERE,
  {
    key: 'floor',
    title: text('楼层', 'Floor'),
    also: ['层', '所在楼层'],
    width: 8,
    example: '5',
    note: text('留空则由房号推出（502 → 5 层）', 'Empty: as the number of the room says'),
  },
  {
    key: 'handedOver',
    title: text('交付日期', 'Handed over on'),
    also: ['交房日期', '收房日期'],
    width: 14,
    example: '2019-06-30',
    note: text('保修期由此起算', 'Warranties run from this day'),
  },
  {
    key: 'risers',
    title: text('立管', 'Risers'),
    also: ['共用立管', '管井'],
    width: 20,
    example: '东侧排水立管、厨房给水立管',
    note: text('多根用顿号分开；同名即同一根', 'Several are divided by 、; the same name is the same riser'),
  },
];

interface Known {
  id: string;
  code: string;
  parentId: string | null;
  fullName: string;
  handedOverOn: string | null;
  storey: string | null;
}
interface Asked {
  unit: NamedUnit | undefined;
  floor: number | null;
  handedOver: string | null;
  risers: string[];
  cells: CellReader;
}
interface KnownRiser {
  id: string;
  on: string;
  name: string;
}

/** Units with everything above them; a building, entrance, floor or riser that is missing is added on the way. */
export const units: ListKind = {
  name: 'units',
  title: text('房屋', 'Units'),
  columns,
  async judge(client, context, rows) {
    const estates = await estatesOf(client, context.tenant);
    const asked = rows.map((row) => read(row, estates));
    const there = await load(client, context.tenant, asked);
    return asked.map((one) => judgeOne(context, one, there));
  },
  async *export(client, { tenant }, size) {
    for (let after = ''; ; ) {
      const found = await client.query<
        Record<'code' | 'estate' | 'building' | 'entrance' | 'room' | 'floor' | 'risers', string> & {
          handedOver: string | null;
        }
      >(
        `with recursive batch as (
           select premises_id, parent_id, code, name_zh, handed_over_on from huiyin.premises
            where tenant_id = $1 and kind = 'room' and code > $2 order by code limit $3),
         up as (
           select premises_id as room, parent_id as at, null::text as kind, null::text as name from batch
           union all
           select u.room, m.parent_id, m.kind, m.name_zh from up u
             join huiyin.premises m on m.tenant_id = $1 and m.premises_id = u.at)
         select b.code, b.name_zh as room, b.handed_over_on as "handedOver",
                max(u.name) filter (where u.kind = 'estate') as estate,
                coalesce(max(u.name) filter (where u.kind = 'building'), '') as building,
                coalesce(max(u.name) filter (where u.kind = 'entrance'), '') as entrance,
                coalesce(max(u.name) filter (where u.kind = 'floor'), '') as floor,
                coalesce((select string_agg(r.name_zh, '、' order by r.name_zh) from huiyin.riser_place p
                  join huiyin.riser r on r.tenant_id = $1 and r.riser_id = p.riser_id
                  where p.tenant_id = $1 and p.premises_id = b.premises_id), '') as risers
           from batch b join up u on u.room = b.premises_id
          group by b.code, b.name_zh, b.handed_over_on, b.premises_id order by b.code`,
        [tenant, after, size],
      );
      const last = found.rows.at(-1);
      if (!last) return;
      after = last.code;
      yield found.rows.map((row) => [
        row.estate,
        row.building,
        row.entrance,
        row.room,
        row.floor.replace(/层$/, ''),
        row.handedOver ?? '',
        row.risers,
      ]);
    }
  },
};

function read(row: ListRow, estates: ReadonlyMap<string, Estate>): Asked {
  const cells = readCells(row, columns);
  const unit = readWhere(cells, estates);
  const words = cells.text('floor', 10).replace(/(层|楼|F)$/i, '');
  if (words !== '' && !/^-?\d{1,3}$/.test(words))
    cells.fault('floor', text(`“${words}”不是楼层，请只写数字，如 5`, `“${words}” is no floor: write a number`));
  const told = /^(\d{1,3})\d\d$/.exec(unit?.room.replace(/\D+$/, '') ?? '')?.[1];
  const floor = words !== '' ? Number(words) : told === undefined ? null : Number(told);
  const risers = [
    ...new Set(
      cells
        .text('risers', 400)
        .split(/[、,;，；]\s*/)
        .filter((name) => name !== ''),
    ),
  ];
  return { unit, floor: Number.isNaN(floor) ? null : floor, handedOver: cells.date('handedOver'), risers, cells };
}

const buildingCode = ({ estate, building }: NamedUnit): string => `${estate.code}-${building.key}`;
const holderCode = (unit: NamedUnit): string =>
  unit.entrance ? `${buildingCode(unit)}-${unit.entrance.key}` : buildingCode(unit);
const floorCode = (unit: NamedUnit, floor: number): string => `${unit.base}-F${floor}`;

interface There {
  places: Map<string, Known>;
  /** By what they run through and their name. */
  risers: Map<string, KnownRiser>;
  /** Risers of each unit. */
  hangs: Map<string, KnownRiser[]>;
}

async function load(client: PoolClient, tenant: string, asked: readonly Asked[]): Promise<There> {
  const codes = new Set<string>();
  for (const { unit, floor } of asked) {
    if (!unit) continue;
    for (const code of [unit.estate.code, buildingCode(unit), holderCode(unit), unit.code]) codes.add(code);
    if (floor !== null) codes.add(floorCode(unit, floor));
  }
  const places = await client.query<Known>(
    `select premises_id as id, code, parent_id as "parentId", full_name as "fullName", handed_over_on as "handedOverOn",
            (select f.name_zh from huiyin.premises f
              where f.tenant_id = $1 and f.premises_id = m.parent_id and f.kind = 'floor') as storey
       from huiyin.premises m where tenant_id = $1 and code = any($2)`,
    [tenant, [...codes]],
  );
  const ids = places.rows.map((place) => place.id);
  const risers = await client.query<KnownRiser & { place: string | null }>(
    `select riser_id as id, premises_id as on, name_zh as name, null::uuid as place
       from huiyin.riser where tenant_id = $1 and premises_id = any($2::uuid[])
     union all
     select r.riser_id, r.premises_id, r.name_zh, p.premises_id from huiyin.riser_place p
       join huiyin.riser r on r.tenant_id = p.tenant_id and r.riser_id = p.riser_id
      where p.tenant_id = $1 and p.premises_id = any($2::uuid[])`,
    [tenant, ids],
  );
  return {
    places: new Map(places.rows.map((place) => [place.code, place])),
    risers: new Map(risers.rows.filter((one) => one.place === null).map((one) => [`${one.on} ${one.name}`, one])),
    hangs: Map.groupBy(
      risers.rows.filter((one) => one.place !== null),
      (one) => one.place ?? '',
    ),
  };
}

function judgeOne({ tenant }: ListContext, { unit, floor, handedOver, risers, cells }: Asked, there: There): Judgement {
  if (!unit || cells.faults.length > 0)
    return { key: unit?.code ?? null, faults: cells.faults, isNew: false, differences: [], changes: [] };
  const changes: Change[] = [];
  const differences: Difference[] = [];
  const settle = (kind: string, code: string, name: string, parent: Known, under: Known, sort: number): Known => {
    const known = there.places.get(code);
    if (known) return known;
    const fullName = under.fullName + name;
    const made: Known = { id: randomUUID(), code, parentId: parent.id, fullName, handedOverOn: null, storey: null };
    there.places.set(code, made);
    changes.push(
      added('premises', {
        premises_id: made.id,
        parent_id: parent.id,
        kind,
        code,
        name_zh: name,
        name_en: '',
        full_name: fullName,
        handed_over_on: kind === 'room' ? handedOver : null,
        door_code: newToken(tenant).text,
        sort,
      }),
    );
    return made;
  };
  const estate: Known = {
    ...unit.estate,
    parentId: null,
    fullName: unit.estate.name,
    handedOverOn: null,
    storey: null,
  };
  const order = (key: string): number => Number(key.replace(/\D/g, '')) || (key.codePointAt(0) ?? 0);
  const building = settle('building', buildingCode(unit), unit.building.name, estate, estate, order(unit.building.key));
  const holder = unit.entrance
    ? settle('entrance', holderCode(unit), unit.entrance.name, building, building, order(unit.entrance.key))
    : building;
  const storey = floor === null ? holder : settle('floor', floorCode(unit, floor), `${floor}层`, holder, holder, floor);
  const before = there.places.get(unit.code);
  const room = settle('room', unit.code, unit.room, storey, holder, order(unit.room));
  if (before && floor !== null && before.parentId !== storey.id) {
    differences.push({ column: 'floor', before: before.storey?.replace(/层$/, '') ?? '', after: String(floor) });
    changes.push(altered(room.id, { parent_id: before.parentId }, { parent_id: storey.id }));
  }
  if (before && handedOver !== null && before.handedOverOn !== handedOver) {
    differences.push({ column: 'handedOver', before: before.handedOverOn ?? '', after: handedOver });
    changes.push(altered(room.id, { handed_over_on: before.handedOverOn }, { handed_over_on: handedOver }));
  }
  if (risers.length > 0) {
    const hanging = there.hangs.get(room.id) ?? [];
    for (const name of risers) {
      if (hanging.some((one) => one.name === name)) continue;
      let riser = there.risers.get(`${holder.id} ${name}`) ?? there.risers.get(`${building.id} ${name}`);
      if (!riser) {
        riser = { id: randomUUID(), on: holder.id, name };
        there.risers.set(`${holder.id} ${name}`, riser);
        changes.push(added('riser', { riser_id: riser.id, premises_id: holder.id, name_zh: name }));
      }
      changes.push(added('riser_place', { riser_id: riser.id, premises_id: room.id }));
    }
    const off = hanging.filter((one) => !risers.includes(one.name));
    for (const one of off) changes.push(removed('riser_place', { riser_id: one.id, premises_id: room.id }));
    const was = hanging.map((one) => one.name).sort();
    const is = risers.toSorted();
    if (before && was.join('、') !== is.join('、'))
      differences.push({ column: 'risers', before: was.join('、'), after: is.join('、') });
  }
  return { key: unit.code, faults: [], isNew: !before, differences, changes };
}

const altered = (id: string, before: Change['before'], after: Change['after']): Change => ({
  table: 'premises',
  key: id,
  before,
  after,
});
