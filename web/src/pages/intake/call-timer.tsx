import { Icon } from '../../kit/icons.tsx';
import { saySpan } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useTicking } from '../../time/ticking.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** How long the call has lasted: the clock of the promise runs from its first second. */
export function CallTimer({ openedAt }: { openedAt: number }) {
  const { lang, say } = useSpeech();
  const span = useTicking(() => saySpan(Math.max(0, now() - openedAt))[lang]);
  return (
    <span className="tag brand">
      <Icon name="phone" size={15} />
      {say(w.timer)} {span}
    </span>
  );
}
