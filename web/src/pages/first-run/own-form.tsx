import { type FormEvent, useState } from 'react';
import { Problem, wordsOf } from '../../api/problem.ts';
import type { useSetup } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const FIELDS = [
  { name: 'company', label: w.company, path: 'company', complete: 'organization' },
  { name: 'estate', label: w.estate, path: 'estate', complete: 'off' },
  { name: 'person', label: w.name, path: 'administrator.name', complete: 'name' },
  { name: 'username', label: w.username, path: 'administrator.username', complete: 'username' },
  {
    name: 'password',
    label: w.password,
    path: 'administrator.password',
    complete: 'new-password',
    hint: w.passwordHint,
  },
] as const;
type Name = (typeof FIELDS)[number]['name'];

/** Company, first estate and administrator. */
export function OwnForm({ setup, onBack }: { setup: ReturnType<typeof useSetup>; onBack(): void }) {
  const { say } = useSpeech();
  const [values, setValues] = useState<Record<Name, string>>({
    company: '',
    estate: '',
    person: '',
    username: '',
    password: '',
  });
  const faults = setup.error instanceof Problem ? setup.error.byField : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { company, estate, person: name, username, password } = values;
    setup.mutate({ choice: 'own', company, estate, administrator: { name, username, password } });
  };
  return (
    <form className="card stack" onSubmit={submit} style={{ maxWidth: '30rem' }}>
      <h2>{say(w.own)}</h2>
      {FIELDS.map((field) => {
        const fault = faults[field.path] ?? faults[field.path.replace('administrator.', '')];
        return (
          <label key={field.name} className="field">
            <span className="label">{say(field.label)}</span>
            <input
              className="input"
              type={field.name === 'password' ? 'password' : 'text'}
              autoComplete={field.complete}
              required
              maxLength={200}
              aria-invalid={fault !== undefined}
              value={values[field.name]}
              onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
            />
            {'hint' in field && <span className="hint">{say(field.hint)}</span>}
            {fault && <Fault words={fault} />}
          </label>
        );
      })}
      {setup.isError && Object.keys(faults).length === 0 && <Fault words={wordsOf(setup.error)} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={setup.isPending}>
          {say(w.create)}
        </button>
        <button type="button" className="btn" onClick={onBack}>
          {say(w.back)}
        </button>
      </div>
    </form>
  );
}
