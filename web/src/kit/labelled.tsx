import type { Text } from '@room/kernel/text.ts';
import { type ReactNode, useId } from 'react';
import { useSpeech } from '../words/lang.tsx';
import { Fault } from './fault.tsx';
import { RequiredMark } from './required.tsx';

export interface Framed {
  label: Text;
  fault?: Text | undefined;
  hint?: Text | undefined;
  required?: boolean | undefined;
}

/** What ties an input to its label and to what stands below it. */
export interface Tie {
  id: string;
  className: 'input';
  required: boolean | undefined;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** The frame of everything that is filled in: its label above, below it what is wrong or else a hint. */
export function Labelled({ label, fault, hint, required, children }: Framed & { children(tie: Tie): ReactNode }) {
  const { say } = useSpeech();
  const id = useId();
  const note = `${id}-note`;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {say(label)}
        {required && <RequiredMark />}
      </label>
      {children({
        id,
        className: 'input',
        required,
        'aria-invalid': fault !== undefined,
        'aria-describedby': fault || hint ? note : undefined,
      })}
      {fault ? (
        <Fault id={note} words={fault} />
      ) : (
        hint && (
          <span className="hint" id={note}>
            {say(hint)}
          </span>
        )
      )}
    </div>
  );
}
