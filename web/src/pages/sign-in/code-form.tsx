import { type FormEvent, useState } from 'react';
import type { StepView } from '../../api/contract.ts';
import { wordsOf } from '../../api/problem.ts';
import { useOrderCode } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Asks for a code to an address that was proved before; the answer never tells whether there is one. */
export function CodeForm({
  company,
  onStep,
  onBack,
}: {
  company: string;
  onStep(step: StepView): void;
  onBack(): void;
}) {
  const { say } = useSpeech();
  const [account, setAccount] = useState('');
  const order = useOrderCode();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!order.isPending)
      order.mutate({ account, way: 'email', ...(company ? { tenant: company } : {}) }, { onSuccess: onStep });
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <h1>{say(w.byCode)}</h1>
      <p className="muted">{say(w.byCodeWhy)}</p>
      <TextField label={w.account} complete="username" required value={account} onChange={setAccount} />
      {order.isError && <Fault words={wordsOf(order.error)} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={order.isPending}>
          {say(w.sendCode)}
        </button>
        <button type="button" className="btn plain" onClick={onBack}>
          {say(w.back)}
        </button>
      </div>
    </form>
  );
}
