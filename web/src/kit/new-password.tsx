import { type Text, text } from '@room/kernel/text.ts';
import { type ReactNode, useState } from 'react';
import { TextField } from './text-field.tsx';

const w = {
  again: text('再输一次', 'Once more'),
  hint: text('至少 8 个字符，不含用户名', 'At least 8 characters, without the user name'),
  differ: text('两次输入不一致', 'The two do not agree'),
};

interface NewPassword {
  /** What was typed, once both agree; otherwise undefined, and the second box says so. */
  read(): string | undefined;
  fields(label: Text, fault: Text | undefined): ReactNode;
}

/** A password of one's own, typed twice. */
export function useNewPassword(): NewPassword {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [differ, setDiffer] = useState(false);
  const box = { type: 'password', complete: 'new-password', required: true } as const;
  return {
    read() {
      setDiffer(password !== again);
      return password === again ? password : undefined;
    },
    fields: (label, fault) => (
      <>
        <TextField {...box} label={label} hint={w.hint} value={password} onChange={setPassword} fault={fault} />
        <TextField {...box} label={w.again} value={again} onChange={setAgain} fault={differ ? w.differ : undefined} />
      </>
    ),
  };
}
