import type { Text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { unitsQuery } from '../../api/directory.ts';
import { Fault } from '../../kit/fault.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

interface Props {
  /** Code of the unit; empty: the first one. */
  value: string;
  onChange(code: string): void;
  fault?: Text | undefined;
}

/** A department, crew or office. */
export function UnitPick({ value, onChange, fault }: Props) {
  const { say } = useSpeech();
  const units = useQuery(unitsQuery).data ?? [];
  return (
    <label className="field">
      <span className="label">{say(w.unit)}</span>
      <select
        className="input"
        value={value || (units[0]?.code ?? '')}
        onChange={(event) => onChange(event.target.value)}
      >
        {units.map((unit) => (
          <option key={unit.code} value={unit.code}>
            {say(unit.name)}
          </option>
        ))}
      </select>
      {fault && <Fault words={fault} />}
    </label>
  );
}
