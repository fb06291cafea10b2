import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { placesQuery, useAddEstate } from '../../api/premises.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icons.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { AddPlaces } from './add-places.tsx';
import { Codes } from './codes.tsx';
import { w } from './words.ts';
import './premises.css';

/** What the company looks after: adding rooms and places, printing the codes at their doors. */
export default function PremisesPage() {
  const { say } = useSpeech();
  const estates = useSuspenseQuery(placesQuery(null)).data;
  const [chosen, setChosen] = useState('');
  const [adding, setAdding] = useState(false);
  const estate = estates.find((one) => one.id === chosen) ?? estates[0];
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        {estates.length > 1 && (
          <label className="row">
            <span className="small muted">{say(w.estate)}</span>
            <select
              className="input"
              style={{ width: 'auto' }}
              value={estate?.id}
              onChange={(event) => setChosen(event.target.value)}
            >
              {estates.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" className="btn" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {say(w.addEstate)}
        </button>
        <Link to="/handover" className="btn">
          <Icon name="clock" />
          {say(w.handover)}
        </Link>
        <Link to="/outside" className="btn">
          <Icon name="people" />
          {say(w.outside)}
        </Link>
        <Link to="/lists" className="btn">
          <Icon name="paper" />
          {say(w.lists)}
        </Link>
      </div>
      <p className="muted" style={{ marginBottom: '1rem' }}>
        {say(w.why)}
      </p>
      {estate && (
        <div className="premises" key={estate.id}>
          <AddPlaces estate={estate} />
          <Codes estate={estate} />
        </div>
      )}
      {adding && (
        <EstateDialog
          onClose={(id) => {
            setAdding(false);
            if (id) setChosen(id);
          }}
        />
      )}
    </>
  );
}

function EstateDialog({ onClose }: { onClose(id?: string): void }) {
  const { say } = useSpeech();
  const [name, setName] = useState('');
  const add = useAddEstate();
  const faults = faultsOf(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!add.isPending) add.mutate(name, { onSuccess: ({ id }) => onClose(id) });
  };
  return (
    <Dialog title={say(w.addEstate)} onClose={() => onClose()}>
      <form className="stack" noValidate onSubmit={submit}>
        <TextField label={w.estateName} required value={name} onChange={setName} fault={faults.name} />
        {Object.keys(faults).length === 0 && <Refused error={add.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={add.isPending}>
            {say(w.save)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
