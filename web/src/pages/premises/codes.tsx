import { useSuspenseQuery } from '@tanstack/react-query';
import type { PremisesView } from '../../api/contract.ts';
import { doorSheetOf, placesQuery } from '../../api/premises.ts';
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
