import { z } from 'zod';
import type { DayInterval } from '#clock/calendar.ts';
import { parseDate, weekday } from '#clock/civil.ts';

/** The shapes of the files in calendars/: one per year of a region's holidays, one per working week. */

/** Stands between the Chinese and the English half of our own messages: a schema knows only one string. */
export const BETWEEN = ' / ';

const both = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const date = z.string().refine((value) => parseDate(value) !== null, {
  message: '不是真实的日期（应为 YYYY-MM-DD） / not a real date (YYYY-MM-DD)',
});

const holiday = z
  .strictObject({
    name: both,
    from: date,
    to: date,
    /** How many days off the notice itself counts: a guard against slips of the pen. */
    days: z.int().min(1).max(31),
    makeUpDays: z.array(date).default([]),
  })
  .refine((value) => (parseDate(value.to) ?? 0) - (parseDate(value.from) ?? 0) + 1 === value.days, {
    message: '起止日期与天数不符 / the dates do not span that many days',
    path: ['days'],
  });

const holidays = z
  .strictObject({
    kind: z.literal('holidays'),
    region: z.string().min(1),
    year: z.int().min(1900).max(2999),
    status: z.enum(['announced', 'provisional']),
    notice: z.string().min(1),
    published: date.optional(),
    holidays: z.array(holiday),
  })
  .superRefine((file, ctx) => {
    if (file.status === 'announced' && !file.published) {
      ctx.addIssue({
        code: 'custom',
        path: ['published'],
        message: '已公布的年份须写明公布日期 / an announced year needs the date of its notice',
      });
    }
    const seen = new Set<string>();
    file.holidays.forEach((entry, index) => {
      const first = parseDate(entry.from) ?? 0;
      const off = Array.from({ length: entry.days }, (_, i) => first + i);
      for (const day of [...off, ...entry.makeUpDays.map((d) => parseDate(d) ?? 0)]) {
        if (!seen.has(String(day))) seen.add(String(day));
        else {
          ctx.addIssue({
            code: 'custom',
            path: ['holidays', index],
            message: `「${entry.name.zh}」有一天已列过 / ${entry.name.en}: one of its days is listed twice`,
          });
        }
      }
      const plain = entry.makeUpDays.filter((d) => weekday(parseDate(d) ?? 0) < 5);
      if (plain.length > 0) {
        ctx.addIssue({
          code: 'custom',
          path: ['holidays', index, 'makeUpDays'],
          message: `${plain.join('、')} 本来就是平日，不会是调休上班日 / ${plain.join(', ')} is a weekday anyway, not a make-up working day`,
        });
      }
      // A New Year's break may begin in the last days of December.
      const outside = [entry.to, ...entry.makeUpDays].filter((d) => !d.startsWith(String(file.year)));
      if (outside.length > 0) {
        ctx.addIssue({
          code: 'custom',
          path: ['holidays', index],
          message: `${outside.join('、')} 不在 ${file.year} 年 / ${outside.join(', ')} is not in ${file.year}`,
        });
      }
      if (file.status === 'provisional' && entry.makeUpDays.length > 0) {
        ctx.addIssue({
          code: 'custom',
          path: ['holidays', index, 'makeUpDays'],
          message: '未公布的年份不得有调休上班日 / a year not announced cannot have make-up working days',
        });
      }
    });
  });

/** 'HH:mm-HH:mm'; hours up to 48 for a shift that ends on the next day. */
const interval = z.string().transform((value, ctx): DayInterval => {
  const parts = /^(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)$/.exec(value);
  const [from, to] = parts
    ? [Number(parts[1]) * 60 + Number(parts[2]), Number(parts[3]) * 60 + Number(parts[4])]
    : [0, 0];
  if (from < to && from < 1440 && to <= 2880) return { from, to };
  ctx.addIssue({
    code: 'custom',
    message: `「${value}」不是有效的时段，例：09:00-12:00，夜班 22:00-30:00 / not a period such as 09:00-12:00 or, at night, 22:00-30:00`,
  });
  return z.NEVER;
});

const day = z.array(interval).refine((list) => list.every((i, n) => n === 0 || (list[n - 1]?.to ?? 0) <= i.from), {
  message: '时段须按先后排列且不重叠 / periods must be in order and must not overlap',
});

const hours = z.strictObject({
  kind: z.literal('hours'),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, '编号只能用小写字母、数字和连字符 / lower-case letters, digits and hyphens only'),
  title: both,
  region: z.string().min(1),
  utcOffset: z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, '例：+08:00 / for example +08:00'),
  week: z
    .strictObject({ monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day })
    .refine((week) => Object.values(week).some((list) => list.length > 0), {
      message: '一周至少要有一个工作时段 / at least one day of the week must have working time',
    }),
  makeUpDay: day.min(1, '调休上班日须有工作时段 / a make-up day needs working time').optional(),
});

export const calendarFile = z.discriminatedUnion('kind', [holidays, hours]);
export type HolidaysFile = z.infer<typeof holidays>;
export type HoursFile = z.infer<typeof hours>;
