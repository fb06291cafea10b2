import { type Text, text } from '@room/kernel/text.ts';

/** What the reports call their figures, in the reader's words. */
export const FIGURE_NAMES: { [name: string]: Text } = {
  period: text('期间', 'Period'),
  from: text('从', 'From'),
  to: text('到', 'To'),
  procedureTitle: text('事项', 'Procedure'),
  title: text('项目', 'Item'),
  clause: text('条款', 'Clause'),
  count: text('件数', 'Cases'),
  stillOpen: text('在办件数', 'Still open'),
  timeliness: text('时效', 'Timeliness'),
  kept: text('按时', 'Kept'),
  late: text('超时完成', 'Late'),
  running: text('在走', 'Running'),
  overdue: text('正在超时', 'Overdue'),
  rate: text('比率', 'Rate'),
  medianHours: text('中位小时数', 'Median hours'),
  satisfaction: text('满意度', 'Satisfaction'),
  answered: text('已评价件数', 'Answered'),
  counts: text('各项件数', 'Counts'),
  closedWithoutOutcome: text('无结果关闭件数', 'Closed without an outcome'),
  lateRegistrations: text('登记迟延', 'Registered late'),
  cases: text('案件', 'Cases'),
  byChannel: text('按来源', 'By channel'),
  byCategory: text('按类别', 'By category'),
  byPlace: text('按地点', 'By place'),
  byCause: text('按原因', 'By cause'),
  causes: text('原因', 'Causes'),
  share: text('占比', 'Share'),
  cumulative: text('累计占比', 'Cumulative'),
  before: text('改进前件数', 'Cases before'),
  after: text('改进后件数', 'Cases after'),
  days: text('天数', 'Days'),
  category: text('类别', 'Category'),
};

/** Names for programs only; what they stand for is beside them in words. */
export const FOR_PROGRAMS = new Set(['lines', 'key', 'clock', 'procedure', 'kind']);
/** Figures between 0 and 1 that people read as percentages. */
export const SHARES = new Set(['rate', 'share', 'cumulative']);
