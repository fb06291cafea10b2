import { type FormEvent, useState } from 'react';
import { useProof } from '../../api/account.ts';
import { Problem } from '../../api/problem.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Whether the server wants to see the password again first. */
export const wantsProof = (error: unknown): boolean =>
  error instanceof Problem && error.body.code === 'account.proofNeeded';

/** Asks for the password once more; what was wanted is then to be done again. */
export function Prove({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const { say } = useSpeech();
  const [password, setPassword] = useState('');
  const prove = useProof();
  const faults = faultsOf(prove.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate(password, { onSuccess: onDone });
  };
  return (
    <Dialog title={say(w.again)} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="muted">{say(w.againWhy)}</p>
        <TextField
          label={w.password}
          type="password"
          complete="current-password"
          required
          value={password}
          onChange={setPassword}
          fault={faults.password}
        />
        {!faults.password && <Refused error={prove.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={prove.isPending}>
            {say(w.confirm)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Runs what needs a fresh proof; when the server wants one, `asking` is true until it was given and the act runs again. */
export function useProved(): { run(act: () => void): (error: unknown) => void; dialog: React.ReactNode } {
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  return {
    run: (act) => (error) => {
      if (wantsProof(error)) setWaiting(() => act);
    },
    dialog: waiting && (
      <Prove
        onClose={() => setWaiting(null)}
        onDone={() => {
          setWaiting(null);
          waiting();
        }}
      />
    ),
  };
}
