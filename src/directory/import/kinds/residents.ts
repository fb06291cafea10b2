import { randomUUID } from 'node:crypto';
import { localDate } from '#clock/civil.ts';
import { text } from '#kernel/text.ts';
import { readCells } from '../cells.ts';
import { added, type Row } from '../changes.ts';
import { differ } from '../differ.ts';
import type { Choice, Column, Judgement, ListKind } from '../kind.ts';
import { estatesOf, readWhere, WHERE } from '../where.ts';

const RELATIONS: readonly Choice[] = [
  { value: 'owner', title: text('业主', 'Owner') },
  { value: 'tenant', title: text('租户', 'Tenant') },
  { value: 'family', title: text('家属', 'Family') },
];

const columns: readonly Column[] = [
  ...WHERE,
  {
    key: 'relation',
    title: text('身份', 'Standing'),
    also: ['关系', '住户类型', '与业主关系'],
    width: 10,
    example: '业主',
    note: text('业主、租户、家属；留空为业主', 'Owner, tenant or family; empty: owner'),
    choices: RELATIONS,
  },
  {
    key: 'name',
    title: text('姓名', 'Name'),
    also: ['业主姓名', '住户姓名', '业主'],
    required: true,
    width: 12,
    example: '王秀英',
    note: text('一人一行', 'One person a row'),
  },
  {
    key: 'phone',
    title: text('手机', 'Telephone'),
    also: ['电话', '联系电话', '手机号', '手机号码'],
    width: 16,
    example: '13800001234',
    note: text('来电时凭此认出是谁', 'Callers are recognised by it'),
  },
  { key: 'email', title: text('邮箱', 'E-mail'), width: 22, example: '', note: text('可留空', 'May be empty') },
  {
    key: 'from',
    title: text('入住日期', 'Moved in'),
    also: ['入伙日期', '起始日期'],
    width: 14,
    example: '2019-07-15',
    note: text('留空为导入当天', 'Empty: the day of the import'),
  },
  {
    key: 'to',
    title: text('迁出日期', 'Moved out'),
    also: ['搬离日期', '截止日期'],
    width: 14,
    example: '',
    note: text('最后一天；仍居住则留空', 'The last day; empty while he lives there'),
  },
];

interface Known {
  id: string;
  room: string;
  relation: string;
  name: string;
  phone: string | null;
  email: string | null;
  from: string;
  to: string | null;
}

/** Owners and residents by unit, with the days they came and went. */
export const residents: ListKind = {
  name: 'residents',
  title: text('业主与住户', 'Owners and residents'),
  columns,
  async judge(client, { tenant, now }, rows) {
    const estates = await estatesOf(client, tenant);
    const asked = rows.map((row) => {
      const cells = readCells(row, columns);
      const unit = readWhere(cells, estates);
      const [from, to, email] = [cells.date('from'), cells.date('to'), cells.text('email', 254)];
      if (from && to && to < from) cells.fault('to', text('迁出早于入住', 'Moved out before moving in'));
      if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
        cells.fault('email', text('邮箱有误', 'This is no e-mail address'));
      const relation = cells.choice('relation', RELATIONS) ?? 'owner';
      return { cells, unit, from, to, email, relation, name: cells.text('name'), phone: cells.phone('phone') };
    });
    const codes = asked.flatMap(({ unit }) => (unit ? [unit.code] : []));
    const rooms = await client.query<{ id: string; code: string }>(
      'select premises_id as id, code from huiyin.premises where tenant_id = $1 and code = any($2)',
      [tenant, codes],
    );
    const roomOf = new Map(rooms.rows.map((row) => [row.code, row.id]));
    const known = await client.query<Known>(
      `select resident_id as id, premises_id as room, relation, name, phone, email, from_date as from, to_date as to
         from huiyin.resident where tenant_id = $1 and premises_id = any($2::uuid[]) order by from_date desc`,
      [tenant, [...roomOf.values()]],
    );
    const living = Map.groupBy(known.rows, (one) => `${one.room}|${one.relation}|${one.name.normalize('NFKC')}`);
    return asked.map(({ cells, unit, from, to, email, relation, name, phone }): Judgement => {
      const room = unit && roomOf.get(unit.code);
      if (unit && room === undefined)
        cells.fault(
          'room',
          text('没有这间房：请改正，或先导入房屋', 'There is no such unit: correct it, or import the units first'),
        );
      const key = unit ? `${unit.code}|${relation}|${name}|${from ?? ''}` : null;
      if (room === undefined || cells.faults.length > 0)
        return { key, faults: cells.faults, isNew: false, differences: [], changes: [] };
      const same = living.get(`${room}|${relation}|${name}`) ?? [];
      const there =
        same.find((one) => one.from === from) ??
        same.find((one) => one.to === null && (from === null || from < one.from));
      const wish: Row = {
        ...(phone === null ? {} : { phone }),
        ...(email === '' ? {} : { email }),
        ...(from === null ? {} : { from_date: from }),
        ...(to === null ? {} : { to_date: to }),
      };
      if (there) {
        const now = { phone: there.phone, email: there.email, from_date: there.from, to_date: there.to };
        return { key, faults: [], isNew: false, ...differ('resident', there.id, now, wish, COLUMN_OF) };
      }
      const fresh = {
        resident_id: randomUUID(),
        premises_id: room,
        relation,
        name,
        phone,
        email: email === '' ? null : email,
        from_date: from ?? (to !== null && to < localDate(now) ? to : localDate(now)),
        to_date: to,
      };
      return { key, faults: [], isNew: true, differences: [], changes: [added('resident', fresh)] };
    });
  },
  async *export(client, { tenant }, size) {
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const found = await client.query<Known & Record<'estate' | 'building' | 'entrance' | 'unit', string>>(
        `with recursive batch as (
           select r.*, m.name_zh as unit, m.parent_id from huiyin.resident r
             join huiyin.premises m on m.tenant_id = $1 and m.premises_id = r.premises_id
            where r.tenant_id = $1 and r.resident_id > $2 order by r.resident_id limit $3),
         up as (
           select resident_id as who, parent_id as at, null::text as kind, null::text as name from batch
           union all
           select u.who, m.parent_id, m.kind, m.name_zh from up u
             join huiyin.premises m on m.tenant_id = $1 and m.premises_id = u.at)
         select b.resident_id as id, b.unit, b.relation, b.name, b.phone, b.email, b.from_date as from, b.to_date as to,
                max(u.name) filter (where u.kind = 'estate') as estate,
                coalesce(max(u.name) filter (where u.kind = 'building'), '') as building,
                coalesce(max(u.name) filter (where u.kind = 'entrance'), '') as entrance
           from batch b join up u on u.who = b.resident_id
          group by b.resident_id, b.unit, b.relation, b.name, b.phone, b.email, b.from_date, b.to_date
          order by b.resident_id`,
        [tenant, after, size],
      );
      const last = found.rows.at(-1);
      if (!last) return;
      after = last.id;
      yield found.rows.map((row) => [
        row.estate,
        row.building,
        row.entrance,
        row.unit,
        RELATIONS.find((one) => one.value === row.relation)?.title.zh ?? row.relation,
        row.name,
        row.phone ?? '',
        row.email ?? '',
        row.from,
        row.to ?? '',
      ]);
    }
  },
};

const COLUMN_OF = { phone: 'phone', email: 'email', from_date: 'from', to_date: 'to' };
