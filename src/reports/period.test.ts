import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '#kernel/instant.ts';
import { csv } from './csv.ts';
import { pareto } from './pareto.ts';
import { daysOf, monthsBefore, periodBefore, periodOf } from './period.ts';

const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);

test('the month before the first of January is December of the year before', () => {
  expect(daysOf(periodBefore('month', at('2026-01-01 00:00')))).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  expect(daysOf(periodBefore('month', at('2024-03-01 08:30')))).toEqual({ from: '2024-02-01', to: '2024-02-29' });
});

test('a quarter and a year begin where the calendar lets them begin', () => {
  expect(daysOf(periodBefore('quarter', at('2026-05-20 10:00')))).toEqual({ from: '2026-01-01', to: '2026-03-31' });
  expect(daysOf(periodBefore('quarter', at('2026-02-20 10:00')))).toEqual({ from: '2025-10-01', to: '2025-12-31' });
  expect(daysOf(periodBefore('year', at('2026-12-31 23:59')))).toEqual({ from: '2025-01-01', to: '2025-12-31' });
});

test('the last minute of a month in China belongs to that month, whatever the machine’s own time zone', () => {
  const march = periodBefore('month', at('2026-04-01 08:30'));
  expect(at('2026-03-31 23:59')).toBeLessThan(march.to);
  expect(at('2026-04-01 00:00')).toBe(march.to);
});

test('the month before lies whole before its moment and joins the month after it without a gap', () => {
  fc.assert(
    fc.property(fc.integer({ min: at('1990-01-01 00:00'), max: at('2090-01-01 00:00') }), (moment) => {
      const before = periodBefore('month', moment);
      expect(before.to).toBeLessThanOrEqual(moment);
      expect(moment - before.to).toBeLessThan(31 * DAY);
      expect(periodBefore('month', before.to - 1).to).toBe(before.from);
    }),
  );
});

test('three months before the last of May is the last of February', () => {
  expect(monthsBefore(at('2026-05-31 10:00'), 3)).toBe(at('2026-02-28 00:00'));
  expect(monthsBefore(at('2026-01-15 10:00'), 3)).toBe(at('2025-10-15 00:00'));
});

test('without any word the last thirty days are meant, today included', () => {
  expect(daysOf(periodOf({}, at('2026-03-30 10:00')))).toEqual({ from: '2026-03-01', to: '2026-03-30' });
});

test('a Pareto table adds up to all of it, however many kinds there are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }), (counts) => {
      const rows = pareto(new Map(counts.map((n, i) => [`k${i}`, n])), (key) => ({ zh: key, en: key }));
      expect(rows.length).toBeLessThanOrEqual(20);
      expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(counts.reduce((sum, n) => sum + n, 0));
      expect(rows.at(-1)?.cumulative).toBe(1);
      const named = rows.filter((row) => row.key !== '…').map((row) => row.count);
      expect(named).toEqual(named.toSorted((a, b) => b - a));
    }),
  );
});

test('no cell of a table begins as a formula, and what is quoted reads back as it was', () => {
  const cells = ['=1+1', '+86 138', '-2', '@SUM(A1)', '\t=x', ' =x', 'a"b,c', '甲\n乙'];
  expect(csv([cells])).toBe('\uFEFF\'=1+1,\'+86 138,\'-2,\'@SUM(A1),\'\t=x,\' =x,"a""b,c","甲\n乙"\r\n');
  expect(csv([[1, null, -2.5]])).toBe('\uFEFF1,,-2.5\r\n');
});
