import { useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Refused } from '../../kit/refused.tsx';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { TerritoryForm, useCrewNames } from './territory-form.tsx';
import { w } from './words.ts';

/** Which crew works where. */
export function Territories({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const change = useStaffing();
  const crewName = useCrewNames();
  const [editing, setEditing] = useState('');
  return (
    <section className="card stack">
      <h2>{say(w.territories)}</h2>
      <p className="muted small">{say(w.territoriesWhy)}</p>
      {staffing.territories.length === 0 && <p className="muted">{say(w.territoriesNone)}</p>}
      <ul className="person-list">
        {staffing.territories.map((one) => (
          <li key={one.id}>
            <span>
              <b>{say(one.title)}</b>{' '}
              <span className="small muted">
                {say(w.placeCount, { n: one.places.length })} · {join(one.crews.map(crewName), say)}
              </span>
            </span>
            {administers && (
              <>
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.editThis, { name: say(one.title) })}
                  aria-expanded={editing === one.id}
                  onClick={() => setEditing(editing === one.id ? '' : one.id)}
                >
                  {say(w.edit)}
                </button>
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.retireThis, { name: say(one.title) })}
                  disabled={change.isPending}
                  onClick={() => change.mutate({ type: 'retireTerritory', id: one.id })}
                >
                  {say(w.retire)}
                </button>
              </>
            )}
            {editing === one.id && <TerritoryForm territory={one} onDone={() => setEditing('')} />}
          </li>
        ))}
      </ul>
      <Refused error={change.error} />
      {administers && (
        <details className="person-add">
          <summary>{say(w.addTerritory)}</summary>
          <TerritoryForm />
        </details>
      )}
    </section>
  );
}
