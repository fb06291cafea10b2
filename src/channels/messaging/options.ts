import { z } from 'zod';
import { allowedCommands } from '#case/allowed.ts';
import type { Context } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';

/** One thing that the person who asked can answer by a sign: a step, with what it fills in. */
export interface Option {
  sign: string;
  label: string;
  step: string;
  values: Values;
  /** The field that takes the words after the sign; null when none are needed. */
  words: string | null;
  /** What those words should tell, e.g. 哪里不满意. */
  ask: string | null;
}

const MOST = 6;
const choices = z.array(z.object({ value: z.string(), label: z.object({ zh: z.string() }) }));

/**
 * What can be answered now by one short message: the usual way on and whatever else belongs to the same state, as far as it
 * asks for one choice or a few words. Nothing where the procedure does not wait for the person who asked.
 */
export function optionsOf(state: CaseState, ctx: Context): Option[] {
  const procedure = ctx.pack.procedures[state.procedure];
  const open = allowedCommands(state, ctx).filter(
    ({ command, allowed, mine }) => command === 'take' && allowed && mine,
  );
  if (!procedure || !open.some(({ main }) => main)) return [];
  const found: Omit<Option, 'sign'>[] = [];
  for (const { step, title } of open) {
    const spec = step === null ? undefined : procedure.steps[step];
    if (step === null || !spec?.from.includes(state.state)) continue;
    const needed = Object.entries(spec.fields).filter(([, field]) => field.required === true);
    const [first, ...more] = needed;
    if (more.length > 0) continue;
    if (!first) found.push({ label: title.zh, step, values: {}, words: null, ask: null });
    else if (first[1].type === 'text')
      found.push({ label: title.zh, step, values: {}, words: first[0], ask: first[1].label.zh });
    else if (first[1].type === 'choice')
      for (const { value, label } of choices.parse(first[1].options))
        found.push({ label: label.zh, step, values: { [first[0]]: value }, words: null, ask: null });
  }
  return found.slice(0, MOST).map((one, i) => ({ ...one, sign: String(i + 1) }));
}

/** The line that offers them; '' when there are none. */
export const offer = (options: readonly Option[]): string =>
  options.length === 0
    ? ''
    : `直接回复：${options.map(({ sign, label, ask }) => (ask === null ? `${sign} ${label}` : `${sign} ${label}（请写明${ask}）`)).join('，')}`;

/** Which of them a message means, by its sign or its words, with what else it says; null when none. */
export function chosen(options: readonly Option[], said: string): { option: Option; rest: string } | null {
  const words = said.normalize('NFKC').trim();
  // 不满意 must not be read as 满意: the longest label that the message begins with counts.
  const byLength = options.toSorted((a, b) => b.label.length - a.label.length);
  for (const option of [...byLength, ...options]) {
    const head = words.startsWith(option.label) ? option.label : words.startsWith(option.sign) ? option.sign : null;
    if (head === null) continue;
    const rest = words.slice(head.length);
    const begins = rest.replace(/^[\s.。,，、:：!！;；]+/, '');
    // 12 号楼 is no answer 1, and 满意度太低 is none either.
    if (rest !== '' && begins === rest) {
      if (option.words === null || head === option.sign) continue;
    }
    return { option, rest: begins };
  }
  return null;
}
