import { useState } from 'react';
import { Problem, wordsOf } from '../../api/problem.ts';
import { useSetup } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { Icon, Mark } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { LangSwitch } from '../../words/switch.tsx';
import { OwnForm } from './own-form.tsx';
import { w } from './words.ts';
import '../sign-in/sign-in.css';
import './first-run.css';

/** The first question of a new installation. */
export default function FirstRunPage() {
  const { say } = useSpeech();
  const [own, setOwn] = useState(false);
  const [code, setCode] = useState('');
  const setup = useSetup(code);
  // Asked for only when the server does: at the machine itself nobody needs it.
  const asksCode = setup.error instanceof Problem && setup.error.body.code.startsWith('setup.code');
  const [wasAsked, setWasAsked] = useState(false);
  if (asksCode && !wasAsked) setWasAsked(true);
  return (
    <main className="door wide">
      <header className="door-head">
        <Mark size={44} />
        <div>
          <h1>{say(w.hello)}</h1>
          <p className="muted">{say(w.ask)}</p>
        </div>
        <LangSwitch />
      </header>
      {wasAsked && (
        <label className="field" style={{ maxWidth: '30rem' }}>
          <span className="label">{say(w.code)}</span>
          <input
            className="input"
            autoComplete="one-time-code"
            maxLength={40}
            value={code}
            aria-invalid={asksCode}
            onChange={(event) => setCode(event.target.value)}
          />
          <span className="hint">{say(w.codeHint)}</span>
        </label>
      )}
      {own ? (
        <OwnForm setup={setup} onBack={() => setOwn(false)} />
      ) : (
        <div className="ways">
          <button
            type="button"
            className="card way"
            disabled={setup.isPending}
            onClick={() => setup.mutate({ choice: 'demo' })}
          >
            <Icon name="eye" size={28} />
            <b>{say(w.demo)}</b>
            <span className="muted">{say(w.demoWhy)}</span>
          </button>
          <button type="button" className="card way" disabled={setup.isPending} onClick={() => setOwn(true)}>
            <Icon name="flow" size={28} />
            <b>{say(w.own)}</b>
            <span className="muted">{say(w.ownWhy)}</span>
          </button>
        </div>
      )}
      <p role="status" className="muted">
        {setup.isPending && say(w.wait)}
      </p>
      {setup.isError && (!own || asksCode) && <Fault words={wordsOf(setup.error)} />}
    </main>
  );
}
