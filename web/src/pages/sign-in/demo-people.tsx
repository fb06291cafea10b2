import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsOf } from '../../api/problem.ts';
import { type DemoPerson, demoPeopleQuery } from '../../api/sandbox.ts';
import { useSignIn } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** The demo company's people by post; one click enters. */
export function DemoPeople() {
  const { say } = useSpeech();
  const people = useQuery(demoPeopleQuery);
  const signIn = useSignIn();
  const [find, setFind] = useState('');
  const groups = new Map<string, DemoPerson[]>();
  for (const person of people.data ?? []) {
    const post = person.posts[0] ? say(person.posts[0]) : say(w.noPost);
    const words = [person.name, person.unit ?? '', ...person.posts.map((post) => say(post))].join(' ').toLowerCase();
    if (!words.includes(find.trim().toLowerCase())) continue;
    groups.set(post, [...(groups.get(post) ?? []), person]);
  }
  return (
    <section className="card stack">
      <div className="page-head" style={{ margin: 0 }}>
        <h1>{say(w.choose)}</h1>
        <label>
          <span className="only-read">{say(w.find)}</span>
          <input
            className="input"
            type="search"
            placeholder={say(w.find)}
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        </label>
      </div>
      <p className="muted">{say(w.chooseWhy)}</p>
      {people.isError && <Fault words={wordsOf(people.error)} />}
      {signIn.isError && <Fault words={wordsOf(signIn.error)} />}
      <div className="demo-posts">
        {[...groups].map(([post, members]) => (
          <section key={post}>
            <h2 className="small">{post}</h2>
            <ul>
              {members.map((person) => (
                <li key={person.personId}>
                  <button
                    type="button"
                    className="demo-person"
                    disabled={signIn.isPending}
                    onClick={() => signIn.mutate({ personId: person.personId })}
                  >
                    <span className="face" aria-hidden="true">
                      {[...person.name].slice(-1)}
                    </span>
                    <span>
                      <b>{person.name}</b>
                      <span className="small muted">
                        {[...person.posts.slice(1).map((post) => say(post)), person.unit].filter(Boolean).join(' · ')}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}
