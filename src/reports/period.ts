import { z } from 'zod';
import { CHINA_OFFSET, civil, dateOf, dayNumber, dayOf, type LocalDate, parseDate, startOfDay } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';

/** A stretch of whole local days: `from` is in it, `to` is not. */
export interface Period {
  kind: 'day' | 'month' | 'quarter' | 'year' | 'days';
  from: Instant;
  to: Instant;
}

const months = { month: 1, quarter: 3, year: 12 } as const;

const firstOf = (year: number, month: number): Instant => {
  const total = year * 12 + month - 1;
  return startOfDay(dayNumber(Math.floor(total / 12), (((total % 12) + 12) % 12) + 1, 1), CHINA_OFFSET);
};

/** The whole calendar month, quarter or year before the one `at` lies in, in Chinese time. */
export function periodBefore(kind: keyof typeof months, at: Instant): Period {
  const { year, month } = civil(dayOf(at, CHINA_OFFSET));
  const length = months[kind];
  const begin = month - ((month - 1) % length);
  return { kind, from: firstOf(year, begin - length), to: firstOf(year, begin) };
}

/** The same date `count` months earlier, at midnight; the last day of the month where that date does not exist. */
export function monthsBefore(at: Instant, count: number): Instant {
  const { year, month, day } = civil(dayOf(at, CHINA_OFFSET));
  const first = firstOf(year, month - count);
  const next = firstOf(year, month - count + 1);
  return Math.min(first + (day - 1) * 86_400_000, next - 86_400_000);
}

/** First and last day of a period, for people. */
export const daysOf = ({ from, to }: Period): { from: LocalDate; to: LocalDate } => ({
  from: dateOf(dayOf(from, CHINA_OFFSET)),
  to: dateOf(dayOf(to - 1, CHINA_OFFSET)),
});

const date = z.string().refine((value) => parseDate(value) !== null, 'expected a date such as 2026-03-05');

/** A moment as packs give it (milliseconds) or as addresses do (ISO 8601 with its offset, or a date). */
export const momentParam = z.union([
  z.number(),
  date.transform((value) => startOfDay(parseDate(value) ?? 0, CHINA_OFFSET)),
  z.iso.datetime({ offset: true }).transform((value) => Date.parse(value)),
  z
    .string()
    .regex(/^\d{10,15}$/)
    .transform(Number),
]);

/** A period as reports are asked for it: the day of a moment or the month, quarter or year before it, or from one day to another, both included. */
export const periodParams = {
  period: z.enum(['day', 'month', 'quarter', 'year']).optional(),
  at: momentParam.optional(),
  from: date.optional(),
  to: date.optional(),
};
type PeriodParams = z.output<z.ZodObject<typeof periodParams>>;

const LATEST_DAYS = 30;

/** The period meant; without any word the last 30 days, today included. */
export function periodOf(params: PeriodParams, now: Instant): Period {
  const at = params.at ?? now;
  if (params.period === 'day') {
    const day = dayOf(at, CHINA_OFFSET);
    return { kind: 'day', from: startOfDay(day, CHINA_OFFSET), to: startOfDay(day + 1, CHINA_OFFSET) };
  }
  if (params.period) return periodBefore(params.period, at);
  const to = params.to === undefined ? dayOf(at, CHINA_OFFSET) : (parseDate(params.to) ?? 0);
  const from = params.from === undefined ? to - LATEST_DAYS + 1 : (parseDate(params.from) ?? 0);
  return { kind: 'days', from: startOfDay(from, CHINA_OFFSET), to: startOfDay(to + 1, CHINA_OFFSET) };
}
