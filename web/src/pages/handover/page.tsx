import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { particularsQuery } from '../../api/particulars.ts';
import { placesQuery } from '../../api/premises.ts';
import { useMe } from '../../api/session.ts';
import { Icon } from '../../kit/icons.tsx';
import { Refused } from '../../kit/refused.tsx';
import { FindPlace } from '../../places/find-place.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { Equipment } from './equipment.tsx';
import { HandoverDay } from './handover-day.tsx';
import { Parts } from './parts.tsx';
import { Terms } from './terms.tsx';
import { w } from './words.ts';
import '../person/person.css';

/** When a place was handed over, and until when its parts and equipment are under warranty. */
export default function HandoverPage() {
  const { say } = useSpeech();
  const { administers } = useMe();
  const estates = useSuspenseQuery(placesQuery(null)).data;
  const [place, setPlace] = useState(estates[0]?.id ?? '');
  const { data: seen, error } = useQuery(particularsQuery(place));
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        {administers && (
          <Link to="/premises" className="btn">
            <Icon name="left" />
            {say(w.premises)}
          </Link>
        )}
        <Link to="/outside" className="btn">
          <Icon name="people" />
          {say(w.outside)}
        </Link>
      </div>
      <p className="muted" style={{ marginBottom: '1rem' }}>
        {say(w.why)}
      </p>
      <div style={{ maxWidth: '32rem', marginBottom: '1rem' }}>
        <FindPlace
          label={w.find}
          placeholder={say(w.findHint)}
          none={say(w.findNone)}
          onPick={({ id }) => setPlace(id)}
        >
          <span className="row person-places">
            <span className="small muted">{say(w.estates)}</span>
            {estates.map((one) => (
              <button
                key={one.id}
                type="button"
                className="btn tight"
                aria-pressed={one.id === place}
                onClick={() => setPlace(one.id)}
              >
                {one.name}
              </button>
            ))}
          </span>
        </FindPlace>
      </div>
      <Refused error={error} />
      {seen && <h2 style={{ marginBottom: '0.8rem' }}>{seen.fullName}</h2>}
      <div className="person-grid" key={place}>
        {seen && <HandoverDay place={place} seen={seen} />}
        {seen && <Parts place={place} seen={seen} />}
        {seen && <Equipment seen={seen} />}
        <Terms />
      </div>
    </>
  );
}
