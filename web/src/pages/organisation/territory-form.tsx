import type { Text } from '@room/kernel/text.ts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { unitsQuery } from '../../api/directory.ts';
import { particularsQuery } from '../../api/particulars.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Fault } from '../../kit/fault.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { FindPlace } from '../../places/find-place.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { missing } from '../person/faults.ts';
import { w } from './words.ts';

/** What a unit of the organisation is called. */
export function useCrewNames(): (code: string) => string {
  const { say } = useSpeech();
  const units = useQuery(unitsQuery).data ?? [];
  return (code) => {
    const found = units.find((one) => one.code === code);
    return found ? say(found.name) : code;
  };
}

/** A territory's name, places and crews: a new one, or one that is changed. */
export function TerritoryForm({
  territory,
  onDone,
}: {
  territory?: StaffingView['territories'][number];
  onDone?: () => void;
}) {
  const { say } = useSpeech();
  const save = useStaffing();
  const units = useQuery(unitsQuery).data ?? [];
  const [zh, setZh] = useState(territory?.title.zh ?? '');
  const [places, setPlaces] = useState<readonly string[]>(territory?.places ?? []);
  const [crews, setCrews] = useState<readonly string[]>(territory?.crews ?? []);
  const named = useQueries({ queries: places.map((place) => particularsQuery(place)) });
  const [own, setOwn] = useState<Record<string, Text>>({});
  const faults = { ...faultsOf(save.error), ...own };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty: Record<string, Text> = {
      ...missing({ zh }),
      ...(places.length === 0 ? { places: w.placesNone } : {}),
      ...(crews.length === 0 ? { crews: w.crewsNone } : {}),
    };
    setOwn(empty);
    if (Object.keys(empty).length > 0 || save.isPending) return;
    const en = territory && territory.title.en !== territory.title.zh ? { en: territory.title.en } : {};
    save.mutate(
      {
        type: 'nameTerritory',
        ...(territory ? { id: territory.id } : {}),
        zh,
        ...en,
        places: [...places],
        crews: [...crews],
      },
      {
        onSuccess: () => {
          if (!territory) {
            setZh('');
            setPlaces([]);
            setCrews([]);
          }
          onDone?.();
        },
      },
    );
  };
  return (
    <form className="stack wide" noValidate onSubmit={submit} style={{ flexBasis: '100%' }}>
      <TextField label={w.nameZh} required value={zh} onChange={setZh} fault={faults.zh} />
      <FindPlace
        label={w.places}
        placeholder={say(w.placeFind)}
        fault={faults.places}
        without={places}
        onPick={(place) => setPlaces([...places, place.id])}
      >
        <div className="row">
          {places.map((place, i) => {
            const name = named[i]?.data?.fullName ?? '…';
            return (
              <button
                key={place}
                type="button"
                className="btn tight"
                aria-label={say(w.takeOut, { name })}
                onClick={() => setPlaces(places.filter((one) => one !== place))}
              >
                {name} ×
              </button>
            );
          })}
        </div>
      </FindPlace>
      <fieldset className="field">
        <legend className="label">{say(w.crews)}</legend>
        <div className="pick">
          {units
            .filter((unit) => unit.kind !== 'company')
            .map((unit) => (
              <label key={unit.code}>
                <input
                  type="checkbox"
                  checked={crews.includes(unit.code)}
                  onChange={({ target }) =>
                    setCrews(target.checked ? [...crews, unit.code] : crews.filter((one) => one !== unit.code))
                  }
                />
                {say(unit.name)}
              </label>
            ))}
        </div>
        {faults.crews && <Fault words={faults.crews} />}
      </fieldset>
      {Object.keys(faults).length === 0 && <Refused error={save.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={save.isPending}>
          {say(w.save)}
        </button>
      </div>
    </form>
  );
}
