import { text } from '@room/kernel/text.ts';
import { type FormEvent, useState } from 'react';
import { useChangePassword } from '../api/session.ts';
import { faultsOf, Refused } from '../kit/refused.tsx';
import { TextField } from '../kit/text-field.tsx';
import { useSpeech } from '../words/lang.tsx';

const w = {
  current: text('现在的密码', 'Present password'),
  next: text('新密码', 'New password'),
  again: text('再输一次新密码', 'New password again'),
  hint: text('至少 8 个字符，不含用户名', 'At least 8 characters, without the user name'),
  differ: text('两次输入不一致', 'The two do not agree'),
  save: text('保存新密码', 'Save the new password'),
  others: text('保存后，其他已登录的设备会退出。', 'Saving signs you out everywhere else.'),
};

/** The present password, the new one twice. */
export function PasswordForm({ onDone }: { onDone?: () => void }) {
  const { say } = useSpeech();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [differ, setDiffer] = useState(false);
  const change = useChangePassword();
  const faults = faultsOf(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDiffer(password !== again);
    if (password === again && !change.isPending) change.mutate({ current, password }, { onSuccess: () => onDone?.() });
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
      <TextField
        label={w.next}
        type="password"
        complete="new-password"
        required
        hint={w.hint}
        value={password}
        onChange={setPassword}
        fault={faults.password}
      />
      <TextField
        label={w.again}
        type="password"
        complete="new-password"
        required
        value={again}
        onChange={setAgain}
        fault={differ ? w.differ : undefined}
      />
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
