import { DAY, HOUR, MINUTE, SECOND } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';

/** An ISO 8601 duration, days kept apart because a day of a calendar is not always 24 hours of work. */
export interface Duration {
  days: number;
  milliseconds: number;
}

const SHAPE = /^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,10}(?:\.\d{1,3})?)S)?)?$/;

/**
 * Reads 'PT24H', 'P3D', 'P1DT12H', 'P2W'. Refuses ('duration.invalid') everything else, years and months too: they have
 * no fixed length.
 */
export function parseDuration(source: string): Result<Duration> {
  const parts = SHAPE.exec(source);
  if (!parts || source.endsWith('P') || source.endsWith('T')) {
    return refuse(
      refusal(
        'duration.invalid',
        text(
          `“${source.slice(0, 40)}”不是时长。请写成 PT15M（15 分钟）、PT24H（24 小时）、P3D（3 天）这样的形式；不支持年和月。`,
          `“${source.slice(0, 40)}” is not a duration. Write PT15M (15 minutes), PT24H (24 hours) or P3D (3 days); years and months are not supported.`,
        ),
      ),
    );
  }
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return accept({
    days: (weeks ?? 0) * 7 + (days ?? 0),
    milliseconds: (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + Math.round((seconds ?? 0) * SECOND),
  });
}

/** The duration as plain milliseconds, a day being 24 hours. */
export const durationMs = (duration: Duration): number => duration.days * DAY + duration.milliseconds;
