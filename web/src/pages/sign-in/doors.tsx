import { useState } from 'react';
import type { StepView } from '../../api/contract.ts';
import { wordsOf } from '../../api/problem.ts';
import { usePasskey } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { CodeForm } from './code-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondStep } from './second-step.tsx';
import { w } from './words.ts';

/** Every way in: password, passkey, a code that is sent; and the second question where one is put. */
export function Doors({ bare = false }: { bare?: boolean }) {
  const { say } = useSpeech();
  const [company, setCompany] = useState('');
  const [step, setStep] = useState<StepView | null>(null);
  const [byCode, setByCode] = useState(false);
  const passkey = usePasskey();
  const back = () => {
    setStep(null);
    setByCode(false);
  };
  const tenant = company.trim();
  if (step) return <SecondStep first={step} onBack={back} />;
  if (byCode) return <CodeForm company={tenant} onStep={setStep} onBack={back} />;
  return (
    <>
      <PasswordForm bare={bare} company={company} onCompany={setCompany} onStep={setStep} />
      {!bare && (
        <section className="stack" aria-label={say(w.others)}>
          {passkey.isError && <Fault words={wordsOf(passkey.error)} />}
          <div className="row">
            {'PublicKeyCredential' in window && (
              <button
                type="button"
                className="btn"
                disabled={passkey.isPending}
                onClick={() => passkey.mutate(tenant === '' ? {} : { tenant })}
              >
                {say(w.byPasskey)}
              </button>
            )}
            <button type="button" className="btn" onClick={() => setByCode(true)}>
              {say(w.byCode)}
            </button>
          </div>
          <p className="muted small">{say(w.help)}</p>
        </section>
      )}
    </>
  );
}
