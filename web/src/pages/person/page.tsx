import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { peopleQuery } from '../../api/directory.ts';
import { useMe } from '../../api/session.ts';
import { staffingQuery } from '../../api/staffing.ts';
import { Icon } from '../../kit/icons.tsx';
import { usePostTitle } from '../../pack/posts.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Hours } from './hours.tsx';
import { Limits } from './limits.tsx';
import { Skills } from './skills.tsx';
import { Substitutes } from './substitutes.tsx';
import { w } from './words.ts';
import './person.css';

const ManageDialog = lazy(() => import('../people/manage-dialog.tsx'));

/** One member of staff: what he can do, who stands in for him, up to what sum he decides, when he works. */
export default function PersonPage() {
  const { say } = useSpeech();
  const { id } = useParams({ from: '/people/$id' });
  const me = useMe();
  const titleOf = usePostTitle();
  const staffing = useSuspenseQuery(staffingQuery('')).data;
  const listed = useSuspenseQuery(peopleQuery()).data.find((one) => one.id === id);
  const [managing, setManaging] = useState(false);
  const person = staffing.people.find((one) => one.id === id);
  if (!person)
    return (
      <div className="empty">
        <h1>{say(w.none)}</h1>
        <Link to="/people" className="btn">
          {say(w.back)}
        </Link>
      </div>
    );
  const posts = (listed?.posts ?? []).map((code) => ({ code, title: titleOf(code) }));
  return (
    <>
      <div className="page-head">
        <h1>{person.name}</h1>
        <Link to="/people" className="btn">
          <Icon name="left" />
          {say(w.back)}
        </Link>
        {me.administers && (
          <Link to="/powers" search={{ person: id }} className="btn">
            <Icon name="lock" />
            {say(w.powers)}
          </Link>
        )}
        {me.administers && (
          <button type="button" className="btn" onClick={() => setManaging(true)}>
            <Icon name="pen" />
            {say(w.account)}
          </button>
        )}
      </div>
      <p className="muted" style={{ marginBottom: '1rem' }}>
        {[person.unit ? say(person.unit) : '', ...posts.map(({ title }) => title)].filter(Boolean).join(' · ')}
      </p>
      {!person.manages && id !== me.person.id && (
        <p className="note" style={{ marginBottom: '1rem' }}>
          {say(w.notYours, { name: person.name })}
        </p>
      )}
      <div className="person-grid">
        <Skills staffing={staffing} person={person} />
        <Substitutes staffing={staffing} person={person} posts={posts} titleOf={titleOf} />
        <Limits staffing={staffing} person={person} posts={posts} />
        <Hours staffing={staffing} person={person} />
      </div>
      <Suspense fallback={null}>{managing && <ManageDialog id={id} onClose={() => setManaging(false)} />}</Suspense>
    </>
  );
}
