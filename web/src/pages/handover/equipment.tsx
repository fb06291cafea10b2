import { localDate } from '@room/clock/civil.ts';
import { type FormEvent, useState } from 'react';
import type { ParticularsView } from '../../api/contract.ts';
import { useEquipment } from '../../api/particulars.ts';
import { useMe } from '../../api/session.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Warrantor } from './warrantor.tsx';
import { w } from './words.ts';

type Piece = ParticularsView['equipment'][number];

/** The equipment of a place: when it went in, until when a firm stands for it. */
export function Equipment({ seen }: { seen: ParticularsView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const [open, setOpen] = useState('');
  const today = localDate(now());
  return (
    <section className="card stack">
      <h2>{say(w.equipment)}</h2>
      {seen.equipment.length === 0 && <p className="muted">{say(w.equipmentNone)}</p>}
      <ul className="person-list">
        {seen.equipment.map((one) => (
          <li key={one.id}>
            <span>
              <b>{one.name}</b> <span className="mono small muted">{one.code}</span>{' '}
              <span className="small muted">
                {say(w.installed)} {one.installedOn ?? say(w.unknown)} · {say(w.until)}{' '}
                {one.warrantyUntil ?? say(w.unknown)}
                {one.warrantor && ` · ${say(w.by, { name: one.warrantor })}`}
              </span>
            </span>
            {one.warrantyUntil !== null && (
              <span className={one.warrantyUntil < today ? 'tag late' : 'tag kept'}>
                {say(one.warrantyUntil < today ? w.over : w.inForce)}
              </span>
            )}
            {administers && (
              <button
                type="button"
                className="btn tight"
                aria-label={say(w.editThis, { name: one.name })}
                aria-expanded={open === one.id}
                onClick={() => setOpen(open === one.id ? '' : one.id)}
              >
                {say(w.edit)}
              </button>
            )}
            {open === one.id && <Dates piece={one} onDone={() => setOpen('')} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Dates({ piece, onDone }: { piece: Piece; onDone(): void }) {
  const { say } = useSpeech();
  const save = useEquipment(piece.id);
  const [installed, setInstalled] = useState(piece.installedOn ?? '');
  const [until, setUntil] = useState(piece.warrantyUntil ?? '');
  const [warrantor, setWarrantor] = useState(piece.warrantor ?? '');
  const faults = faultsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    save.mutate(
      { installedOn: installed || null, warrantyUntil: until || null, warrantor: warrantor || null },
      { onSuccess: onDone },
    );
  };
  return (
    <form className="person-form" style={{ flexBasis: '100%' }} noValidate onSubmit={submit}>
      <TextField label={w.installed} type="date" value={installed} onChange={setInstalled} fault={faults.installedOn} />
      <TextField label={w.until} type="date" value={until} onChange={setUntil} fault={faults.warrantyUntil} />
      <Warrantor value={warrantor} onChange={setWarrantor} />
      {Object.keys(faults).length === 0 && <Refused error={save.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={save.isPending}>
          {say(w.save)}
        </button>
      </div>
    </form>
  );
}
