import { text } from '@room/kernel/text.ts';
import { type FormEvent, useState } from 'react';
import { useChangePassword } from '../api/session.ts';
import { useNewPassword } from '../kit/new-password.tsx';
import { faultsOf, Refused } from '../kit/refused.tsx';
import { TextField } from '../kit/text-field.tsx';
import { useSpeech } from '../words/lang.tsx';

const w = {
  current: text('现在的密码', 'Present password'),
  next: text('新密码', 'New password'),
  save: text('保存新密码', 'Save the new password'),
  others: text('保存后，其他已登录的设备会退出。', 'Saving signs you out everywhere else.'),
};

/** The present password, the new one twice. */
export function PasswordForm({ onDone }: { onDone?: () => void }) {
  const { say } = useSpeech();
  const [current, setCurrent] = useState('');
  const next = useNewPassword();
  const change = useChangePassword();
  const faults = faultsOf(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const password = next.read();
    if (password !== undefined && !change.isPending)
      change.mutate({ current, password }, { onSuccess: () => onDone?.() });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label={w.current}
        type="password"
        complete="current-password"
        required
        value={current}
        onChange={setCurrent}
        fault={faults.current}
      />
      {next.fields(w.next, faults.password)}
      <p className="muted small">{say(w.others)}</p>
      {Object.keys(faults).length === 0 && <Refused error={change.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={change.isPending}>
          {say(w.save)}
        </button>
      </div>
    </form>
  );
}
