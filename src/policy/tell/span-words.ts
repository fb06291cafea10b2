import { durationMs, parseDuration } from '#clock/duration.ts';
import { MINUTE } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { SpanSpec } from '../language/clock.ts';
import type { PackSpec } from '../language/pack.ts';

/** A length of time as a person says it, exact: PT24H is 24 hours, P3D is 3 days. */
export function durationWords(iso: string): Text {
  const read = parseDuration(iso);
  if (!read.ok) return { zh: iso, en: iso };
  const minutes = durationMs(read.value) / MINUTE;
  if (minutes === 0) return { zh: '立即', en: 'at once' };
  const parts: [number, string, string][] = [
    [read.value.days, '天', read.value.days === 1 ? 'day' : 'days'],
    [Math.floor(read.value.milliseconds / (60 * MINUTE)), '小时', 'hours'],
    [(read.value.milliseconds / MINUTE) % 60, '分钟', 'minutes'],
  ];
  const said = parts.filter(([n]) => n > 0);
  return { zh: said.map(([n, zh]) => `${n} ${zh}`).join(''), en: said.map(([n, , en]) => `${n} ${en}`).join(' ') };
}

/** A time limit as a person says it. */
export function spanWords(span: SpanSpec): Text {
  if ('elapsed' in span) return durationWords(span.elapsed);
  if ('workingMinutes' in span)
    return { zh: `${span.workingMinutes} 个工作分钟`, en: `${span.workingMinutes} working minutes` };
  if ('workingDays' in span) return { zh: `${span.workingDays} 个工作日`, en: `${span.workingDays} working days` };
  if ('calendarDays' in span) return { zh: `${span.calendarDays} 个日历日`, en: `${span.calendarDays} calendar days` };
  if ('endOfDay' in span)
    return span.endOfDay === 0
      ? { zh: '当日 24:00 前', en: 'by midnight' }
      : { zh: `${span.endOfDay} 日后 24:00 前`, en: `by midnight ${span.endOfDay} days later` };
  return { zh: '承诺的日期', en: 'the promised date' };
}

/** The same as a limit: a length is the longest that it may take, a moment is when it must be done. */
export function limitWords(span: SpanSpec): Text {
  const words = spanWords(span);
  if ('endOfDay' in span) return words;
  return 'elapsed' in span || 'workingMinutes' in span || 'workingDays' in span || 'calendarDays' in span
    ? { zh: `最长 ${words.zh}`, en: `limit ${words.en}` }
    : { zh: `不迟于${words.zh}`, en: `not later than ${words.en}` };
}

/** What a setting is set to, as a person says it. */
export function saySetting(value: PackSpec['settings'][string]['value']): Text {
  if (typeof value === 'object') return spanWords(value);
  return value === true || value === false
    ? { zh: value ? '是' : '否', en: value ? 'yes' : 'no' }
    : typeof value === 'string'
      ? durationWords(value)
      : { zh: String(value), en: String(value) };
}
