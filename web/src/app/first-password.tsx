import { text } from '@room/kernel/text.ts';
import { useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../words/lang.tsx';
import { PasswordForm } from './password-form.tsx';

const w = {
  title: text('请先设一个自己的密码', 'First choose a password of your own'),
  why: text(
    '您现在的密码是别人给的，发的人也知道。',
    'Your present password was given to you: whoever gave it knows it too.',
  ),
  later: text('您还在用别人给的初始密码。', 'You still use the first password that was given to you.'),
  now: text('现在修改', 'Change it now'),
};

/** Asks whoever was given his password for one of his own; put off, it stays as a line above the page. */
export default function FirstPassword() {
  const { say } = useSpeech();
  const [open, setOpen] = useState(true);
  return (
    <div style={{ marginBottom: '1rem' }}>
      <p className="note soon">
        <span>{say(w.later)}</span>
        <button type="button" className="btn plain tight" onClick={() => setOpen(true)}>
          {say(w.now)}
        </button>
      </p>
      {open && (
        <Dialog title={say(w.title)} onClose={() => setOpen(false)}>
          <p style={{ marginBottom: '0.75rem' }}>{say(w.why)}</p>
          <PasswordForm />
        </Dialog>
      )}
    </div>
  );
}
