import { formatLocal } from '@room/clock/civil.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '@room/kernel/instant.ts';
import type { Text } from '@room/kernel/text.ts';
import type { Lang } from '../words/lang.tsx';

/** A moment on the wire, ISO 8601, as epoch milliseconds. */
export const at = (iso: string): Instant => Date.parse(iso);

const WEEKDAYS = {
  zh: ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 10月12日 周日 10:00 / Sun 12 Oct 10:00, in Chinese local time wherever the reader sits; the year only when it is another. */
export function sayMoment(moment: Instant, lang: Lang, now: Instant): string {
  const local = formatLocal(moment);
  const [year = '', month = '', day = ''] = local.slice(0, 10).split('-');
  const time = local.slice(11, 16);
  const week = WEEKDAYS[lang][new Date(moment + 8 * HOUR).getUTCDay()];
  const other = year !== formatLocal(now).slice(0, 4);
  if (lang === 'zh') return `${other ? `${year}年` : ''}${Number(month)}月${Number(day)}日 周${week} ${time}`;
  return `${week} ${Number(day)} ${MONTHS[Number(month) - 1]}${other ? ` ${year}` : ''} ${time}`;
}

/** 10-12 10:00:07 of the local day, for lists where width is short. */
export const shortMoment = (moment: Instant): string => formatLocal(moment).slice(5, 16);
/** 2026-10-12T10:00, as date inputs want it. */
export const inputMoment = (moment: Instant): string => formatLocal(moment).slice(0, 16).replace(' ', 'T');

const pad = (n: number): string => String(n).padStart(2, '0');

/** A span in the two units that matter; to the second within the hour. */
export function saySpan(ms: number): Text {
  const span = Math.abs(ms);
  if (span < HOUR) {
    const clock = `${pad(Math.floor(span / MINUTE))}:${pad(Math.floor((span % MINUTE) / SECOND))}`;
    return { zh: clock, en: clock };
  }
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / HOUR);
  const minutes = Math.floor((span % HOUR) / MINUTE);
  if (days > 0 && hours === 0) return { zh: `${days} 天`, en: `${days} d` };
  if (days > 0) return { zh: `${days} 天 ${hours} 小时`, en: `${days} d ${hours} h` };
  return { zh: `${hours} 小时 ${pad(minutes)} 分`, en: `${hours} h ${pad(minutes)} min` };
}
