import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unitsQuery } from '../../api/directory.ts';
import { postsQuery, useHire } from '../../api/people.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Fault } from '../../kit/fault.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { Access } from './access.tsx';
import { UnitPick } from './unit-pick.tsx';
import { w } from './words.ts';

const EMPTY = { name: '', phone: '', email: '', username: '' };

/** Somebody who begins work: name, department, posts, how he signs in. */
export default function HireDialog({ onClose }: { onClose(): void }) {
  const { say } = useSpeech();
  const offered = useQuery(postsQuery).data ?? [];
  const units = useQuery(unitsQuery).data ?? [];
  const [words, setWords] = useState(EMPTY);
  const [unit, setUnit] = useState('');
  const [posts, setPosts] = useState<readonly string[]>([]);
  const hire = useHire();
  const faults = faultsOf(hire.error);
  const put = (name: keyof typeof EMPTY) => (value: string) => setWords({ ...words, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hire.isPending) return;
    const given = Object.fromEntries(
      (['phone', 'email', 'username'] as const).flatMap((name) =>
        words[name].trim() === '' ? [] : [[name, words[name].trim()]],
      ),
    );
    hire.mutate({ name: words.name, unit: unit || (units[0]?.code ?? ''), posts: [...posts], ...given });
  };
  if (hire.data)
    return (
      <Dialog title={say(w.add)} onClose={onClose}>
        <div className="stack">
          <p>{say(w.added, { name: hire.data.person.name })}</p>
          {hire.data.access && <Access access={hire.data.access} />}
          <div className="row">
            <button type="button" className="btn main" onClick={onClose}>
              {say(w.done)}
            </button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={say(w.add)} shape="side" onClose={onClose}>
      <form className="stack" noValidate onSubmit={submit}>
        <TextField label={w.name} required value={words.name} onChange={put('name')} fault={faults.name} />
        <UnitPick value={unit} onChange={setUnit} fault={faults.unit} />
        <fieldset className="field">
          <legend className="label">{say(w.posts)}</legend>
          <div className="pick">
            {offered.map((post) => (
              <label key={post.code}>
                <input
                  type="checkbox"
                  checked={posts.includes(post.code)}
                  onChange={({ target }) =>
                    setPosts(target.checked ? [...posts, post.code] : posts.filter((one) => one !== post.code))
                  }
                />
                {say(post.title)}
              </label>
            ))}
          </div>
          {faults.posts && <Fault words={faults.posts} />}
        </fieldset>
        <TextField label={w.phone} type="tel" value={words.phone} onChange={put('phone')} fault={faults.phone} />
        <TextField label={w.email} type="email" value={words.email} onChange={put('email')} fault={faults.email} />
        <TextField
          label={w.username}
          hint={w.usernameHint}
          value={words.username}
          onChange={put('username')}
          fault={faults.username}
        />
        {Object.keys(faults).length === 0 && <Refused error={hire.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={hire.isPending}>
            {say(w.save)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
