import { createHash } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { openLimiter } from '../limiter.ts';

// A building behind one address of the telephone company stays below the first two; only the third ever turns anybody away.
const CROWD_OF_ADDRESS = 20;
const CROWD_AT_DOOR = 20;
const MOST_OF_ADDRESS = 30;
const MOST_PHOTOS = 150;

/** What stands between a form and its registration just now. */
export interface Gate {
  /** Counts one sending. `wait`: minutes to wait, 0 to go on; `ask`: whether a sum has to be answered first. */
  take(address: string, door: string, now: Instant): { wait: number; ask: boolean };
  /** Counts one photo sent ahead; minutes to wait. */
  takePhoto(address: string, now: Instant): number;
}

/**
 * Slows programs down without a foreign service. A door is never closed: whoever floods one would silence its neighbours; its
 * visitors only answer a sum while the flood lasts.
 */
export function openGate(): Gate {
  const address = openLimiter(MOST_OF_ADDRESS);
  const crowd = openLimiter(CROWD_OF_ADDRESS);
  const doors = openLimiter(CROWD_AT_DOOR);
  const photos = openLimiter(MOST_PHOTOS);
  return {
    take(who, door, now) {
      const crowded = crowd.take(who, now) > 0;
      return { wait: address.take(who, now), ask: doors.take(door, now) > 0 || crowded };
    },
    takePhoto: (who, now) => photos.take(who, now),
  };
}

const NUMBERS = {
  zh: ['一', '二', '三', '四', '五', '六', '七', '八', '九'],
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
} as const;

/** The sum that belongs to a form: the same every time it is shown, on every machine. */
export function sumOf(key: string, lang: 'zh' | 'en'): { a: string; b: string; sum: number } {
  const [x = 0, y = 0] = createHash('sha256').update(`huiyin sum ${key}`).digest();
  const [a, b] = [(x % 9) + 1, (y % 9) + 1];
  return { a: NUMBERS[lang][a - 1] ?? '', b: NUMBERS[lang][b - 1] ?? '', sum: a + b };
}

/** Whether the sum of this form was answered; full-width digits count. */
export const answersSum = (key: string, answer: string): boolean =>
  answer.normalize('NFKC').trim() === String(sumOf(key, 'zh').sum);
