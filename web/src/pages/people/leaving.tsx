import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { HandOver, Staff } from '../../api/contract.ts';
import { peopleQuery } from '../../api/directory.ts';
import { useDeactivate, useHandOver } from '../../api/people.ts';
import { Combobox } from '../../kit/combobox.tsx';
import { Labelled } from '../../kit/labelled.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** What somebody holds, handing it over by name with a reason, and then the end of his employment. */
export function Leaving({ staff, onClose }: { staff: Staff; onClose(): void }) {
  const { say } = useSpeech();
  const deactivate = useDeactivate(staff.id);
  const held = staff.holds.length;
  return (
    <section className="people-section">
      <h3>{say(w.leave)}</h3>
      <p className="muted small">{say(w.leaveWhy)}</p>
      <p>
        <b>{held === 0 ? say(w.holdsNone) : say(w.holds, { n: held })}</b>
      </p>
      <ul className="people-held">
        {staff.holds.map((one) => (
          <li key={one.id}>
            <Link to="/cases/$id" params={{ id: one.id }} className="mono">
              {one.number}
            </Link>
            <span className="small muted">
              {join(
                one.duties.map((duty) => say(w[duty])),
                say,
              )}
            </span>
          </li>
        ))}
      </ul>
      <HandingOver staff={staff} />
      <Refused error={deactivate.error} />
      <div className="row">
        <button
          type="button"
          className="btn"
          disabled={deactivate.isPending}
          onClick={() => deactivate.mutate(undefined, { onSuccess: onClose })}
        >
          {say(w.deactivate)}
        </button>
      </div>
    </section>
  );
}

function HandingOver({ staff }: { staff: Staff }) {
  const { say } = useSpeech();
  const people = useQuery(peopleQuery()).data ?? [];
  const handOver = useHandOver(staff.id);
  const [to, setTo] = useState('');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const faults = faultsOf(handOver.error);
  return (
    <>
      {handOver.data && <Verdicts said={handOver.data} />}
      {staff.holds.length > 0 && (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            handOver.mutate({ to: to || '00000000-0000-0000-0000-000000000000', reason });
          }}
        >
          <Labelled label={w.handOverTo} required fault={faults.to}>
            {(tie) => (
              <Combobox
                id={tie.id}
                words={typed}
                invalid={tie['aria-invalid']}
                describedBy={tie['aria-describedby']}
                offers={people
                  .filter(
                    (person) => person.id !== staff.id && `${person.name} ${person.unit?.name}`.includes(typed.trim()),
                  )
                  .map((person) => ({ id: person.id, label: person.name, aside: person.unit?.name }))}
                onWords={(words) => {
                  setTyped(words);
                  setTo('');
                }}
                onPick={(id) => {
                  setTo(id);
                  setTyped(people.find((person) => person.id === id)?.name ?? '');
                }}
              />
            )}
          </Labelled>
          <TextField label={w.reason} required value={reason} onChange={setReason} fault={faults.reason} />
          {Object.keys(faults).length === 0 && <Refused error={handOver.error} />}
          <div className="row">
            <button type="submit" className="btn main" disabled={handOver.isPending}>
              {say(w.handOver)}
            </button>
          </div>
        </form>
      )}
    </>
  );
}

/** What became of each case. */
function Verdicts({ said }: { said: HandOver }) {
  const { say } = useSpeech();
  return (
    <ul className="people-held" role="status">
      {said.verdicts.map(({ caseId, number, duty, done, waits, refusal }) => (
        <li key={`${caseId} ${duty}`}>
          <span className="mono">{number}</span>
          <span className="small muted">{say(w[duty])}</span>
          {done ? (
            <span className="tag kept">
              {say(w.moved)} → {said.to.name}
            </span>
          ) : waits ? (
            <span className="tag soon">
              {waits.until === null
                ? say(w.waits, { name: waits.name })
                : say(w.waitsUntil, { name: waits.name, at: shortMoment(at(waits.until)) })}
            </span>
          ) : (
            <span className="fault">{say(w.kept, { why: refusal ? say(refusal.messages) : '' })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
