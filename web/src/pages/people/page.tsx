import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { PersonView } from '../../api/contract.ts';
import { peopleQuery, unitsQuery } from '../../api/directory.ts';
import { useMe } from '../../api/session.ts';
import { Icon } from '../../kit/icons.tsx';
import { usePostTitle } from '../../pack/posts.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';
import './people.css';

const HireDialog = lazy(() => import('./hire-dialog.tsx'));
const ManageDialog = lazy(() => import('./manage-dialog.tsx'));

/** Who holds which post, department by department. */
export default function PeoplePage() {
  const { say } = useSpeech();
  const people = useSuspenseQuery(peopleQuery()).data;
  const titleOf = usePostTitle();
  const posts = (person: PersonView) => person.posts.map(titleOf);
  const units = useSuspenseQuery(unitsQuery).data;
  const unitOf = ({ unit }: PersonView) => say(units.find(({ code }) => code === unit?.code)?.name ?? w.noUnit);
  const { administers, readsLooks } = useMe();
  // '' is somebody who is not there yet.
  const [open, setOpen] = useState<string | null>(null);
  const close = () => setOpen(null);
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const fits = (person: PersonView) =>
    [person.name, unitOf(person), ...posts(person)].join(' ').toLowerCase().includes(wanted);
  const groups = Map.groupBy(people.filter(fits), unitOf);
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        <label className="people-find">
          <span className="only-read">{say(w.find)}</span>
          <input
            className="input"
            type="search"
            placeholder={say(w.find)}
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        </label>
        <Link to="/organisation" className="btn">
          <Icon name="book" />
          {say(w.organisation)}
        </Link>
        {readsLooks && (
          <Link to="/looks" className="btn">
            <Icon name="eye" />
            {say(w.looks)}
          </Link>
        )}
        {administers && (
          <Link to="/keys" className="btn">
            <Icon name="lock" />
            {say(w.keys)}
          </Link>
        )}
        {administers && (
          <button type="button" className="btn main" onClick={() => setOpen('')}>
            <Icon name="plus" />
            {say(w.add)}
          </button>
        )}
      </div>
      <p className="muted people-why">{say(w.why)}</p>
      {groups.size === 0 && <p className="empty card">{say(w.none)}</p>}
      <div className="people">
        {[...groups].map(([unit, members]) => (
          <section key={unit} className="card">
            <div className="card-head">
              <h2>{unit}</h2>
              <span className="small muted">
                {say(members.length === 1 ? w.countOne : w.count, { n: members.length })}
              </span>
            </div>
            <ul>
              {members.map((person) => (
                <li key={person.id}>
                  <span className="face" aria-hidden="true">
                    {[...person.name].slice(-1)}
                  </span>
                  <span className="people-name">
                    <Link to="/people/$id" params={{ id: person.id }}>
                      <b>{person.name}</b>
                    </Link>
                    <span className="small muted">{posts(person).join(' · ')}</span>
                  </span>
                  <span className={person.onShift ? 'tag kept' : 'tag'}>
                    {say(person.onShift ? w.onShift : w.offShift)}
                  </span>
                  {administers && (
                    <Link
                      to="/powers"
                      search={{ person: person.id }}
                      className="btn plain icon"
                      aria-label={say(w.powers, { name: person.name })}
                    >
                      <Icon name="lock" />
                    </Link>
                  )}
                  {administers && (
                    <button
                      type="button"
                      className="btn plain icon"
                      aria-label={say(w.manage, { name: person.name })}
                      onClick={() => setOpen(person.id)}
                    >
                      <Icon name="pen" />
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Suspense fallback={null}>
        {open === '' && <HireDialog onClose={close} />}
        {open !== null && open !== '' && <ManageDialog id={open} onClose={close} />}
      </Suspense>
    </>
  );
}
