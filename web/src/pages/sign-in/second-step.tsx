import { type FormEvent, useState } from 'react';
import type { StepView } from '../../api/contract.ts';
import { wordsOf } from '../../api/problem.ts';
import { isStep, useEnterCode, usePasskey, useSecondFactor } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** The second question at the door: a code of the app, a recovery code, a passkey, or the code that was sent. */
export function SecondStep({ first, onBack }: { first: StepView; onBack(): void }) {
  const { say } = useSpeech();
  const [step, setStep] = useState(first);
  const [code, setCode] = useState('');
  const sent = step.ways.some((way) => way === 'email' || way === 'sms');
  const factor = useSecondFactor();
  const entry = useEnterCode();
  const passkey = usePasskey();
  const door = sent ? entry : factor;
  const typed = sent || step.ways.includes('totp') || step.ways.includes('recovery');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (door.isPending) return;
    door.mutate(
      { step: step.step, code },
      {
        onSuccess: (said) => {
          if (!isStep(said)) return;
          setCode('');
          setStep(said);
        },
      },
    );
  };
  const fault = door.error ?? passkey.error;
  return (
    <form className="card stack" onSubmit={submit}>
      <h1>{say(sent ? w.codeTitle : w.secondTitle)}</h1>
      <p className="muted">{say(sent ? w.codeSent : typed ? w.secondWhy : w.passkeyWhy)}</p>
      {typed && (
        <TextField
          key={step.step}
          label={sent ? w.code : w.secondCode}
          complete="one-time-code"
          required
          value={code}
          onChange={setCode}
        />
      )}
      {fault && <Fault words={wordsOf(fault)} />}
      <div className="row">
        {typed && (
          <button type="submit" className="btn main" disabled={door.isPending}>
            {say(w.go)}
          </button>
        )}
        {step.ways.includes('passkey') && (
          <button type="button" className={typed ? 'btn' : 'btn main'} onClick={() => passkey.mutate({})}>
            {say(w.byPasskey)}
          </button>
        )}
        <button type="button" className="btn plain" onClick={onBack}>
          {say(w.back)}
        </button>
      </div>
    </form>
  );
}
