import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { missing } from './faults.ts';
import { w } from './words.ts';

export type Member = StaffingView['people'][number];
export interface Of {
  staffing: StaffingView;
  person: Member;
}

const EMPTY = { skill: '', certificateNumber: '', from: '', expiresOn: '' };

/** What somebody can do, with the certificates that say so and how long they count. */
export function Skills({ staffing, person }: Of) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const change = useStaffing();
  const title = (code: string): string => {
    const found = staffing.skills.find((one) => one.code === code);
    return found ? say(found.title) : code;
  };
  return (
    <section className="card stack">
      <h2>{say(w.skills)}</h2>
      {person.skills.length === 0 && <p className="muted">{say(w.skillsNone)}</p>}
      <ul className="person-list">
        {person.skills.map((one) => (
          <li key={one.id}>
            <span>
              <b>{title(one.skill)}</b>{' '}
              <span className="small muted">
                {one.certificateNumber !== '' && `${say(w.number, { n: one.certificateNumber })} · `}
                {say(w.span, { from: one.from, to: one.expiresOn ?? say(w.openEnd) })}
              </span>
            </span>
            <Standing staffing={staffing} personId={person.id} held={one} />
            {person.manages && (
              <button
                type="button"
                className="btn tight"
                aria-label={say(w.withdrawThis, { skill: title(one.skill) })}
                disabled={change.isPending}
                onClick={() => change.mutate({ type: 'withdrawSkill', id: one.id })}
              >
                {say(w.withdraw)}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={change.error} />
      {person.manages && staffing.skills.length === 0 && <p className="muted small">{say(w.skillsEmpty)}</p>}
      {administers && staffing.skills.length === 0 && (
        <Link to="/organisation" className="btn">
          {say(w.toOrganisation)}
        </Link>
      )}
      {person.manages && staffing.skills.length > 0 && <Grant staffing={staffing} person={person} />}
    </section>
  );
}

function Standing({
  staffing,
  personId,
  held,
}: {
  staffing: StaffingView;
  personId: string;
  held: Member['skills'][number];
}) {
  const { say } = useSpeech();
  const today = staffing.days[0] ?? '';
  if (!held.valid) {
    const early = held.from > today;
    return <span className={early ? 'tag' : 'tag late'}>{say(early ? w.notYet : w.lapsed)}</span>;
  }
  const ending = staffing.expiring.find(
    (one) => one.personId === personId && one.skill === held.skill && one.expiresOn === held.expiresOn,
  );
  if (ending) return <span className="tag soon">{say(w.daysLeft, { n: ending.daysLeft })}</span>;
  return <span className="tag kept">{say(w.valid)}</span>;
}

function Grant({ staffing, person }: Of) {
  const { say } = useSpeech();
  const grant = useStaffing();
  const [words, setWords] = useState(EMPTY);
  const [own, setOwn] = useState<ReturnType<typeof missing>>({});
  const faults = { ...faultsOf(grant.error), ...own };
  const put = (name: keyof typeof EMPTY) => (value: string) => setWords({ ...words, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const qualified = staffing.skills.find((one) => one.code === words.skill)?.kind === 'qualification';
    const empty = missing(
      { skill: words.skill, ...(qualified ? { certificateNumber: words.certificateNumber } : {}) },
      ['skill'],
    );
    setOwn(empty);
    if (Object.keys(empty).length > 0 || grant.isPending) return;
    grant.mutate(
      {
        type: 'grantSkill',
        personId: person.id,
        skill: words.skill,
        certificateNumber: words.certificateNumber,
        ...(words.from === '' ? {} : { from: words.from }),
        ...(words.expiresOn === '' ? {} : { expiresOn: words.expiresOn }),
      },
      { onSuccess: () => setWords(EMPTY) },
    );
  };
  return (
    <details className="person-add">
      <summary>{say(w.addSkill)}</summary>
      <form className="person-form" noValidate onSubmit={submit}>
        <SelectField
          label={w.skill}
          required
          none="—"
          value={words.skill}
          options={staffing.skills.map((one) => ({ value: one.code, label: say(one.title) }))}
          onChange={put('skill')}
          fault={faults.skill}
        />
        <TextField
          label={w.certificate}
          hint={w.certificateHint}
          value={words.certificateNumber}
          onChange={put('certificateNumber')}
          fault={faults.certificateNumber}
        />
        <TextField label={w.heldFrom} type="date" value={words.from} onChange={put('from')} fault={faults.from} />
        <TextField
          label={w.expires}
          type="date"
          value={words.expiresOn}
          onChange={put('expiresOn')}
          fault={faults.expiresOn ?? faults.to}
        />
        {Object.keys(faults).length === 0 && <Refused error={grant.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={grant.isPending}>
            {say(w.add)}
          </button>
        </div>
      </form>
    </details>
  );
}
