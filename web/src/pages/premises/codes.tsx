import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PremisesView } from '../../api/contract.ts';
import { companyQuery, doorSheetOf, placesQuery, useTelephone } from '../../api/premises.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const KINDS = [
  { only: null, title: w.all },
  { only: 'rooms', title: w.doors },
  { only: 'common', title: w.common },
] as const;

/** The printable signs, building by building and for the whole estate. */
export function Codes({ estate }: { estate: PremisesView }) {
  const { say } = useSpeech();
  const inside = useSuspenseQuery(placesQuery(estate.id)).data;
  const buildings = inside.filter((place) => place.kind === 'building');
  return (
    <section className="card stack">
      <h2>{say(w.codes)}</h2>
      <p className="muted small">{say(inside.length === 0 ? w.noPlaces : w.codesWhy)}</p>
      <Telephone />
      {inside.length > 0 && (
        <ul className="codes">
          {[estate, ...buildings].map((place) => (
            <li key={place.id}>
              <b>{place.name}</b>
              {KINDS.map(({ only, title }) => (
                <a
                  key={title.en}
                  className="btn tight"
                  href={doorSheetOf(place.id, only)}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={say(w.print, { place: place.name, what: say(title) })}
                >
                  {say(title)}
                </a>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Telephone() {
  const { say } = useSpeech();
  const company = useSuspenseQuery(companyQuery).data;
  const [typed, setTyped] = useState(company.telephone ?? '');
  const keep = useTelephone();
  const faults = faultsOf(keep.error);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate(typed);
      }}
    >
      <TextField
        label={w.telephone}
        type="tel"
        value={typed}
        onChange={(value) => {
          setTyped(value);
          keep.reset();
        }}
        fault={faults.telephone}
      />
      {Object.keys(faults).length === 0 && <Refused error={keep.error} />}
      <div className="row">
        <button type="submit" className="btn" disabled={keep.isPending || typed.trim() === (company.telephone ?? '')}>
          {say(w.save)}
        </button>
        <span role="status">{keep.isSuccess && say(w.kept)}</span>
      </div>
    </form>
  );
}
