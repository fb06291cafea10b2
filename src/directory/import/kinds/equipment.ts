import { randomUUID } from 'node:crypto';
import { text } from '#kernel/text.ts';
import { newToken } from '../../account/token.ts';
import { readCells } from '../cells.ts';
import { added, type Row } from '../changes.ts';
import { differ } from '../differ.ts';
import type { Column, Judgement, ListKind } from '../kind.ts';

const columns: readonly Column[] = [
  {
    key: 'code',
    title: text('设备编号', 'Number'),
    also: ['编号', '设备编码'],
    required: true,
    width: 18,
    example: 'JX-3-2-DT1',
    note: text('在公司内唯一', 'Unique in the company'),
  },
  {
    key: 'name',
    title: text('设备名称', 'Name'),
    also: ['名称'],
    required: true,
    width: 18,
    example: '1号客梯',
    note: text('住户看得懂的叫法', 'As residents call it'),
  },
  {
    key: 'kind',
    title: text('类别', 'Kind'),
    also: ['设备类别', '设备类型'],
    required: true,
    width: 12,
    example: '电梯',
    note: text('同类设备写同一个词', 'The same word for the same kind'),
  },
  {
    key: 'place',
    title: text('位置', 'Place'),
    also: ['安装位置', '所在位置'],
    required: true,
    width: 26,
    example: '锦绣花园3栋2单元',
    note: text('小区、楼栋、单元或公共区域的全名', 'The full name of the place'),
  },
  {
    key: 'riser',
    title: text('立管', 'Riser'),
    width: 18,
    example: '',
    note: text('装在哪根立管上；可留空', 'The riser it belongs to; may be empty'),
  },
  {
    key: 'installed',
    title: text('安装日期', 'Installed on'),
    also: ['启用日期'],
    width: 14,
    example: '2019-05-20',
    note: text('可留空', 'May be empty'),
  },
  {
    key: 'warrantyUntil',
    title: text('保修至', 'Warranty until'),
    also: ['保修截止', '保修期至', '质保至', '保修到期日'],
    width: 14,
    example: '2027-05-19',
    note: text('保修的最后一天；可留空', 'The last day of its warranty; may be empty'),
  },
  {
    key: 'warrantor',
    title: text('保修单位', 'Warrantor'),
    also: ['质保单位', '维保单位'],
    width: 22,
    example: '',
    note: text('“外部单位”页登记的名称；可留空', 'As entered on the page Firms outside; may be empty'),
  },
];

interface Known {
  id: string;
  code: string;
  name: string;
  kind: string;
  placeId: string;
  place: string;
  riserId: string | null;
  riser: string | null;
  installed: string | null;
  warrantyUntil: string | null;
  firmId: string | null;
  firm: string | null;
}

const SELECT = `select e.equipment_id as id, e.code, e.name_zh as name, e.kind, e.premises_id as "placeId", m.full_name as place,
    e.riser_id as "riserId", r.name_zh as riser, e.installed_on as installed,
    e.warranty_until as "warrantyUntil", e.warrantor_id as "firmId", o.name as firm
  from huiyin.equipment e
  join huiyin.premises m on m.tenant_id = $1 and m.premises_id = e.premises_id
  left join huiyin.outside_organisation o on o.tenant_id = $1 and o.organisation_id = e.warrantor_id
  left join huiyin.riser r on r.tenant_id = $1 and r.riser_id = e.riser_id where e.tenant_id = $1`;

/** Equipment with its place, its riser and its warranty. */
export const equipment: ListKind = {
  name: 'equipment',
  title: text('设备', 'Equipment'),
  columns,
  async judge(client, { tenant }, rows) {
    const asked = rows.map((row) => {
      const cells = readCells(row, columns);
      const [code, name, kind, place, riser, firm] = ['code', 'name', 'kind', 'place', 'riser', 'warrantor'].map(
        (key) => cells.text(key, 100),
      );
      return {
        cells,
        code: code ?? '',
        name: name ?? '',
        kind: kind ?? '',
        place: place ?? '',
        riser: riser ?? '',
        firm: firm ?? '',
        installed: cells.date('installed'),
        warrantyUntil: cells.date('warrantyUntil'),
      };
    });
    const places = await client.query<{ id: string; name: string }>(
      'select premises_id as id, full_name as name from huiyin.premises where tenant_id = $1 and full_name = any($2)',
      [tenant, [...new Set(asked.map((one) => one.place))]],
    );
    const placeOf = new Map(places.rows.map((row) => [row.name, row.id]));
    const risers = await client.query<{ id: string; name: string; at: string }>(
      `with recursive up as (
         select premises_id as at, premises_id, parent_id from huiyin.premises where tenant_id = $1 and premises_id = any($2::uuid[])
         union all
         select u.at, m.premises_id, m.parent_id from up u
           join huiyin.premises m on m.tenant_id = $1 and m.premises_id = u.parent_id)
       select r.riser_id as id, r.name_zh as name, u.at from huiyin.riser r
         join up u on u.premises_id = r.premises_id where r.tenant_id = $1`,
      [tenant, [...placeOf.values()]],
    );
    const riserOf = new Map(risers.rows.map((row) => [`${row.at} ${row.name}`, row.id]));
    const firms = await client.query<{ id: string; name: string }>(
      'select organisation_id as id, name from huiyin.outside_organisation where tenant_id = $1 and name = any($2) and ended_at is null',
      [tenant, [...new Set(asked.map((one) => one.firm))]],
    );
    const firmOf = new Map(firms.rows.map((row) => [row.name, row.id]));
    const known = await client.query<Known>(`${SELECT} and e.code = any($2)`, [tenant, asked.map((one) => one.code)]);
    const there = new Map(known.rows.map((row) => [row.code, row]));
    return asked.map(({ cells, code, name, kind, place, riser, firm, installed, warrantyUntil }): Judgement => {
      const before = there.get(code);
      const placeId = placeOf.get(place);
      if (place !== '' && placeId === undefined)
        cells.fault(
          'place',
          text(`没有“${place}”：请写全名，如 锦绣花园3栋2单元`, `There is no “${place}”: write the full name`),
        );
      const riserId = riser === '' ? null : riserOf.get(`${placeId} ${riser}`);
      if (placeId !== undefined && riserId === undefined)
        cells.fault(
          'riser',
          text(
            `该处没有立管“${riser}”：请先在房屋清单中登记`,
            `There is no riser “${riser}” there: enter it with the units first`,
          ),
        );
      // A firm the company works with no more stays where it stood.
      const firmId = firm === '' ? null : firm === before?.firm ? before.firmId : firmOf.get(firm);
      if (firmId === undefined)
        cells.fault(
          'warrantor',
          text(
            `没有外部单位“${firm}”：请先在“外部单位”页登记，或改成已登记的名称`,
            `There is no firm “${firm}”: enter it on the page Firms outside first, or write the name it has there`,
          ),
        );
      const [since, until] = [installed ?? before?.installed, warrantyUntil ?? before?.warrantyUntil];
      if (since && until && until < since)
        cells.fault(
          warrantyUntil === null ? 'installed' : 'warrantyUntil',
          text(
            `保修截止 ${until} 早于安装日期 ${since}`,
            `The warranty ends on ${until}, before the installation on ${since}`,
          ),
        );
      const key = code === '' ? null : code;
      if (placeId === undefined || riserId === undefined || firmId === undefined || cells.faults.length > 0)
        return { key, faults: cells.faults, isNew: false, differences: [], changes: [] };
      const wish: Row = {
        name_zh: name,
        kind,
        premises_id: placeId,
        ...(riserId === null ? {} : { riser_id: riserId }),
        ...(installed === null ? {} : { installed_on: installed }),
        ...(warrantyUntil === null ? {} : { warranty_until: warrantyUntil }),
        ...(firmId === null ? {} : { warrantor_id: firmId }),
      };
      if (!before) {
        const fresh = {
          equipment_id: randomUUID(),
          code,
          door_code: newToken(tenant).text,
          ...wish,
          riser_id: riserId,
          installed_on: installed,
          warranty_until: warrantyUntil,
          warrantor_id: firmId,
        };
        return { key, faults: [], isNew: true, differences: [], changes: [added('equipment', fresh)] };
      }
      const now = {
        name_zh: before.name,
        kind: before.kind,
        premises_id: before.placeId,
        riser_id: before.riserId,
        installed_on: before.installed,
        warranty_until: before.warrantyUntil,
        warrantor_id: before.firmId,
      };
      const show = (column: string, value: Row[string]): string => {
        if (column === 'premises_id') return value === placeId ? place : before.place;
        if (column === 'riser_id') return value === riserId ? riser : (before.riser ?? '');
        if (column === 'warrantor_id') return value === firmId ? firm : (before.firm ?? '');
        return value === null ? '' : String(value);
      };
      const columnOf = {
        name_zh: 'name',
        kind: 'kind',
        premises_id: 'place',
        riser_id: 'riser',
        installed_on: 'installed',
        warranty_until: 'warrantyUntil',
        warrantor_id: 'warrantor',
      };
      return { key, faults: [], isNew: false, ...differ('equipment', before.id, now, wish, columnOf, show) };
    });
  },
  async *export(client, { tenant }, size) {
    for (let after = ''; ; ) {
      const found = await client.query<Known>(`${SELECT} and e.code > $2 order by e.code limit $3`, [
        tenant,
        after,
        size,
      ]);
      const last = found.rows.at(-1);
      if (!last) return;
      after = last.code;
      yield found.rows.map((row) => [
        row.code,
        row.name,
        row.kind,
        row.place,
        row.riser ?? '',
        row.installed ?? '',
        row.warrantyUntil ?? '',
        row.firm ?? '',
      ]);
    }
  },
};
