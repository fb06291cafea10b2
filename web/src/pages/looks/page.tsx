import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type LooksWish, looksQuery } from '../../api/looks.ts';
import { Icon } from '../../kit/icons.tsx';
import { Refused } from '../../kit/refused.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { FIELDS, w } from './words.ts';
import './looks.css';

/** The log of looks at personal data, for whoever answers for its protection. */
export default function LooksPage() {
  const { lang, say } = useSpeech();
  const [wish, setWish] = useState<LooksWish>({ from: '', to: '', person: '' });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(looksQuery(wish));
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const change = (part: Partial<LooksWish>) => setWish({ ...wish, ...part });
  const field = (name: string) => (FIELDS[name] ? say(FIELDS[name]) : name);
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <p className="muted">{say(w.why)}</p>
      <div className="looks-bar">
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className="stack">
            <span className="label">{say(w[end])}</span>
            <input
              className="input"
              type="date"
              value={wish[end] || first?.[end] || ''}
              onChange={(event) => change({ [end]: event.target.value })}
            />
          </label>
        ))}
        <label className="stack">
          <span className="label">{say(w.person)}</span>
          <select className="input" value={wish.person} onChange={(event) => change({ person: event.target.value })}>
            <option value="">{say(w.everybody)}</option>
            {first?.people.flatMap(({ id, name, looks, cases }) =>
              id === null
                ? []
                : [
                    <option key={id} value={id}>
                      {say(w.sums, { name, looks, cases })}
                    </option>,
                  ],
            )}
          </select>
        </label>
      </div>
      <Refused error={error} />
      {data && items.length === 0 && (
        <div className="empty card">
          <Icon name="eye" size={32} />
          <h2>{say(w.none)}</h2>
        </div>
      )}
      {items.length > 0 && (
        <ul className="looks card" aria-label={say(w.list)}>
          {items.map((one) => (
            <li key={one.id}>
              <span className="mono small">{sayMoment(at(one.at), lang, now())}</span>
              <b>{one.person.name}</b>
              {one.case ? (
                <Link to="/cases/$id" params={{ id: one.case.id }} className="mono">
                  {one.case.number}
                </Link>
              ) : (
                <span className="tag">{say(w.whole)}</span>
              )}
              <span>{join([...new Set(one.fields.map(field))], say)}</span>
              <span className="muted">{one.withheld ? say(w.withheld) : one.reason}</span>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <button type="button" className="btn" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          <Icon name="down" />
          {say(w.more)}
        </button>
      )}
    </>
  );
}
