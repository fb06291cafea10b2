import type { Pool } from 'pg';
import { localDate } from '#clock/civil.ts';
import { statement } from '#db/statement.ts';
import type { Instant } from '#kernel/instant.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';

/** How a procedure numbers its cases. */
export type Numbering = Pick<ProcedureSpec, 'numbering' | 'numberedBy'>;

/** Gives case numbers such as TS261122-0137: prefix, local date, count of the day; or LX2026-0001: prefix, year, count of the year. */
export interface CaseNumbers {
  /** Draws `count` numbers of one series. */
  draw(tenant: string, by: Numbering, now: Instant, offsetMinutes: number, count: number): Promise<string[]>;
  /** Takes back numbers whose case was refused, to be given to the next one. */
  giveBack(tenant: string, numbers: readonly string[]): void;
}

/** What the numbers of one day or year have in common. */
export function seriesOf({ numbering, numberedBy }: Numbering, now: Instant, offsetMinutes: number): string {
  const day = localDate(now, offsetMinutes).replaceAll('-', '');
  return numbering + (numberedBy === 'year' ? day.slice(0, 4) : day.slice(2));
}

const reserve = statement<{ last: number }>('numbers.reserve', 'select huiyin.reserve($1, $2, $3) as last');

export function openCaseNumbers(pool: Pool): CaseNumbers {
  const returned = new Map<string, string[]>();
  return {
    async draw(tenant, by, now, offsetMinutes, count) {
      const series = seriesOf(by, now, offsetMinutes);
      const shelf = returned.get(`${tenant} ${series}`) ?? [];
      const used = shelf.splice(0, count);
      const missing = count - used.length;
      if (missing === 0) return used;
      const last = (await reserve.one(pool, [tenant, series, missing]))?.last ?? 0;
      const fresh = Array.from({ length: missing }, (_, i) => last - missing + 1 + i);
      return [...used, ...fresh.map((n) => `${series}-${String(n).padStart(4, '0')}`)];
    },
    giveBack(tenant, numbers) {
      for (const number of numbers) {
        const name = `${tenant} ${number.slice(0, number.lastIndexOf('-'))}`;
        // Yesterday's leftovers are never asked for again.
        if (returned.size > 200) returned.clear();
        returned.set(name, [...(returned.get(name) ?? []), number].sort());
      }
    },
  };
}
