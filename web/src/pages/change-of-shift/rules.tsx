import { useState } from 'react';
import type { ShiftChange } from '../../api/contract.ts';
import { useShiftRules } from '../../api/shift-lists.ts';
import { Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Within what time the next one has to accept, and whether the company has set it; whoever keeps the company may. */
export function Rules({ rules: { acceptMinutes, delivered, maySet } }: { rules: ShiftChange['rules'] }) {
  const { say } = useSpeech();
  const set = useShiftRules();
  const [minutes, setMinutes] = useState(String(acceptMinutes));
  return (
    <>
      <p className="muted small">
        {say(w.until, { n: acceptMinutes })}
        {delivered && say(w.delivered)}
      </p>
      {maySet && (
        <form
          className="turn-rules"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate(Number(minutes));
          }}
        >
          <TextField label={w.minutes} type="number" value={minutes} onChange={setMinutes} />
          <button type="submit" className="btn" disabled={set.isPending}>
            {say(w.set)}
          </button>
          <Refused error={set.error} />
        </form>
      )}
    </>
  );
}
