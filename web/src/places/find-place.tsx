import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { PremisesView } from '../api/contract.ts';
import { premisesQuery } from '../api/directory.ts';
import { Combobox } from '../kit/combobox.tsx';
import { type Framed, Labelled } from '../kit/labelled.tsx';

interface Props extends Framed {
  placeholder?: string;
  /** Said while no place fits. */
  none?: string;
  /** Those that are chosen already. */
  without?: readonly string[];
  onPick(place: PremisesView): void;
  /** Stands below the box, such as what was chosen. */
  children?: ReactNode;
}

/** Chooses a place of the register: estate, building, unit, room or common area, by part of its name or number. */
export function FindPlace({ placeholder = '', none = '', without = [], onPick, children, ...frame }: Props) {
  const [typed, setTyped] = useState('');
  const found = useQuery(premisesQuery(useDeferredValue(typed))).data ?? [];
  const offered = found.filter((one) => !without.includes(one.id));
  return (
    <Labelled {...frame}>
      {(tie) => (
        <>
          <Combobox
            id={tie.id}
            words={typed}
            placeholder={placeholder}
            none={none}
            invalid={tie['aria-invalid']}
            describedBy={tie['aria-describedby']}
            offers={offered.map((one) => ({ id: one.id, label: one.fullName }))}
            onWords={setTyped}
            onPick={(id) => {
              const one = offered.find((each) => each.id === id);
              if (one) onPick(one);
              setTyped('');
            }}
          />
          {children}
        </>
      )}
    </Labelled>
  );
}
