import { CHINA_OFFSET, civil, dayOf, formatLocal, weekday } from '#clock/civil.ts';
import { durationMs, parseDuration } from '#clock/duration.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { SpanSpec } from '#policy/language/clock.ts';
import type { Lang } from './language.ts';

const NEAR: Record<number, Text> = {
  [-1]: { zh: '昨天', en: 'yesterday' },
  0: { zh: '今天', en: 'today' },
  1: { zh: '明天', en: 'tomorrow' },
  2: { zh: '后天', en: 'the day after tomorrow' },
};
const WEEK = [
  { zh: '周一', en: 'Mon' },
  { zh: '周二', en: 'Tue' },
  { zh: '周三', en: 'Wed' },
  { zh: '周四', en: 'Thu' },
  { zh: '周五', en: 'Fri' },
  { zh: '周六', en: 'Sat' },
  { zh: '周日', en: 'Sun' },
];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A moment as one says it: 明天（周一）10:00, 11月25日（周三）24:00. The last millisecond of a day is its 24:00. */
export function sayMoment(at: Instant, now: Instant, lang: Lang): string {
  const day = dayOf(at, CHINA_OFFSET);
  const today = dayOf(now, CHINA_OFFSET);
  const clock = dayOf(at + 1, CHINA_OFFSET) > day ? '24:00' : formatLocal(at).slice(11);
  const near = NEAR[day - today];
  const { year, month, day: date } = civil(day);
  const sameYear = civil(today).year === year;
  const week = WEEK[weekday(day)];
  if (lang === 'en') {
    const written = `${week?.en} ${date} ${MONTHS[month - 1]}${sameYear ? '' : ` ${year}`}`;
    return near ? `${near.en} ${clock} (${written})` : `${written}, ${clock}`;
  }
  const written = `${sameYear ? '' : `${year}年`}${month}月${date}日`;
  return near ? `${near.zh}（${written}）${clock}` : `${written}（${week?.zh}）${clock}`;
}

/** The day of something past: 今天, 昨天, 11月20日. */
export function saySince(at: Instant, now: Instant, lang: Lang): string {
  const day = dayOf(at, CHINA_OFFSET);
  const near = NEAR[day - dayOf(now, CHINA_OFFSET)];
  if (near) return near[lang];
  const { month, day: date } = civil(day);
  return lang === 'en' ? `${date} ${MONTHS[month - 1]}` : `${month}月${date}日`;
}

/** How long a promise takes, in words: 24 小时内, 3 个工作日内. `promised` is the day the company itself names. */
export function saySpan(span: SpanSpec): Text {
  if ('elapsed' in span) {
    const read = parseDuration(span.elapsed);
    const ms = read.ok ? durationMs(read.value) : 0;
    if (ms >= 3 * DAY && ms % DAY === 0) return { zh: `${ms / DAY} 天内`, en: `within ${ms / DAY} days` };
    const minutes = Math.round(ms / 60_000);
    if (minutes % 60 === 0) return { zh: `${minutes / 60} 小时内`, en: `within ${minutes / 60} hours` };
    return { zh: `${minutes} 分钟内`, en: `within ${minutes} minutes` };
  }
  if ('workingMinutes' in span)
    return { zh: `${span.workingMinutes} 个工作分钟内`, en: `within ${span.workingMinutes} working minutes` };
  if ('workingDays' in span)
    return { zh: `${span.workingDays} 个工作日内`, en: `within ${span.workingDays} working days` };
  if ('calendarDays' in span) return { zh: `${span.calendarDays} 天内`, en: `within ${span.calendarDays} days` };
  if ('endOfDay' in span)
    return span.endOfDay === 0
      ? { zh: '当天', en: 'the same day' }
      : { zh: `${span.endOfDay} 天内`, en: `within ${span.endOfDay} days` };
  return { zh: '按答应您的日子', en: 'by the day we promise you' };
}
