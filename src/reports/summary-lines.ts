import type { ParetoRow } from './pareto.ts';
import type { Summary } from './periodic-summary.ts';

/** A share as a percentage, e.g. 66.7%. */
export const percent = (rate: number | null): string => (rate === null ? '—' : `${Math.round(rate * 1_000) / 10}%`);

const SHOWN = 5;

const top = (title: string, rows: readonly ParetoRow[]): string[] =>
  rows.length === 0
    ? []
    : [
        `${title}：${rows
          .slice(0, SHOWN)
          .map((row) => `${row.title.zh} ${row.count} 件（${percent(row.share)}，累计 ${percent(row.cumulative)}）`)
          .join('；')}`,
      ];

/** The summary as it is printed on its sheet, in Chinese as all papers are. */
export function summaryLines(summary: Omit<Summary, 'lines'>): string[] {
  const { period, satisfaction } = summary;
  return [
    `${period.from} 至 ${period.to}，${summary.procedureTitle.zh}共 ${summary.count} 件，其中 ${summary.stillOpen} 件在办`,
    ...summary.timeliness.map((one) => {
      const median = one.medianHours === null ? '' : `，自接报起中位 ${one.medianHours} 小时`;
      return `${one.title.zh}（${one.clause}）：按时 ${one.kept}，超时 ${one.late}，在途 ${one.running}，在途已超时 ${one.overdue}，及时率 ${percent(one.rate)}${median}`;
    }),
    ...(satisfaction
      ? [
          `满意度 ${percent(satisfaction.rate)}（已评价 ${satisfaction.answered} 件：${satisfaction.counts
            .map((one) => `${one.title.zh} ${one.count}`)
            .join('，')}）`,
        ]
      : []),
    `无结果关闭 ${summary.closedWithoutOutcome} 件；登记迟延 ${summary.lateRegistrations.count} 件`,
    ...top('渠道', summary.byChannel),
    ...top('类别', summary.byCategory),
    ...top('地点', summary.byPlace),
    ...top('原因', summary.byCause),
  ];
}
