import type { Text } from '@room/kernel/text.ts';
import { w } from './words.ts';

/** The boxes that were left empty, each with what to do: said at once, without asking the server. */
export function missing(
  values: Readonly<Record<string, string>>,
  chosen: readonly string[] = [],
): Record<string, Text> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value.trim() === '' ? [[name, chosen.includes(name) ? w.choose : w.needed]] : [],
    ),
  );
}

/** Yuan as typed, in fen; null: it is no sum. */
export function fenOf(typed: string): number | null {
  const plain = typed.replace(/[,，\s元]/g, '');
  return /^\d{1,9}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}

/** Minutes after midnight of 08:30. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
