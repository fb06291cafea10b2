import { type Duty, duties } from '@room/case/event.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { candidatesQuery } from '../../api/directory.ts';
import { Problem } from '../../api/problem.ts';
import { Combobox } from '../../kit/combobox.tsx';
import { Fault } from '../../kit/fault.tsx';
import type { CommandFormProps } from './command-dialog.tsx';
import { FormShell } from './form-shell.tsx';
import { ReasonField } from './reason-field.tsx';
import { w } from './words.ts';

/** Passes a duty to another person, with the reason. */
export function ReassignForm({ sight, error, pending, onSubmit }: CommandFormProps) {
  const { say, seen } = sight;
  const held = duties.filter((duty) => seen.duties[duty] !== null);
  const [duty, setDuty] = useState<Duty>(seen.duties.assignee ? 'assignee' : (held[0] ?? 'caseOfficer'));
  const [personId, setPersonId] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const people = useQuery(candidatesQuery(seen.id, null, '', undefined)).data?.people ?? [];
  const faults = error instanceof Problem ? error.byField : {};
  const chosen = people.find((person) => person.personId === personId);
  return (
    <FormShell
      error={error}
      placed={['duty', 'personId', 'reason']}
      pending={pending}
      onSubmit={() => onSubmit({ type: 'reassign', duty, personId, reason })}
    >
      <label className="field">
        <span className="label">{say(w.duty)}</span>
        <select
          className="input"
          value={duty}
          onChange={({ target }) => setDuty(duties.find((each) => each === target.value) ?? duty)}
        >
          {duties.map((each) => (
            <option key={each} value={each}>
              {say(w[each])}
              {seen.duties[each] ? `：${seen.duties[each].name}` : ''}
            </option>
          ))}
        </select>
        {faults.duty && <Fault words={faults.duty} />}
      </label>
      <div className="field">
        <label className="label" htmlFor="reassign-to">
          {say(w.to)}
        </label>
        <Combobox
          id="reassign-to"
          invalid={faults.personId !== undefined}
          words={typed ?? chosen?.name ?? ''}
          offers={people
            .filter((person) => `${person.name} ${person.unitTitle ?? ''}`.includes((typed ?? '').trim()))
            .map((person) => ({
              id: person.personId,
              label: person.unitTitle ? `${person.name} · ${person.unitTitle}` : person.name,
              aside: say(person.reason),
              disabled: !person.fit,
            }))}
          onWords={(words) => {
            setTyped(words);
            setPersonId('');
          }}
          onPick={(picked) => {
            setTyped(null);
            setPersonId(picked);
          }}
        />
        {faults.personId && <Fault words={faults.personId} />}
      </div>
      <ReasonField value={reason} fault={faults.reason} onChange={setReason} />
    </FormShell>
  );
}
