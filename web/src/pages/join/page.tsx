import { text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import type { InvitationView, StepView } from '../../api/contract.ts';
import { isStep, useAcceptInvitation } from '../../api/session.ts';
import { Mark } from '../../kit/icons.tsx';
import { useNewPassword } from '../../kit/new-password.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { LangSwitch } from '../../words/switch.tsx';
import { SecondStep } from '../sign-in/second-step.tsx';
import '../sign-in/sign-in.css';

const w = {
  hello: text('{name}，欢迎', 'Welcome, {name}'),
  why: text(
    '请设一个自己的密码，设好就登录。链接只能用一次，{at} 前有效。',
    'Choose a password of your own and you are in. The link works once, until {at}.',
  ),
  username: text('您的用户名', 'Your user name'),
  password: text('密码', 'Password'),
  go: text('设好并登录', 'Save and sign in'),
  over: text('这个邀请不能用了', 'This invitation is over'),
};

/** Behind an invitation: a password of one's own, and in. The secret stands behind # and never reaches a log. */
export default function JoinPage() {
  const { say } = useSpeech();
  const [token] = useState(() => location.hash.slice(1));
  const [step, setStep] = useState<StepView | null>(null);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => ask<InvitationView>('/invitations/reading', { method: 'POST', body: { token } }),
    retry: false,
  });
  const navigate = useNavigate();
  return (
    <main className="door">
      <header className="door-head">
        <Mark size={44} />
        <p className="door-name">{invitation.data?.company ?? '回音 Huiyin'}</p>
        <LangSwitch />
      </header>
      {invitation.isError && (
        <section className="card stack">
          <h1>{say(w.over)}</h1>
          <Refused error={invitation.error} />
        </section>
      )}
      {step && <SecondStep first={step} onBack={() => void navigate({ to: '/' })} />}
      {invitation.data && !step && <Form token={token} invitation={invitation.data} onStep={setStep} />}
    </main>
  );
}

function Form({
  token,
  invitation,
  onStep,
}: {
  token: string;
  invitation: InvitationView;
  onStep(step: StepView): void;
}) {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const chosen = useNewPassword();
  const faults = faultsOf(accept.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const password = chosen.read();
    if (password === undefined || accept.isPending) return;
    accept.mutate(
      { token, password },
      { onSuccess: (said) => (isStep(said) ? onStep(said) : void navigate({ to: '/', replace: true })) },
    );
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <h1>{say(w.hello, { name: invitation.name })}</h1>
      <p>{say(w.why, { at: shortMoment(at(invitation.expiresAt)) })}</p>
      <p>
        {say(w.username)} <b className="mono">{invitation.username}</b>
      </p>
      <input type="hidden" autoComplete="username" value={invitation.username} readOnly />
      {chosen.fields(w.password, faults.password)}
      {!faults.password && <Refused error={accept.error} />}
      <button type="submit" className="btn main big" disabled={accept.isPending}>
        {say(w.go)}
      </button>
    </form>
  );
}
