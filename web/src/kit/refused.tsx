import { Problem, wordsOf } from '../api/problem.ts';
import { useSpeech } from '../words/lang.tsx';
import { Icon } from './icons.tsx';
import { whomToAsk } from './whom-to-ask.ts';

/** What the server refused, above the button, and who can do it instead. */
export function Refused({ error }: { error: unknown }) {
  const { say } = useSpeech();
  if (error === null || error === undefined) return null;
  return (
    <p className="note late" role="alert">
      <Icon name="alarm" />
      <span>
        {say(wordsOf(error))}
        {whomToAsk(say, { message: wordsOf(error), who: error instanceof Problem ? error.body.who : null })}
      </span>
    </p>
  );
}

/** Faults by field, for the boxes of a form. */
export const faultsOf = (error: unknown): Problem['byField'] => (error instanceof Problem ? error.byField : {});
