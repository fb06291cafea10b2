import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ShiftChange } from '../../api/contract.ts';
import { peopleQuery } from '../../api/directory.ts';
import { useMe } from '../../api/session.ts';
import { useConfirmShift } from '../../api/shift-lists.ts';
import { Labelled } from '../../kit/labelled.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Matter } from './matter.tsx';
import { w } from './words.ts';

type Said = { mode: 'hand' | 'keep'; remark: string };
const toIt = (place: HTMLElement | null): void => place?.focus();
const PLAIN: Said = { mode: 'hand', remark: '' };

/** What he holds now, a remark for each line, who comes on duty, and his confirmation. */
export function Giving({ change }: { change: ShiftChange }) {
  const { say } = useSpeech();
  const me = useMe();
  const confirm = useConfirmShift();
  const people = useQuery(peopleQuery()).data ?? [];
  const likely = new Set(change.nexts.map(({ person }) => person.id));
  const [to, setTo] = useState(change.nexts[0]?.person.id ?? '');
  const [note, setNote] = useState('');
  const [said, setSaid] = useState<{ [caseId: string]: Said }>({});
  const faults = faultsOf(confirm.error);
  const put = (caseId: string, part: Partial<Said>) =>
    setSaid({ ...said, [caseId]: { ...(said[caseId] ?? PLAIN), ...part } });
  const name = people.find((person) => person.id === to)?.name ?? '';
  if (confirm.isSuccess)
    return (
      <div className="note kept" role="status" tabIndex={-1} ref={toIt}>
        <div className="stack">
          <p>{say(w.confirmed, { name })}</p>
          {change.lines.length > 0 && (
            <div className="row">
              <button
                type="button"
                className="btn"
                onClick={() => {
                  setSaid({});
                  setNote('');
                  confirm.reset();
                }}
              >
                {say(w.another)}
              </button>
            </div>
          )}
        </div>
      </div>
    );
  if (change.lines.length === 0) return <p className="muted">{say(w.nothing)}</p>;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({
          to: to || '00000000-0000-0000-0000-000000000000',
          note,
          lines: change.lines.map(({ caseId }) => ({ caseId, ...(said[caseId] ?? PLAIN) })),
        });
      }}
    >
      <ol className="turn-lines">
        {change.lines.map((one) => {
          const { mode, remark } = said[one.caseId] ?? PLAIN;
          const { number } = one;
          return (
            <li key={one.caseId}>
              <Matter one={one} />
              <div className="turn-choice">
                {one.duties.length === 0 ? (
                  <span className="tag soon">{say(w.waitsForHim)}</span>
                ) : (
                  <select
                    className="input"
                    aria-label={say(w.whatBecomes, { number })}
                    value={mode}
                    onChange={({ target }) => put(one.caseId, { mode: target.value === 'keep' ? 'keep' : 'hand' })}
                  >
                    <option value="hand">{say(w.handIt)}</option>
                    <option value="keep">{say(w.keepIt)}</option>
                  </select>
                )}
                <input
                  className="input"
                  aria-label={say(w.remarkOf, { number })}
                  placeholder={say(w.remark)}
                  maxLength={500}
                  value={remark}
                  onChange={({ target }) => put(one.caseId, { remark: target.value })}
                />
              </div>
            </li>
          );
        })}
      </ol>
      <TextField label={w.note} value={note} onChange={setNote} />
      <Labelled label={w.next} fault={faults.to} hint={change.nexts.length === 0 ? w.nobodyNext : undefined}>
        {(tie) => (
          <select {...tie} value={to} onChange={({ target }) => setTo(target.value)}>
            <option value="">{say(w.choose)}</option>
            {change.nexts.map(({ person, begins }) => (
              <option key={person.id} value={person.id}>
                {say(w.nextBegins, { name: person.name, at: shortMoment(at(begins)) })}
              </option>
            ))}
            <optgroup label={say(w.others)}>
              {people
                .filter((person) => person.id !== me.person.id && !likely.has(person.id))
                .map((person) => (
                  <option key={person.id} value={person.id}>
                    {person.name}
                  </option>
                ))}
            </optgroup>
          </select>
        )}
      </Labelled>
      {!faults.to && <Refused error={confirm.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={confirm.isPending}>
          {say(w.confirm)}
        </button>
      </div>
    </form>
  );
}
