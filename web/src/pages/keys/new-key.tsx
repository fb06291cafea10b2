import { keyScopes } from '@room/http/contract/key.ts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMakeKey } from '../../api/account.ts';
import type { KeyBody } from '../../api/contract.ts';
import { postsQuery } from '../../api/people.ts';
import { placesQuery } from '../../api/premises.ts';
import { Fault } from '../../kit/fault.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { useProved, wantsProof } from '../account/prove.tsx';
import { MadeKey } from './made-key.tsx';
import { w } from './words.ts';

type Scope = (typeof keyScopes)[number];

/** A key for another program: what for, as which post, what it may do, where, until when. */
export function NewKey() {
  const { say } = useSpeech();
  const posts = useQuery(postsQuery).data ?? [];
  const estates = useQuery(placesQuery(null)).data ?? [];
  const [label, setLabel] = useState('');
  const [post, setPost] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['cases.register']);
  const [estateId, setEstate] = useState('');
  const [lastDay, setLastDay] = useState('');
  const make = useMakeKey();
  const proved = useProved();
  const faults = faultsOf(make.error);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const body: KeyBody = {
      label,
      post: post || (posts[0]?.code ?? ''),
      scopes: [...scopes],
      ...(estateId ? { estateId } : {}),
      ...(lastDay ? { lastDay } : {}),
    };
    make.mutate(body, { onError: proved.run(submit), onSuccess: () => setLabel('') });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {make.data && <MadeKey text={make.data.key} />}
      <TextField label={w.label} required value={label} onChange={setLabel} fault={faults.label} />
      <label className="field">
        <span className="label">{say(w.post)}</span>
        <select className="input" value={post || posts[0]?.code} onChange={(event) => setPost(event.target.value)}>
          {posts.map((one) => (
            <option key={one.code} value={one.code}>
              {say(one.title)}
            </option>
          ))}
        </select>
        {faults.post && <Fault words={faults.post} />}
      </label>
      <fieldset className="field">
        <legend className="label">{say(w.scopes)}</legend>
        <div className="pick">
          {keyScopes.map((scope) => (
            <label key={scope}>
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={({ target }) =>
                  setScopes(target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
                }
              />
              {say(w[scope])}
            </label>
          ))}
        </div>
        {faults.scopes && <Fault words={faults.scopes} />}
      </fieldset>
      <div className="form-grid">
        <label className="field">
          <span className="label">{say(w.site)}</span>
          <select className="input" value={estateId} onChange={(event) => setEstate(event.target.value)}>
            <option value="">{say(w.allSites)}</option>
            {estates.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="label">{say(w.lastDay)}</span>
          <input className="input" type="date" value={lastDay} onChange={(event) => setLastDay(event.target.value)} />
          {faults.lastDay && <Fault words={faults.lastDay} />}
        </label>
      </div>
      {Object.keys(faults).length === 0 && !wantsProof(make.error) && <Refused error={make.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={make.isPending}>
          {say(w.make)}
        </button>
      </div>
      {proved.dialog}
    </form>
  );
}
