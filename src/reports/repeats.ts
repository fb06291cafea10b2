import type { CaseState } from '#case/state.ts';
import { durationMs, parseDuration } from '#clock/duration.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { spanOfSetting } from '#policy/language/clock.ts';
import type { MetricSpec, PackSpec } from '#policy/language/pack.ts';

export type Repeats = Extract<MetricSpec['measure'], { repeats: object }>['repeats'];

type Line = Pick<CaseState, 'number' | 'receivedAt' | 'values'> & { doneAt: Instant | null };

/** Adds up how often work had to be done again. */
export interface Repeated {
  /** @param counts whether the case is one of the period; one that came later may still show that an earlier one was not done well. */
  add(state: Pick<CaseState, 'number' | 'receivedAt' | 'values' | 'entries'>, counts: boolean): void;
  sum(): { kept: number; of: number };
}

/** How long after the work a case still counts as the same trouble, in milliseconds. Throws where the compiler would refuse. */
export function windowOf({ settings }: Pick<PackSpec, 'settings'>, { within }: Repeats): number {
  const [, setting] = within.split('setting.');
  const span = setting === undefined ? { elapsed: within } : spanOfSetting(settings, setting);
  if (span && 'calendarDays' in span) return span.calendarDays * DAY;
  const read = span && 'elapsed' in span ? parseDuration(span.elapsed) : undefined;
  if (!read?.ok) throw new Error(`${within} holds no length of time that runs by the calendar`);
  return durationMs(read.value);
}

/** What two values must share to be the same: places by the premises where they are known. */
function sameness(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'premisesId' in value && typeof value.premisesId === 'string')
    return value.premisesId;
  if (typeof value === 'object' && value !== null && 'text' in value)
    return String(value.text).normalize('NFKC').trim();
  return JSON.stringify(value ?? null);
}

export function openRepeats(pack: Pick<PackSpec, 'settings'>, rule: Repeats): Repeated {
  const window = windowOf(pack, rule);
  const whole = new Map<string, Line>();
  const later: Line[] = [];
  return {
    add({ number, receivedAt, values, entries }, counts) {
      const line = { number, receivedAt, values, doneAt: entries[rule.step]?.at(-1)?.at ?? null };
      if (counts && line.doneAt !== null) whole.set(number, line);
      if (typeof values[rule.by] === 'string') later.push(line);
    },
    sum() {
      const again = new Set<string>();
      for (const { receivedAt, values } of later) {
        const first = whole.get(String(values[rule.by]).trim());
        if (first?.doneAt == null || receivedAt < first.doneAt || receivedAt > first.doneAt + window) continue;
        if (rule.same.every((field) => sameness(first.values[field]) === sameness(values[field])))
          again.add(first.number);
      }
      return { kept: again.size, of: whole.size };
    },
  };
}
