import { useQuery } from '@tanstack/react-query';
import { demoPeopleQuery } from '../api/sandbox.ts';
import { useMe, useSignIn } from '../api/session.ts';
import { useSpeech } from '../words/lang.tsx';
import { w } from './words.ts';

/** Becomes another person of the demo company without leaving the page. */
export function SwitchPerson() {
  const { say } = useSpeech();
  const me = useMe();
  const people = useQuery(demoPeopleQuery).data ?? [];
  const signIn = useSignIn();
  const posts = Map.groupBy(people, (person) => (person.posts[0] ? say(person.posts[0]) : ''));
  return (
    <label className="sandbox-who">
      <span>{say(w.switchTo)}</span>
      <select
        value={me.person.id}
        disabled={signIn.isPending}
        onChange={(event) => signIn.mutate({ personId: event.target.value })}
      >
        {!people.some((person) => person.personId === me.person.id) && (
          <option value={me.person.id}>{me.person.name}</option>
        )}
        {[...posts].map(([post, members]) => (
          <optgroup key={post} label={post}>
            {members.map((person) => (
              <option key={person.personId} value={person.personId}>
                {person.name} · {post}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
