import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeadLetterView } from '../../api/contract.ts';
import { deadLettersQuery, useSettleLetter, useTryAgain } from '../../api/notice-settings.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { wayName } from '../../notices/ways.ts';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** What came in or should have gone out by any channel and waits for a person: try it again, or say how it was seen to. */
export function Letters() {
  const { say } = useSpeech();
  const { data, error } = useQuery(deadLettersQuery);
  const again = useTryAgain();
  return (
    <section className="card stack" aria-labelledby="in-title">
      <h2 id="in-title">{say(w.in)}</h2>
      <Refused error={error ?? again.error} />
      {data?.length === 0 && <p className="muted">{say(w.inNone)}</p>}
      <ol className="told-list">
        {data?.map((letter) => (
          <li key={`${letter.channel}.${letter.direction}.${letter.key}`}>
            <p>
              <span className="tag">{say(wayName(letter.channel))}</span>{' '}
              <span className="muted small">
                {say(letter.direction === 'in' ? w.incoming : w.outgoing)} · {shortMoment(at(letter.receivedAt))}
              </span>
            </p>
            <p className="told-words">
              <b>{letter.subject || letter.sender}</b> <span className="muted small">{letter.sender}</span>
            </p>
            <p className="small">{say(letter.why)}</p>
            {letter.again && (
              <button
                type="button"
                className="btn tight told-end"
                aria-label={say(w.tryThis, { subject: letter.subject || letter.sender })}
                disabled={again.isPending}
                onClick={() => again.mutate(letter)}
              >
                {say(w.tryAgain)}
              </button>
            )}
            <Settle letter={letter} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Settle({ letter }: { letter: DeadLetterView }) {
  const { say } = useSpeech();
  const [note, setNote] = useState('');
  const settle = useSettleLetter();
  const faults = faultsOf(settle.error);
  return (
    <details>
      <summary>{say(w.settle)}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!settle.isPending) settle.mutate({ ...letter, note });
        }}
      >
        <TextField
          label={w.settled}
          hint={w.settledHint}
          required
          value={note}
          onChange={setNote}
          fault={faults.note}
        />
        {!faults.note && <Refused error={settle.error} />}
        <div className="row">
          <button type="submit" className="btn main tight" disabled={settle.isPending}>
            {say(w.putAway)}
          </button>
        </div>
      </form>
    </details>
  );
}
