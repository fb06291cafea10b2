import { randomUUID } from 'node:crypto';
import { text } from '#kernel/text.ts';
import { readCells } from '../cells.ts';
import { added, type Row } from '../changes.ts';
import { differ } from '../differ.ts';
import type { Column, Judgement, ListKind } from '../kind.ts';
import { readWho, staffOf, WHO } from '../staff.ts';

const columns: readonly Column[] = [
  ...WHO,
  {
    key: 'pattern',
    title: text('班制', 'Shift pattern'),
    also: ['班次', '排班'],
    required: true,
    width: 16,
    example: '早中晚',
    note: text('“排班”页中已有的班制', 'A pattern of the page Shifts'),
  },
  {
    key: 'from',
    title: text('起始日期', 'From'),
    also: ['开始日期'],
    required: true,
    width: 14,
    example: '2026-03-01',
    note: text('从这天起按此班制', 'The first day'),
  },
  {
    key: 'to',
    title: text('截止日期', 'Until'),
    also: ['结束日期'],
    width: 14,
    example: '',
    note: text('最后一天；长期则留空', 'The last day; empty: until further notice'),
  },
  {
    key: 'anchor',
    title: text('循环首日', 'First day of the cycle'),
    width: 14,
    example: '2026-03-02',
    note: text(
      '班制第 1 天落在哪天；留空为起始日期',
      'The day on which day 1 of the pattern falls; empty: the first day',
    ),
  },
];

interface Known {
  id: string;
  personId: string;
  patternId: string;
  from: string;
  to: string | null;
  anchor: string;
}

/** Who works by which shift pattern, from when. */
export const shifts: ListKind = {
  name: 'shifts',
  title: text('排班', 'Shifts'),
  columns,
  async judge(client, { tenant }, rows) {
    const staff = await staffOf(client, tenant);
    const patterns = await client.query<{ id: string; zh: string; en: string }>(
      'select pattern_id as id, name_zh as zh, name_en as en from huiyin.shift_pattern where tenant_id = $1 and retired_at is null',
      [tenant],
    );
    const offered = patterns.rows.map(({ id, zh, en }) => ({ value: id, title: text(zh, en || zh) }));
    const known = await client.query<Known>(
      `select assignment_id as id, person_id as "personId", pattern_id as "patternId", from_date as from, to_date as to,
              anchor_date as anchor from huiyin.shift_assignment where tenant_id = $1`,
      [tenant],
    );
    return rows.map((row): Judgement => {
      const cells = readCells(row, columns);
      const who = readWho(cells, staff);
      if (who === null)
        cells.fault(
          'name',
          text('没有这名员工：请改正，或先导入人员', 'There is no such person: correct it, or import the people first'),
        );
      const [pattern, from, to, anchor] = [
        cells.choice('pattern', offered),
        cells.date('from'),
        cells.date('to'),
        cells.date('anchor'),
      ];
      if (from && to && to < from) cells.fault('to', text('截止早于开始', 'The end is before the beginning'));
      const key = `${who?.id ?? row.number}|${from}`;
      if (!who || pattern === null || from === null || cells.faults.length > 0)
        return { key, faults: cells.faults, isNew: false, differences: [], changes: [] };
      const there = known.rows.find((one) => one.personId === who.id && one.from === from);
      if (!there) {
        const fresh = {
          assignment_id: randomUUID(),
          person_id: who.id,
          pattern_id: pattern,
          from_date: from,
          to_date: to,
          anchor_date: anchor ?? from,
        };
        return { key, faults: [], isNew: true, differences: [], changes: [added('shift_assignment', fresh)] };
      }
      const wish: Row = {
        pattern_id: pattern,
        ...(to === null ? {} : { to_date: to }),
        ...(anchor === null ? {} : { anchor_date: anchor }),
      };
      const now = { pattern_id: there.patternId, to_date: there.to, anchor_date: there.anchor };
      const show = (column: string, value: Row[string]): string =>
        column === 'pattern_id'
          ? (offered.find((one) => one.value === value)?.title.zh ?? '')
          : value === null
            ? ''
            : String(value);
      const columnOf = { pattern_id: 'pattern', to_date: 'to', anchor_date: 'anchor' };
      return { key, faults: [], isNew: false, ...differ('shift_assignment', there.id, now, wish, columnOf, show) };
    });
  },
  async *export(client, { tenant }) {
    const found = await client.query<{
      name: string;
      phone: string | null;
      pattern: string;
      from: string;
      to: string | null;
      anchor: string;
    }>(
      `select p.name, p.phone, s.name_zh as pattern, a.from_date as from, a.to_date as to, a.anchor_date as anchor
         from huiyin.shift_assignment a
         join huiyin.person p on p.tenant_id = $1 and p.person_id = a.person_id and p.left_at is null
         join huiyin.shift_pattern s on s.tenant_id = $1 and s.pattern_id = a.pattern_id and s.retired_at is null
        where a.tenant_id = $1 order by p.sort, p.person_id, a.from_date`,
      [tenant],
    );
    yield found.rows.map((row) => [row.name, row.phone ?? '', row.pattern, row.from, row.to ?? '', row.anchor]);
  },
};
