import { randomUUID } from 'node:crypto';
import { localDate } from '#clock/civil.ts';
import { text } from '#kernel/text.ts';
import { readCells } from '../cells.ts';
import { added, type Change } from '../changes.ts';
import { differ } from '../differ.ts';
import type { Column, Judgement, ListKind } from '../kind.ts';
import { readWho, staffOf, WHO } from '../staff.ts';

const columns: readonly Column[] = [
  ...WHO,
  { key: 'email', title: text('邮箱', 'E-mail'), width: 22, example: '', note: text('可留空', 'May be empty') },
  {
    key: 'unit',
    title: text('部门', 'Department'),
    also: ['所属部门', '班组'],
    required: true,
    width: 18,
    example: '工程部',
    note: text('项目部、部门或班组的名称', 'The name of a site office, department or crew'),
  },
  {
    key: 'post',
    title: text('岗位', 'Post'),
    also: ['职务'],
    required: true,
    width: 18,
    example: '部门经办人',
    note: text('一岗一行；一人多岗写多行', 'One post a row; several rows for several posts'),
  },
  {
    key: 'from',
    title: text('任职自', 'From'),
    also: ['任职日期'],
    width: 14,
    example: '2024-03-01',
    note: text('留空为导入当天', 'Empty: the day of the import'),
  },
  {
    key: 'to',
    title: text('任职至', 'Until'),
    width: 14,
    example: '',
    note: text('最后一天；在任则留空', 'The last day; empty while he holds it'),
  },
];

interface Held {
  personId: string;
  post: string;
  unitId: string;
  from: string;
  to: string | null;
}

/** People with the posts they hold. */
export const people: ListKind = {
  name: 'people',
  title: text('人员与岗位', 'People and posts'),
  columns,
  async judge(client, { tenant, now, posts }, rows) {
    const staff = await staffOf(client, tenant);
    const units = await client.query<{ id: string; code: string; zh: string; en: string }>(
      'select unit_id as id, code, name_zh as zh, name_en as en from huiyin.unit where tenant_id = $1 order by sort, code',
      [tenant],
    );
    const offered = units.rows.map(({ id, code, zh, en }) => ({ value: id, code, title: text(zh, en || code) }));
    const held = await client.query<Held>(
      `select person_id as "personId", post, unit_id as "unitId", from_date as from, to_date as to
         from huiyin.post_assignment where tenant_id = $1 order by from_date desc`,
      [tenant],
    );
    const last = await client.query<{ sort: number }>(
      'select coalesce(max(sort), 0) as sort from huiyin.person where tenant_id = $1',
      [tenant],
    );
    let sort = last.rows[0]?.sort ?? 0;
    return rows.map((row): Judgement => {
      const cells = readCells(row, columns);
      const who = readWho(cells, staff);
      const [unit, post, from, to] = [
        cells.choice('unit', offered),
        cells.choice('post', posts),
        cells.date('from'),
        cells.date('to'),
      ];
      const [name, phone, email] = [cells.text('name'), cells.phone('phone'), cells.text('email', 254)];
      if (from && to && to < from) cells.fault('to', text('截止早于开始', 'The end is before the beginning'));
      const key = `${phone ?? name}|${unit}|${post}|${from ?? ''}`;
      if (who === undefined || unit === null || post === null || cells.faults.length > 0)
        return { key, faults: cells.faults, isNew: false, differences: [], changes: [] };
      const changes: Change[] = [];
      const found = who ?? { id: randomUUID(), name, phone, email: email || null };
      if (who === null) {
        staff.push(found);
        sort += 1;
        changes.push(
          added('person', {
            person_id: found.id,
            name,
            phone,
            email: email || null,
            unit_id: unit,
            sort,
            automaton: false,
          }),
        );
      }
      const self = differ(
        'person',
        found.id,
        { name: found.name, phone: found.phone, email: found.email },
        { name, ...(phone === null ? {} : { phone }), ...(email === '' ? {} : { email }) },
        { name: 'name', phone: 'phone', email: 'email' },
      );
      // Two rows of one person say his number once.
      Object.assign(found, { name, phone: phone ?? found.phone, email: email || found.email });
      const same = held.rows.filter((one) => one.personId === found.id && one.post === post && one.unitId === unit);
      const there = from === null ? same.find((one) => one.to === null) : same.find((one) => one.from === from);
      if (there) {
        const postKey = [found.id, post, unit, there.from].join('|');
        const wish = to === null ? {} : { to_date: to };
        const term = differ('post_assignment', postKey, { to_date: there.to }, wish, { to_date: 'to' });
        return {
          key,
          faults: [],
          isNew: false,
          differences: [...self.differences, ...term.differences],
          changes: [...self.changes, ...term.changes],
        };
      }
      const fresh = { person_id: found.id, post, unit_id: unit, from_date: from ?? localDate(now), to_date: to };
      held.rows.push({ personId: found.id, post, unitId: unit, from: fresh.from_date, to });
      return {
        key,
        faults: [],
        isNew: true,
        differences: self.differences,
        changes: [...changes, ...self.changes, added('post_assignment', fresh)],
      };
    });
  },
  async *export(client, { tenant, posts }) {
    const found = await client.query<{
      name: string;
      phone: string | null;
      email: string | null;
      unit: string;
      post: string;
      from: string;
      to: string | null;
    }>(
      `select p.name, p.phone, p.email, u.name_zh as unit, a.post, a.from_date as from, a.to_date as to
         from huiyin.post_assignment a
         join huiyin.person p on p.tenant_id = $1 and p.person_id = a.person_id and p.left_at is null and not p.automaton
         join huiyin.unit u on u.tenant_id = $1 and u.unit_id = a.unit_id
        where a.tenant_id = $1 order by p.sort, p.person_id, a.from_date, a.post`,
      [tenant],
    );
    const title = (post: string): string => posts.find((one) => one.value === post)?.title.zh ?? post;
    yield found.rows.map((row) => [
      row.name,
      row.phone ?? '',
      row.email ?? '',
      row.unit,
      title(row.post),
      row.from,
      row.to ?? '',
    ]);
  },
};
