import type { Text } from '@room/kernel/text.ts';
import { useId } from 'react';
import { useSpeech } from '../words/lang.tsx';
import { Fault } from './fault.tsx';
import { RequiredMark } from './required.tsx';

interface Props {
  label: Text;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange(value: string): void;
  fault?: Text | undefined;
  /** What stands first and means nothing was chosen; without it something always is. */
  none?: string;
  required?: boolean;
}

/** One of several, with its label and what is wrong with it. */
export function SelectField({ label, value, options, onChange, fault, none, required }: Props) {
  const { say } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {say(label)}
        {required && <RequiredMark />}
      </label>
      <select
        id={id}
        className="input"
        required={required}
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? `${id}-note` : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      {fault && <Fault id={`${id}-note`} words={fault} />}
    </div>
  );
}
