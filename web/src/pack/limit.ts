import type { Text } from '@room/kernel/text.ts';
import { text } from '@room/kernel/text.ts';
import { settled } from '@room/policy/language/clock.ts';
import type { ClockSpec, PackSpec } from '../api/contract.ts';
import type { Say } from '../words/lang.tsx';

type Limit = ClockSpec['limit'];
type Settings = Pick<PackSpec, 'settings'>;
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS: Text[] = [
  text('{n} 天', '{n} days'),
  text('{n} 小时', '{n} hours'),
  text('{n} 分钟', '{n} minutes'),
  text('{n} 秒', '{n} seconds'),
];

const workingMinutes = text('{n} 个工作分钟', '{n} working minutes');
const workingDays = text('{n} 个工作日', '{n} working days');
const calendarDays = text('{n} 个自然日', '{n} calendar days');
const endOfDay = text('当日', 'the same day');
const endOfLater = text('{n} 天后当日', 'the end of day {n}');
const promised = text('承诺日期', 'the promised date');

/** One of something has no plural ending in English. */
const counted = (words: Text, n: number): Text => (n === 1 ? { zh: words.zh, en: words.en.replace(/s$/, '') } : words);

/** An ISO duration in words. */
export function sayDuration(iso: string, say: Say): string {
  const parts = DURATION.exec(iso)?.slice(1) ?? [];
  return parts
    .flatMap((n, index) => (n && UNITS[index] ? [say(counted(UNITS[index], Number(n)), { n: Number(n) })] : []))
    .join(' ');
}

/** How long a promise allows, as the procedure says it. */
export function sayLimit(written: Limit | undefined, pack: Settings, say: Say): string {
  if (!written) return '';
  const limit = settled(written, pack);
  if ('elapsed' in limit) return sayDuration(limit.elapsed, say);
  if ('workingMinutes' in limit) return say(counted(workingMinutes, limit.workingMinutes), { n: limit.workingMinutes });
  if ('workingDays' in limit) return say(counted(workingDays, limit.workingDays), { n: limit.workingDays });
  if ('calendarDays' in limit) return say(counted(calendarDays, limit.calendarDays), { n: limit.calendarDays });
  if ('endOfDay' in limit) return limit.endOfDay === 0 ? say(endOfDay) : say(endOfLater, { n: limit.endOfDay });
  return say(promised);
}

const lessThanMinute = text('不到 1 分钟', 'under a minute');

/** Hours as a report computes them, in the unit a person would choose. */
export function sayHours(hours: number, say: Say): string {
  const minutes = Math.round(hours * 60);
  if (minutes < 1) return say(lessThanMinute);
  if (minutes < 90) return say(text('{n} 分钟', '{n} min'), { n: minutes });
  return say(text('{n} 小时', '{n} h'), { n: Math.round(hours * 10) / 10 });
}
