import { useState } from 'react';
import { Problem } from '../../api/problem.ts';
import type { CommandFormProps } from './command-dialog.tsx';
import { FormShell } from './form-shell.tsx';
import { ReasonField } from './reason-field.tsx';
import { w } from './words.ts';

/** Takes a case that is on offer to several: the first has it. */
export function GrabForm({ sight, error, pending, onSubmit }: CommandFormProps) {
  return (
    <FormShell error={error} placed={[]} pending={pending} onSubmit={() => onSubmit({ type: 'grab' })}>
      <p>{sight.say(w.grabWhat)}</p>
    </FormShell>
  );
}

/** Takes over what somebody wants to pass on. */
export function AcceptForm({ sight, error, pending, onSubmit }: CommandFormProps) {
  return (
    <FormShell error={error} placed={[]} pending={pending} onSubmit={() => onSubmit({ type: 'accept' })}>
      <p>{sight.say(w.acceptWhat)}</p>
    </FormShell>
  );
}

/** Says no, with the reason; the next one is then asked. */
export function DeclineForm({ sight, error, pending, onSubmit }: CommandFormProps) {
  const { say } = sight;
  const [reason, setReason] = useState('');
  const faults = error instanceof Problem ? error.byField : {};
  return (
    <FormShell
      error={error}
      placed={['reason']}
      pending={pending}
      onSubmit={() => onSubmit({ type: 'decline', reason })}
    >
      <p>{say(w.declineWhat)}</p>
      <ReasonField value={reason} fault={faults.reason} onChange={setReason} />
    </FormShell>
  );
}
