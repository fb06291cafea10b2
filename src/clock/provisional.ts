import { type Text, text } from '#kernel/text.ts';
import type { Due } from './span.ts';

/** The sentence for a deadline that depends on holidays not yet announced; null when it does not. */
export function describeProvisional(due: Due): Text | null {
  const years = due.provisionalYears;
  if (years.length === 0) return null;
  return text(
    `${years.join('、')} 年的放假和调休安排尚未公布，此期限按周末和法定节日暂算；安排公布后，新起算的期限以公布的安排为准。`,
    `The public holidays and make-up working days of ${years.join(', ')} have not been announced yet. This deadline is provisional: it counts weekends and the holidays fixed by law only.`,
  );
}
