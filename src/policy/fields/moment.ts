import { z } from 'zod';
import { CHINA_OFFSET, parseDate } from '#clock/civil.ts';
import { DAY } from '#kernel/instant.ts';
import { bad, type FieldType, good, type Parsed } from './field-type.ts';

const EARLIEST = 946_684_800_000; // 2000-01-01: nothing this system handles happened before
const FAR = 10 * 366 * DAY;

function checkRange(at: number, tense: string | undefined, now: number): Parsed {
  if (at < EARLIEST) return bad('field.tooEarly', '日期太早，请核对年份', 'That date is too early; check the year');
  if (at > now + FAR) return bad('field.tooLate', '日期太远，请核对年份', 'That date is too far away; check the year');
  if (tense === 'past' && at > now + 60_000)
    return bad('field.inFuture', '时间不能晚于现在', 'It cannot lie in the future');
  if (tense === 'future' && at <= now) return bad('field.inPast', '时间必须晚于现在', 'It must lie in the future');
  return good(at);
}

export const instant: FieldType<{ tense?: 'past' | 'future' }> = {
  meaning: 'A moment, not before 2000 nor more than ten years ahead.',
  options: { tense: z.enum(['past', 'future']).optional().describe('Only before now, or only after.') },
  parse(raw, { tense }, { now }) {
    const at = typeof raw === 'number' ? raw : typeof raw === 'string' ? parseIso(raw) : Number.NaN;
    if (!Number.isSafeInteger(at))
      return bad(
        'field.notTime',
        '时间格式不对，例如 2026-03-05T10:00+08:00',
        'Not a time; write 2026-03-05T10:00+08:00',
      );
    return checkRange(at, tense, now);
  },
};

/** Milliseconds of an ISO moment; without an offset it is taken as Chinese local time. NaN when it is none. */
export function parseIso(iso: string): number {
  const m = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(iso);
  if (!m) return Number.NaN;
  const day = parseDate(`${m[1]}-${m[2]}-${m[3]}`);
  const [hour, minute, second] = [Number(m[4]), Number(m[5]), Number(m[6] ?? 0)];
  if (day === null || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return (
    day * DAY + ((hour * 60 + minute - offsetMinutes(m[8])) * 60 + second) * 1000 + Number((m[7] ?? '0').padEnd(3, '0'))
  );
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined) return CHINA_OFFSET;
  if (zone === 'Z') return 0;
  return (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}

export const date: FieldType<{ tense?: 'past' | 'future' }> = {
  meaning: 'A day, not before 2000 nor more than ten years ahead.',
  options: { tense: z.enum(['past', 'future']).optional().describe('Only before now, or only after.') },
  parse(raw, { tense }, { now }) {
    const at = typeof raw === 'string' && /^\d{4}-\d\d-\d\d$/.test(raw) ? parseIso(`${raw}T00:00+08:00`) : Number.NaN;
    if (Number.isNaN(at)) return bad('field.notDate', '日期格式不对，例如 2026-03-05', 'Not a date; write 2026-03-05');
    const within = checkRange(tense === 'future' ? at + DAY - 1 : at, tense, now);
    if (!within.ok && within.code === 'field.inPast')
      return bad('field.inPast', '日期不能早于今天', 'It cannot be before today');
    return within.ok ? good(raw) : within;
  },
};
