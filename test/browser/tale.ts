import type { CompiledPack } from '#policy/compile.ts';
import type { Story, Told } from '../support/story.ts';

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
