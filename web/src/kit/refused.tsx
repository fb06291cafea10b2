import { text } from '@room/kernel/text.ts';
import { Problem, wordsOf } from '../api/problem.ts';
import { useSpeech } from '../words/lang.tsx';
import { Icon } from './icons.tsx';

const who = text('可办理：{who}', 'Can be done by: {who}');

/** What the server refused, above the button, and who can do it instead. */
export function Refused({ error }: { error: unknown }) {
  const { say } = useSpeech();
  if (error === null || error === undefined) return null;
  return (
    <p className="note late" role="alert">
      <Icon name="alarm" />
      <span>
        {say(wordsOf(error))}
        {error instanceof Problem && error.body.who && ` · ${say(who, { who: say(error.body.who) })}`}
      </span>
    </p>
  );
}

/** Faults by field, for the boxes of a form. */
export const faultsOf = (error: unknown): Problem['byField'] => (error instanceof Problem ? error.byField : {});
