import type { Value } from '#case/event.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { parseIso } from '#policy/fields/moment.ts';
import type { Story, Told } from './story.ts';

/** Cases that belong together, as told to the engine; those which an act of another opened come after it. */
export type Tale = readonly Story[];

/** One thing that people did or tried, and in which case. */
export interface Act extends Told {
  story: Story;
}

/** Everything people did in the cases of a tale, in order of time. */
export const actsOf = (tale: Tale): Act[] =>
  tale
    .flatMap((story) => story.acts.map((told) => ({ ...told, story })))
    .filter(({ actor }) => actor.kind !== 'system')
    .sort((a, b) => a.at - b.at || a.order - b.order);

/** The words the procedure has for the person who asked while a case is in a state. */
export function ownerWords(pack: CompiledPack, procedure: string, state: string): string {
  const spec = pack.procedures[procedure]?.states[state];
  return (spec?.owner ?? spec?.title)?.zh ?? state;
}

const OFFSET = 8 * 3_600_000;

/** 2026-03-05T10:00 in Chinese local time. */
export const localMinute = (moment: Instant): string => new Date(moment + OFFSET).toISOString().slice(0, 16);

/** What was refused was never read: there a moment still stands as it was written. */
export const momentOf = (value: Value): Instant => (typeof value === 'string' ? parseIso(value) : Number(value));

/** The same day, so much later. */
export const laterDay = (day: string, shift: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + Math.round(shift / DAY) * DAY).toISOString().slice(0, 10);
