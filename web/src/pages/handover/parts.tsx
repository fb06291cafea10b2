import { localDate } from '@room/clock/civil.ts';
import { type FormEvent, useState } from 'react';
import type { ParticularsView } from '../../api/contract.ts';
import { useWarranty } from '../../api/particulars.ts';
import { useMe } from '../../api/session.ts';
import { Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Until when each part of a place is under warranty, and who stands for it. */
export function Parts({ place, seen }: { place: string; seen: ParticularsView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const change = useWarranty(place);
  const [open, setOpen] = useState('');
  const today = localDate(now());
  return (
    <section className="card stack">
      <h2>{say(w.parts)}</h2>
      {seen.warranties.length === 0 && <p className="muted">{say(w.partsNone)}</p>}
      <ul className="person-list">
        {seen.warranties.map((one) => {
          const name = say({ zh: one.name, en: one.nameEn || one.name });
          return (
            <li key={one.part}>
              <span>
                <b>{name}</b>{' '}
                <span className="small muted">
                  {one.until === null ? say(w.noHandover) : `${one.until} · ${say(one.own ? w.ownDay : w.byTerm)}`}
                  {one.warrantor && ` · ${say(w.by, { name: one.warrantor })}`}
                </span>
              </span>
              {one.until !== null && (
                <span className={one.until < today ? 'tag late' : 'tag kept'}>
                  {say(one.until < today ? w.over : w.inForce)}
                </span>
              )}
              {administers && (
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.setPartThis, { part: name })}
                  aria-expanded={open === one.part}
                  onClick={() => setOpen(open === one.part ? '' : one.part)}
                >
                  {say(w.setPart)}
                </button>
              )}
              {administers && one.own && (
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.dropPartThis, { part: name })}
                  disabled={change.isPending}
                  onClick={() => change.mutate({ part: one.part, until: null })}
                >
                  {say(w.dropPart)}
                </button>
              )}
              {open === one.part && <Until place={place} part={one.part} name={name} onDone={() => setOpen('')} />}
            </li>
          );
        })}
      </ul>
      <Refused error={change.error} />
    </section>
  );
}

function Until({ place, part, name, onDone }: { place: string; part: string; name: string; onDone(): void }) {
  const { say } = useSpeech();
  const set = useWarranty(place);
  const [until, setUntil] = useState('');
  const [empty, setEmpty] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(until === '');
    if (until !== '' && !set.isPending) set.mutate({ part, until }, { onSuccess: onDone });
  };
  return (
    <form className="person-form" style={{ flexBasis: '100%' }} noValidate onSubmit={submit}>
      <TextField
        label={{ zh: w.untilThis.zh.replace('{part}', name), en: w.untilThis.en.replace('{part}', name) }}
        type="date"
        required
        value={until}
        onChange={setUntil}
        fault={empty ? w.needed : undefined}
      />
      <Refused error={set.error} />
      <div className="row">
        <button type="submit" className="btn main" disabled={set.isPending}>
          {say(w.save)}
        </button>
      </div>
    </form>
  );
}
