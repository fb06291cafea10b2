import { csv } from './csv.ts';
import type { ParetoRow } from './pareto.ts';
import type { Summary } from './periodic-summary.ts';
import { percent } from './summary-lines.ts';

/** The summary as a table for spreadsheets, in Chinese as the company's papers are. */
export function summaryCsv(summary: Summary): string {
  const { period, satisfaction } = summary;
  const table = (title: string, rows: readonly ParetoRow[]): (string | number)[][] =>
    rows.map((row) => [title, row.title.zh, row.count, percent(row.share), percent(row.cumulative)]);
  return csv([
    ['项目', '内容', '件数', '占比', '累计占比'],
    ['周期', `${period.from} 至 ${period.to}`],
    ['数量', summary.procedureTitle.zh, summary.count],
    ['数量', '在办', summary.stillOpen],
    ['数量', '无结果关闭', summary.closedWithoutOutcome],
    ['数量', '登记迟延', summary.lateRegistrations.count],
    ['时效', '时限', '条款', '按时', '超时', '在途', '在途已超时', '及时率', '自接报起中位小时'],
    ...summary.timeliness.map((one) => [
      '时效',
      one.title.zh,
      one.clause,
      one.kept,
      one.late,
      one.running,
      one.overdue,
      percent(one.rate),
      one.medianHours,
    ]),
    ...(satisfaction?.counts.map((one) => ['满意度', one.title.zh, one.count]) ?? []),
    ...(satisfaction ? [['满意度', '满意率', percent(satisfaction.rate)]] : []),
    ...table('渠道', summary.byChannel),
    ...table('类别', summary.byCategory),
    ...summary.byCategory.flatMap((row) => table(`原因（${row.title.zh}）`, row.causes)),
    ...table('地点', summary.byPlace),
    ...table('原因', summary.byCause),
  ]);
}
