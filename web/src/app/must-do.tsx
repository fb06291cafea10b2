import { text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { accountQuery } from '../api/account.ts';
import { useMe, useSignOut } from '../api/session.ts';
import { Mark } from '../kit/icons.tsx';
import { Factors } from '../pages/account/factors.tsx';
import { useSpeech } from '../words/lang.tsx';
import { LangSwitch } from '../words/switch.tsx';
import { PasswordForm } from './password-form.tsx';
import { w as words } from './words.ts';
import '../pages/sign-in/sign-in.css';

const w = {
  password: text('请先设一个自己的密码', 'First choose a password of your own'),
  passwordWhy: text(
    '您现在的密码是别人给的，发的人也知道。换成自己的以后，其他功能才会打开。',
    'Your present password was given to you: whoever gave it knows it too. Everything else opens once you have your own.',
  ),
  factor: text('请先加一道登录验证', 'First add a second proof'),
  factorWhy: text(
    '公司要求您的岗位登录时再验证一次。任选一种，一分钟办好。',
    'Your company asks a second proof of your post. Choose one of the two; it takes a minute.',
  ),
};

/** What somebody must do before anything else is open to him; the server opens nothing else either. */
export default function MustDo({ what }: { what: 'password' | 'secondFactor' }) {
  const { say } = useSpeech();
  const me = useMe();
  const signOut = useSignOut();
  return (
    <main className="door">
      <header className="door-head">
        <Mark size={44} />
        <p className="door-name">{me.person.name}</p>
        <LangSwitch />
      </header>
      <section className="card stack">
        <h1>{say(what === 'password' ? w.password : w.factor)}</h1>
        <p>{say(what === 'password' ? w.passwordWhy : w.factorWhy)}</p>
        {what === 'password' ? <PasswordForm /> : <Enrolling />}
      </section>
      <div className="row">
        <button type="button" className="btn plain" onClick={() => signOut.mutate()}>
          {say(words.signOut)}
        </button>
      </div>
    </main>
  );
}

function Enrolling() {
  const account = useQuery(accountQuery).data;
  return account ? <Factors account={account} /> : null;
}
