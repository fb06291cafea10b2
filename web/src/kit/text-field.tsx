import type { Text } from '@room/kernel/text.ts';
import { useId } from 'react';
import { useSpeech } from '../words/lang.tsx';
import { Fault } from './fault.tsx';
import { RequiredMark } from './required.tsx';

interface Props {
  label: Text;
  value: string;
  onChange(value: string): void;
  fault?: Text | undefined;
  hint?: Text;
  type?: 'text' | 'password' | 'tel' | 'email' | 'number' | 'time' | 'date';
  required?: boolean;
  complete?: string;
}

/** One line of words with its label, hint and what is wrong with it. */
export function TextField({ label, value, onChange, fault, hint, type = 'text', required, complete = 'off' }: Props) {
  const { say } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {say(label)}
        {required && <RequiredMark />}
      </label>
      <input
        id={id}
        className="input"
        type={type}
        autoComplete={complete}
        required={required}
        maxLength={200}
        aria-invalid={fault !== undefined}
        aria-describedby={fault || hint ? `${id}-note` : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault ? (
        <Fault id={`${id}-note`} words={fault} />
      ) : (
        hint && (
          <span className="hint" id={`${id}-note`}>
            {say(hint)}
          </span>
        )
      )}
    </div>
  );
}
