import { text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { PremisesView, WireValue } from '../api/contract.ts';
import { premisesQuery } from '../api/directory.ts';
import { Combobox } from '../kit/combobox.tsx';
import { Icon } from '../kit/icons.tsx';
import { join } from '../words/join.ts';
import { useSpeech } from '../words/lang.tsx';
import type { FieldKind, InputProps } from './kind.ts';

const placeholder = text('如 3-2-101，或写明位置', 'Such as 3-2-101, or describe it');
const known = text('已对上房产资料', 'Found in the register of premises');

/** The words of a place value. */
export function placeText(value: WireValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  return typeof value.text === 'string' ? value.text : '';
}
const premisesOf = (value: WireValue | undefined): string | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.premisesId === 'string'
    ? value.premisesId
    : null;

const RELATION = {
  owner: text('业主', 'owner'),
  tenant: text('租户', 'tenant'),
  family: text('家人', 'family'),
};

function Place({ id, name, value, onChange, invalid, describedBy }: InputProps) {
  const { say } = useSpeech();
  const words = placeText(value);
  const premises = premisesOf(value);
  const found = useQuery(premisesQuery(useDeferredValue(premises === null ? words : ''))).data ?? [];
  const people = (place: PremisesView) =>
    join(
      place.residents.map((resident) => `${resident.name} ${say(RELATION[resident.relation])}`),
      say,
    );
  return (
    <>
      <Combobox
        id={id}
        name={name}
        eager={/\d/.test(words)}
        invalid={invalid}
        describedBy={describedBy}
        placeholder={say(placeholder)}
        words={words}
        offers={found.map((place) => ({ id: place.id, label: place.fullName, aside: people(place) }))}
        onWords={(typed) => onChange(typed === '' ? undefined : { premisesId: null, text: typed })}
        onPick={(picked) => {
          const place = found.find((each) => each.id === picked);
          if (place) onChange({ premisesId: place.id, text: place.fullName });
        }}
      />
      {premises !== null && (
        <span className="hint row" style={{ gap: '0.25rem' }}>
          <Icon name="check" size={14} />
          {say(known)}
        </span>
      )}
    </>
  );
}

/** A place: words always, and the row of the premises when it is known. */
export const place: FieldKind = {
  Input: Place,
  read: (value) => placeText(value),
};
