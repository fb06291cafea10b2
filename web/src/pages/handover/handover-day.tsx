import { type FormEvent, useState } from 'react';
import type { ParticularsView } from '../../api/contract.ts';
import { useHandoverDay } from '../../api/particulars.ts';
import { useMe } from '../../api/session.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** The day a place was handed over: its own, or that of the place it lies in. */
export function HandoverDay({ place, seen }: { place: string; seen: ParticularsView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const set = useHandoverDay(place);
  const [day, setDay] = useState('');
  const [empty, setEmpty] = useState(false);
  const fault = empty ? w.needed : faultsOf(set.error).on;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(day === '');
    if (day !== '' && !set.isPending) set.mutate(day, { onSuccess: () => setDay('') });
  };
  return (
    <section className="card stack">
      <h2>{say(w.handover)}</h2>
      <p>
        <b className="mono">{seen.handedOverOn ?? say(w.unknown)}</b>{' '}
        {seen.handedOverOn !== null && (
          <span className="small muted">{say(seen.ownHandover ? w.ownDay : w.inherited)}</span>
        )}
      </p>
      {administers && (
        <form className="person-form" noValidate onSubmit={submit}>
          <TextField label={w.handover} type="date" value={day} onChange={setDay} fault={fault} />
          {!fault && <Refused error={set.error} />}
          <div className="row">
            <button type="submit" className="btn main" disabled={set.isPending}>
              {say(w.save)}
            </button>
            {seen.ownHandover && (
              <button type="button" className="btn" disabled={set.isPending} onClick={() => set.mutate(null)}>
                {say(w.clear)}
              </button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}
