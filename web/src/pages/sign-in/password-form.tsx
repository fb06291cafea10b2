import { type FormEvent, useState } from 'react';
import type { StepView } from '../../api/contract.ts';
import { wordsOf } from '../../api/problem.ts';
import { isStep, useSession, useSignIn } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

interface Props {
  /** Stands inside something that has its own frame and title. */
  bare?: boolean;
  company: string;
  onCompany(name: string): void;
  /** A second question is put. */
  onStep(step: StepView): void;
}

/** User name and password. */
export function PasswordForm({ bare = false, company, onCompany, onStep }: Props) {
  const { say } = useSpeech();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  // Only where several companies share the program and this address belongs to none of them.
  const asksCompany = useSession().company === null;
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { username, password, ...(asksCompany ? { tenant: company.trim() } : {}) },
      { onSuccess: (said) => isStep(said) && onStep(said) },
    );
  };
  return (
    <form className={bare ? 'stack' : 'card stack'} onSubmit={submit}>
      {!bare && <h1>{say(w.title)}</h1>}
      {asksCompany && (
        <label className="field">
          <span className="label">{say(w.company)}</span>
          <input
            className="input"
            autoComplete="organization"
            required
            maxLength={60}
            value={company}
            onChange={(event) => onCompany(event.target.value)}
          />
        </label>
      )}
      <label className="field">
        <span className="label">{say(w.username)}</span>
        <input
          className="input"
          autoComplete="username"
          required
          maxLength={100}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </label>
      <label className="field">
        <span className="label">{say(w.password)}</span>
        <input
          className="input"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {signIn.isError && <Fault words={wordsOf(signIn.error)} />}
      <button type="submit" className="btn main big" disabled={signIn.isPending}>
        {say(w.signIn)}
      </button>
    </form>
  );
}
