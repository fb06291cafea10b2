import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../../api/problem.ts';
import { moveQuery } from '../../api/versions.ts';
import { MoveFindings } from '../versions/move-findings.tsx';
import type { CommandFormProps } from './command-dialog.tsx';
import { FormShell } from './form-shell.tsx';
import { ReasonField } from './reason-field.tsx';
import { w } from './words.ts';

/** Moves a running case to the version in force: first what becomes of it there, then the reason. */
export function MoveForm({ sight, error, pending, onSubmit }: CommandFormProps) {
  const { say, seen } = sight;
  const [reason, setReason] = useState('');
  const preview = useQuery(moveQuery(seen.id)).data;
  const faults = error instanceof Problem ? error.byField : {};
  return (
    <FormShell
      error={error}
      placed={['reason']}
      pending={pending || preview === undefined}
      onSubmit={() => preview && onSubmit({ type: 'move', version: preview.to, reason })}
    >
      {preview && (
        <>
          <p>{say(w.moveWhat, { from: preview.from, to: preview.to })}</p>
          <MoveFindings preview={preview} />
        </>
      )}
      <ReasonField value={reason} fault={faults.reason} onChange={setReason} />
    </FormShell>
  );
}
