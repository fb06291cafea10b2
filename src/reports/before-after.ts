import { z } from 'zod';
import { CHINA_OFFSET, formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { DAY } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import { drawsUp, notForReader } from './authority.ts';
import { momentParam } from './period.ts';
import { measuredProcedure } from './periodic-summary.ts';
import { figures, type ReportSpec } from './report.ts';
import { categoryTitles, NONE } from './titles.ts';

const params = z.strictObject({
  days: z.coerce.number().int().min(1).max(366),
  /** The moment something was changed. */
  from: momentParam,
  /** A term of the taxonomy with everything under it; null or absent: every category. */
  category: z.string().nullable().default(null),
});

const count = statement<{ before: number; after: number }>(
  'reports.beforeAfter',
  `select count(*) filter (where received_at < huiyin.instant($4))::int as before,
     count(*) filter (where received_at >= huiyin.instant($4))::int as after
   from huiyin.case_list
   where pack = $1 and procedure = $2 and received_at >= huiyin.instant($3) and received_at < huiyin.instant($5)
     and ($6::text is null or category = $6 or starts_with(category, $6 || '/'))`,
);

/** How many such matters came in during n days before and n days after a change (S1-42). */
export const beforeAfter: ReportSpec<z.output<typeof params>> = {
  name: 'beforeAfter',
  title: text('改进前后对比', 'Before and after'),
  params,
  refuses: ({ pack, reader }) => (drawsUp(pack, 'beforeAfter', reader) ? undefined : notForReader),
  async compute({ pool, tenant, now, pack }, { days, from, category }) {
    const procedure = measuredProcedure(pack) ?? '';
    const [first, end] = [from - days * DAY, Math.min(from + days * DAY, Math.max(now, from))];
    const found = await withTenant(pool, tenant, (client) =>
      count.one(client, [pack.pack, procedure, first, from, end, category]),
    );
    const { before = 0, after = 0 } = found ?? {};
    // Until the same number of days has passed, only what a day brings can be compared.
    const elapsed = Math.round(((end - from) / DAY) * 100) / 100;
    const perDay = { before: before / days, after: elapsed === 0 ? 0 : after / elapsed };
    const change =
      before === 0 || elapsed === 0 ? null : Math.round((perDay.after / perDay.before - 1) * 10_000) / 10_000;
    const title = category === null ? text('全部类别', 'All categories') : categoryTitles(pack)(category || NONE);
    const data = { category, title, days, elapsedDays: elapsed, before, after, change };
    return { figures: figures(data, lines(data, from)) };
  },
};

function lines(
  data: {
    title: { zh: string };
    days: number;
    elapsedDays: number;
    before: number;
    after: number;
    change: number | null;
  },
  from: number,
): string[] {
  const moved =
    data.change === null
      ? '无法比较'
      : `日均变化 ${data.change > 0 ? '+' : ''}${Math.round(data.change * 1_000) / 10}%`;
  return [
    `${data.title.zh}，以 ${formatLocal(from, CHINA_OFFSET)} 为界`,
    `之前 ${data.days} 天 ${data.before} 件；之后 ${data.elapsedDays} 天 ${data.after} 件；${moved}`,
  ];
}
