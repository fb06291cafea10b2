import type { Instant } from '@room/kernel/instant.ts';
import { Icon, type IconName } from '../kit/icons.tsx';
import { useSpeech } from '../words/lang.tsx';
import { saySpan } from './format.ts';
import { now } from './now.ts';
import { useTicking } from './ticking.ts';
import { type Urgency, urgency } from './urgency.ts';

const LOOK: Record<Urgency, { icon: IconName; words: { zh: string; en: string } }> = {
  late: { icon: 'alarm', words: { zh: '超时 {span}', en: '{span} overdue' } },
  soon: { icon: 'hourglass', words: { zh: '还剩 {span}', en: '{span} left' } },
  ample: { icon: 'clock', words: { zh: '还剩 {span}', en: '{span} left' } },
};
const TONE: Record<Urgency, string> = { late: 'tag late', soon: 'tag soon', ample: 'tag' };

/** What is left of a promise: living words, a drawing and a colour that say the same. */
export function Countdown({ startedAt, dueAt }: { startedAt: Instant; dueAt: Instant }) {
  const { lang, say } = useSpeech();
  const span = useTicking(() => saySpan(dueAt - now())[lang]);
  const look = useTicking(() => urgency(startedAt, dueAt, now()));
  const { icon, words } = LOOK[look];
  return (
    <span className={TONE[look]} data-urgency={look}>
      <Icon name={icon} size={15} />
      <span>{say(words, { span })}</span>
    </span>
  );
}
