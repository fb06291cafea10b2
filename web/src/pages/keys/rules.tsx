import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { rulesQuery, useSetRules } from '../../api/account.ts';
import { postsQuery } from '../../api/people.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { useProved, wantsProof } from '../account/prove.tsx';
import { w } from './words.ts';

/** How long a session lasts, and which posts need a second proof. */
export function Rules() {
  const { say } = useSpeech();
  const rules = useSuspenseQuery(rulesQuery).data;
  const posts = useQuery(postsQuery).data ?? [];
  const [idle, setIdle] = useState(String(rules.idleMinutes));
  const [longest, setLongest] = useState(String(rules.longestHours));
  const [wanted, setWanted] = useState<readonly string[]>(rules.secondFactorPosts);
  const set = useSetRules();
  const proved = useProved();
  const faults = faultsOf(set.error);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const body = { idleMinutes: Number(idle), longestHours: Number(longest), secondFactorPosts: [...wanted] };
    set.mutate(body, { onError: proved.run(submit) });
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{say(w.rules)}</h2>
      <p className="muted small">{say(w.rulesWhy)}</p>
      <div className="form-grid">
        <TextField label={w.idle} type="number" required value={idle} onChange={setIdle} fault={faults.idleMinutes} />
        <TextField
          label={w.longest}
          type="number"
          required
          value={longest}
          onChange={setLongest}
          fault={faults.longestHours}
        />
      </div>
      <fieldset className="field">
        <legend className="label">{say(w.posts)}</legend>
        <div className="pick">
          {posts.map((post) => (
            <label key={post.code}>
              <input
                type="checkbox"
                checked={wanted.includes(post.code)}
                onChange={({ target }) =>
                  setWanted(target.checked ? [...wanted, post.code] : wanted.filter((one) => one !== post.code))
                }
              />
              {say(post.title)}
            </label>
          ))}
        </div>
      </fieldset>
      {Object.keys(faults).length === 0 && !wantsProof(set.error) && <Refused error={set.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={set.isPending}>
          {say(w.save)}
        </button>
        {set.isSuccess && <span role="status">{say(w.saved)}</span>}
      </div>
      {proved.dialog}
    </form>
  );
}
