import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { CHINA_OFFSET } from './civil.ts';

/** The part of every day in which people are left alone, in local time of day: { from: '22:00', to: '07:00' }. */
export interface QuietHours {
  from: string;
  to: string;
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** When the quiet that a moment lies in ends; null when nobody minds. Equal times mean no quiet at all. */
export function quietUntil(
  at: Instant,
  { from, to }: QuietHours,
  offsetMinutes: number = CHINA_OFFSET,
): Instant | null {
  const begin = minutes(from);
  const end = minutes(to);
  const local = at + offsetMinutes * MINUTE;
  const midnight = Math.floor(local / DAY) * DAY;
  const time = (local - midnight) / MINUTE;
  const inside = begin <= end ? time >= begin && time < end : time >= begin || time < end;
  if (!inside) return null;
  const ends = midnight + end * MINUTE + (time >= end ? DAY : 0);
  return ends - offsetMinutes * MINUTE;
}
